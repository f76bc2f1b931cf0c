#pragma once

#include "app/account_store.hpp"
#include "app/directory.hpp"
#include "app/session.hpp"

// Signing in and out, and who may. Changes and attempts are in the audit journal, passwords and tokens nowhere.
namespace shouyue::app {

// A person at work: the account and the browser it is signed in with.
struct Person {
  access::Account account;
  access::SignIn sign_in;
};

struct SignedIn {
  std::string token;  // for the browser only
  Person person;
};

// Errors: sign_in.refused (no such user, wrong password, disabled, a sales agent who has left, locked: not told apart),
// sign_in.busy, sign_in.one_time_over.
Result<SignedIn> sign_in(Session& session, const Directory& directory, const std::string& name,
                         const std::string& password);
Result<void> sign_out(Session& session, const Person& person);
// Who holds the token; a sign-in that is over gives none, nor that of an agent who has left. Notes the use, at most
// once a minute.
Result<std::optional<Person>> person_of(Session& session, const Directory& directory, const std::string& token);
// The same for one who looks on only, which is no use and keeps no sign-in alive.
Result<std::optional<Person>> onlooker_of(Session& session, const Directory& directory, const std::string& token);

// Ends all other sign-ins. Errors: sign_in.refused, .locked, .busy, those of access::fault_of_password.
Result<void> change_password(Session& session, const Person& person, const std::string& before,
                             const std::string& after);

struct AccountChange {
  std::string name, display_name;
  access::Role role = access::Role::call_agent;
  std::string org_code, seat, agent_code;
  bool is_disabled = false;
};
// A new account of a person, and one whose password is to be given anew, gets a one-time password for so many seconds,
// given back once. Who is disabled or gets another post is signed out. Errors: account.name_form, .name_taken (outside
// of what `session.who` manages), .unknown_organisation (or outside of it), .unknown_agent, .last_administrator.
Result<std::optional<std::string>> put_account(Session& session, const AccountChange& change, bool new_password,
                                               std::int64_t password_seconds);

// A token by which a program signs in, given back once; those before it are void. Errors: account.unknown,
// account.no_program.
Result<std::string> new_program_token(Session& session, const std::string& name);
Result<void> revoke_program_tokens(Session& session, const std::string& name);
// Which program holds the token. Notes the use, at most once a minute.
Result<std::optional<Person>> program_of(Session& session, const std::string& token);

// On a store without accounts: the account `admin` and its one-time password; again when that is over and there is no
// other administrator; else empty.
Result<std::optional<std::string>> first_administrator(Session& session, std::int64_t password_seconds);

}  // namespace shouyue::app
