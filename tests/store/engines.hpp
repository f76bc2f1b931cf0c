#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>
#include <unistd.h>

#include "store/open.hpp"

// The engines of the contract, each with a database of its own for one test.
namespace shouyue {

class Sqlite {
 public:
  static constexpr bool claims_beside_writers = false;
  Sqlite() {
    char pattern[] = "/tmp/shouyue-store-XXXXXX";
    folder_ = ::mkdtemp(pattern);
  }
  ~Sqlite() { std::filesystem::remove_all(folder_); }
  std::string url() const { return "sqlite:" + (folder_ / "test.db").string(); }

 private:
  std::filesystem::path folder_;
};

// A schema of the server that postgres_cluster.py started; ctest says where it is.
class Postgresql {
 public:
  static constexpr bool claims_beside_writers = true;
  Postgresql() : schema_("store_" + std::to_string(::getpid()) + "_" + std::to_string(++schemas)) {
    run_psql("CREATE SCHEMA " + schema_);
  }
  ~Postgresql() { run_psql("DROP SCHEMA " + schema_ + " CASCADE"); }
  // The name stands in the server's list of sessions.
  const std::string& name() const { return schema_; }
  std::string url() const {
    return server() + " application_name=" + schema_ + " options='-csearch_path=" + schema_ + " -clock_timeout=500'";
  }

  static std::string server() {
    const char* file = std::getenv("SHOUYUE_TEST_CLUSTER");
    REQUIRE_MESSAGE(file,
                    "run the tests by ctest, or start tests/store/postgres_cluster.py and set SHOUYUE_TEST_CLUSTER");
    std::string folder;
    std::getline(std::ifstream(file), folder);
    return "host=" + folder + " user=shouyue dbname=postgres";
  }

  static void run_psql(const std::string& sql) {
    const std::string command = "psql --quiet --no-psqlrc --output=/dev/null -v ON_ERROR_STOP=1 '" + server() +
                                "' -c 'SET client_min_messages = warning' -c \"" + sql + "\"";
    REQUIRE(std::system(command.c_str()) == 0);
  }

 private:
  static inline int schemas = 0;
  std::string schema_;
};

template <class Engine>
class Fixture {
 public:
  Fixture() : store_(open()) { REQUIRE(*store_->migrate()); }
  std::unique_ptr<app::Store> open() const {
    auto opened = store::open(engine_.url(), app::Access::create);
    REQUIRE(opened.has_value());
    return std::move(*opened);
  }
  const Engine& engine() const { return engine_; }
  app::Store& store() { return *store_; }
  template <class Do>
  void commit(Do change) {
    auto transaction = app::Transaction::begin(*store_);
    REQUIRE(transaction.has_value());
    const auto done = change(*store_);
    REQUIRE(done.has_value());
    REQUIRE(transaction->commit().has_value());
  }

 private:
  Engine engine_;
  std::unique_ptr<app::Store> store_;
};

}  // namespace shouyue
