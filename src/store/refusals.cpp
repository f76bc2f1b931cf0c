#include "store/refusals.hpp"

namespace shouyue::store {

std::unexpected<Error> not_initialised() {
  return refuse(Errc::environment, "store.not_initialised",
                "the database has no tables of this version; run `shouyue init`",
                "数据库尚未初始化，请先运行 shouyue init");
}

std::unexpected<Error> locked(const std::string& database) {
  return refuse(Errc::environment, "store.locked",
                "the database " + database + " is in use by another program; try again later",
                "数据库 " + database + " 正被其他程序使用，请稍后再试");
}

std::unexpected<Error> full(const std::string& database) {
  return refuse(Errc::environment, "store.full",
                "the disk of the database " + database + " is full; nothing of this step was kept",
                "数据库 " + database + " 所在磁盘已满，本步未保存任何内容");
}

std::unexpected<Error> readonly(const std::string& database) {
  return refuse(Errc::environment, "store.readonly",
                "the database " + database + " may not be written; check its permissions",
                "数据库 " + database + " 不可写，请检查权限");
}

std::unexpected<Error> corrupt(const std::string& database) {
  return refuse(Errc::environment, "store.corrupt", "the database " + database + " is damaged; restore it from a copy",
                "数据库 " + database + " 已损坏，请从备份恢复");
}

std::unexpected<Error> failed(const std::string& database, const std::string& message) {
  return refuse(Errc::environment, "store.failed", "the database " + database + " failed: " + message,
                "数据库 " + database + " 出错：" + message);
}

}  // namespace shouyue::store
