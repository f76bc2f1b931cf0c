#include "store/open.hpp"

#include "store/postgres.hpp"
#include "store/sql_store.hpp"
#include "store/sqlite.hpp"

namespace shouyue::store {
namespace {

constexpr std::string_view sqlite_scheme = "sqlite:";

Result<Connect> connect_to(const std::string& url, app::Access access) {
  if (url.starts_with(sqlite_scheme))
    return [file = std::make_shared<SqliteFile>(url.substr(sqlite_scheme.size())), access] {
      return SqliteConnection::open(file, access);
    };
  if (PostgresConnection::understands(url)) return [url] { return PostgresConnection::open(url); };
  return refuse(Errc::invalid_input, "store.unknown_url",
                "the database must be given as sqlite:PATH or postgresql://USER@HOST/DATABASE",
                "数据库应写成 sqlite:PATH 或 postgresql://USER@HOST/DATABASE");
}

}  // namespace

Result<std::unique_ptr<Connection>> connect(const std::string& url, app::Access access) {
  const Connect connect = SHOUYUE_TRY(connect_to(url, access));
  return connect();
}

Result<std::unique_ptr<app::Store>> open(const std::string& url, app::Access access) {
  const Connect connect = SHOUYUE_TRY(connect_to(url, access));
  auto connection = SHOUYUE_TRY(connect());
  const Dialect dialect = url.starts_with(sqlite_scheme) ? Dialect::sqlite : Dialect::postgresql;
  return std::make_unique<SqlStore>(std::move(connection), dialect, connect);
}

}  // namespace shouyue::store
