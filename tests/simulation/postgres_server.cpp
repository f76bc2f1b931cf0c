#include "simulation/postgres_server.hpp"

#include <cstdlib>

#include "app/files.hpp"
#include "store/open.hpp"

namespace simulation {

using namespace shouyue;

PostgresServer::~PostgresServer() {
  if (std::filesystem::exists(address_)) tell("stop");
}

bool PostgresServer::tell(const char* what) const {
  const std::string command = "python3 -B '" + script_.string() + "' " + what + " '" + address_.string() + "'";
  return std::system(command.c_str()) == 0;
}

OpenStore PostgresServer::empty_database() {
  require(std::filesystem::exists(address_) || tell("start"),
          "both databases equal: no PostgreSQL server could be started; tools/install-packages installs it");
  const auto folder = app::read_file(address_);
  require(folder.has_value(), "both databases equal: the server's address can be read");
  const std::string server = "host=" + *folder + " user=shouyue dbname=postgres";
  const auto connection = store::connect(server, app::Access::existing);
  require(connection && (*connection)
                            ->define("SET client_min_messages = warning;"
                                     "DROP SCHEMA IF EXISTS simulated CASCADE; CREATE SCHEMA simulated"),
          "both databases equal: the server's database can be emptied");
  return [url = server + " options='-csearch_path=simulated'"] { return store::open(url, app::Access::create); };
}

}  // namespace simulation
