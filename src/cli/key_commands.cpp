#include "app/rotate_key.hpp"
#include "cli/commands.hpp"
#include "cli/key_file.hpp"

namespace shouyue::cli {

Result<Exit> key_new_command(const KeyArguments& arguments) {
  SHOUYUE_CHECK(write_key_file(arguments.file, vault::Key::make()));
  print_note(
      "密钥已写入 " + arguments.file + "；请另行保存备份，丢失后个人信息无法恢复",
      "the key is in " + arguments.file + "; keep a copy elsewhere, nobody can open the personal data without it");
  return exit_done;
}

Result<Exit> key_rotate_command(app::Session& session, const Common& common, const KeyArguments& arguments) {
  const vault::Key key = SHOUYUE_TRY(read_key_file(arguments.file));
  const std::int64_t sealed = SHOUYUE_TRY(app::rotate_key(session, key, arguments.reseal));
  SHOUYUE_CHECK(print(common.json ? "{\"resealed\":" + std::to_string(sealed) + "}\n"
                                  : "resealed " + std::to_string(sealed) + "\n"));
  return exit_done;
}

}  // namespace shouyue::cli
