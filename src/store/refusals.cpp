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

std::unexpected<Error> key_missing() {
  return refuse(Errc::environment, "store.key_missing",
                "the database keeps personal data sealed; give its key by --key-file or SHOUYUE_KEY",
                "数据库中的个人信息已加密，请用 --key-file 或 SHOUYUE_KEY 提供密钥");
}

std::unexpected<Error> wrong_key() {
  return refuse(Errc::environment, "store.wrong_key",
                "the key is not the one of this database; give the one it was made with or last rotated to",
                "密钥与数据库不符，请提供建库时或最近一次更换后的密钥");
}

std::unexpected<Error> not_sealed() {
  return refuse(Errc::environment, "store.not_sealed",
                "a key was given, but personal data in this database is not sealed; leave the key out, or seal it with "
                "`shouyue key rotate --to FILE --reseal`",
                "提供了密钥，但该数据库未加密；请去掉密钥，或用 shouyue key rotate --to FILE --reseal 加密");
}

std::unexpected<Error> key_rotated() {
  return refuse(Errc::environment, "store.key_rotated",
                "the database was sealed anew since this program opened it; start it again with the new key",
                "本程序打开后数据库已更换密钥，请用新密钥重新启动");
}

std::unexpected<Error> sealed_text_changed(const std::string& where) {
  return refuse(Errc::environment, "store.sealed_text_changed",
                "what is sealed for " + where + " was changed or moved from outside; restore the database from a copy",
                where + " 的加密内容被外部改动或调换，请从备份恢复数据库");
}

std::unexpected<Error> failed(const std::string& database, const std::string& message) {
  return refuse(Errc::environment, "store.failed", "the database " + database + " failed: " + message,
                "数据库 " + database + " 出错：" + message);
}

}  // namespace shouyue::store
