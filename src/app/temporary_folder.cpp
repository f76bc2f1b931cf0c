#include "app/temporary_folder.hpp"

#include <cstdlib>
#include <string>

#include "app/files.hpp"

namespace shouyue::app {

Result<std::shared_ptr<const TemporaryFolder>> TemporaryFolder::make() {
  std::error_code failed;
  std::string path = (std::filesystem::temp_directory_path(failed) / "shouyue-XXXXXX").string();
  if (failed || !mkdtemp(path.data())) return cannot_write(path);
  return std::shared_ptr<const TemporaryFolder>(new TemporaryFolder(path));
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;  // what stays behind, the system clears away
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace shouyue::app
