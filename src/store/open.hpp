#pragma once

#include "app/store.hpp"
#include "store/connection.hpp"

namespace shouyue::store {

// The store at `url`: sqlite:PATH, or anything that names a PostgreSQL server to libpq (postgresql://…, postgres://…,
// `host=… dbname=…`). `access` matters to files only; nobody but its administrator makes a server's database.
// Errors: store.unknown_url (invalid_input), those of SqliteConnection::open and PostgresConnection::open.
Result<std::unique_ptr<app::Store>> open(const std::string& url, app::Access access);

// One connection there, without the store above it.
Result<std::unique_ptr<Connection>> connect(const std::string& url, app::Access access);

}  // namespace shouyue::store
