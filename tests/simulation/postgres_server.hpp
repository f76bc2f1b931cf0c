#pragma once

#include <filesystem>

#include "simulation/insurer_at_work.hpp"

namespace simulation {

// A PostgreSQL server of the simulation's own, started when it is first asked for and gone with this object.
class PostgresServer {
 public:
  // `script` starts and stops it; `folder` is there to write into.
  PostgresServer(std::filesystem::path script, const std::filesystem::path& folder)
      : script_(std::move(script)), address_(folder / "postgresql") {}
  ~PostgresServer();
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

  // An empty database, in place of the one given before. Throws `Broken` when no server can be started.
  OpenStore empty_database();

 private:
  bool tell(const char* what) const;

  std::filesystem::path script_, address_;
};

}  // namespace simulation
