#pragma once

#include "api/route.hpp"

// Signing in and out, the own account, the accounts of others.
namespace shouyue::api {

Result<http::Response> sign_in(Call& call);
Result<http::Response> sign_out(Call& call);
Result<http::Response> own_account(Call& call);
Result<http::Response> change_password(Call& call);
Result<http::Response> list_accounts(Call& call);
Result<http::Response> put_account(Call& call);

}  // namespace shouyue::api
