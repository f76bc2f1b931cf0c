#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/seeded_random.hpp"

struct sqlite3_vfs;

namespace simulation {

// What befalls the disk under the database.
enum class Fault {
  full,        // writes fail for a while, as on a full disk
  sync_fails,  // what was written may or may not be on the disk
  gone,        // nothing can be opened, read or written for a while
  killed,      // the process ends; the system still has what it wrote
  power_lost,  // the machine ends; of what was not synced, any part may be on the disk
};

// A disk in memory for SQLite, the default one while it exists. Knows what was synced, and fails as it is told.
class FaultyDisk {
 public:
  explicit FaultyDisk(SeededRandom random);
  ~FaultyDisk();
  FaultyDisk(const FaultyDisk&) = delete;
  FaultyDisk& operator=(const FaultyDisk&) = delete;

  // From the `after`-th operation that changes the disk on, `operations` operations fail; of `killed` and `power_lost`
  // all until `restart`.
  void arm(Fault fault, int after, int operations);
  bool has_struck() const { return has_struck_; }
  // Ends every fault. After `killed` and `power_lost` all files are closed and shared memory is gone; after
  // `power_lost` each sector that was not synced is the old or the new one, by chance.
  void recover();
  // From now on `sync` only says that it did: to see that the checks notice.
  void forget_syncs() { forgets_syncs_ = true; }

 private:
  friend struct DiskCalls;
  struct File {
    std::string written, synced;
    std::vector<std::unique_ptr<char[]>> shared;
  };
  // Whether this operation fails.
  bool strikes(bool changes, bool is_sync);
  void lose_power();

  std::unique_ptr<sqlite3_vfs> vfs_;
  std::map<std::string, std::shared_ptr<File>> files_;
  SeededRandom random_;
  Fault fault_ = Fault::full;
  bool is_armed_ = false, has_struck_ = false, forgets_syncs_ = false;
  int after_ = 0, operations_ = 0;
};

}  // namespace simulation
