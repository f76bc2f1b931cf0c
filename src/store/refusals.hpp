#pragma once

#include <string>

#include "base/error.hpp"

// What every engine refuses alike; `database` names it to people, without a password.
namespace shouyue::store {

std::unexpected<Error> not_initialised();
std::unexpected<Error> locked(const std::string& database);
std::unexpected<Error> full(const std::string& database);
std::unexpected<Error> readonly(const std::string& database);
std::unexpected<Error> corrupt(const std::string& database);
std::unexpected<Error> key_missing();
std::unexpected<Error> wrong_key();
std::unexpected<Error> not_sealed();
std::unexpected<Error> key_rotated();
std::unexpected<Error> sealed_text_changed(const std::string& where);
std::unexpected<Error> failed(const std::string& database, const std::string& message);

}  // namespace shouyue::store
