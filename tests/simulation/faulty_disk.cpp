#include "simulation/faulty_disk.hpp"

#include <algorithm>
#include <cstring>

#include <sqlite3.h>

namespace simulation {

namespace {

constexpr std::size_t sector = 512;
constexpr const char* disk_name = "faulty";

void resize(std::string& bytes, std::size_t size) { bytes.resize(size, '\0'); }

}  // namespace

// The functions that SQLite calls.
struct DiskCalls {
  using File = FaultyDisk::File;
  struct Handle {
    sqlite3_file base;
    FaultyDisk* disk;
    std::shared_ptr<File>* file;
  };

  static FaultyDisk& disk(sqlite3_vfs* vfs) { return *static_cast<FaultyDisk*>(vfs->pAppData); }
  static Handle& handle(sqlite3_file* file) { return *reinterpret_cast<Handle*>(file); }
  static File& content(sqlite3_file* file) { return **handle(file).file; }

  static int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out_flags) {
    FaultyDisk& on = disk(vfs);
    file->pMethods = nullptr;
    const bool exists = name && on.files_.contains(name);
    if (on.strikes(!exists, false)) return SQLITE_CANTOPEN;
    if (!exists && name && !(flags & SQLITE_OPEN_CREATE)) return SQLITE_CANTOPEN;
    auto content = name ? on.files_[name] : nullptr;
    if (!content) content = std::make_shared<File>();
    if (name) on.files_[name] = content;
    handle(file) = {.base = {.pMethods = &methods()}, .disk = &on, .file = new std::shared_ptr<File>(content)};
    if (out_flags) *out_flags = flags;
    return SQLITE_OK;
  }
  static int remove(sqlite3_vfs* vfs, const char* name, int) {
    if (disk(vfs).strikes(true, false)) return SQLITE_IOERR_DELETE;
    disk(vfs).files_.erase(name);
    return SQLITE_OK;
  }
  static int access(sqlite3_vfs* vfs, const char* name, int, int* result) {
    const auto found = disk(vfs).files_.find(name);
    *result = found != disk(vfs).files_.end() && !found->second->written.empty();
    return SQLITE_OK;
  }
  static int full_path(sqlite3_vfs*, const char* name, int room, char* out) {
    sqlite3_snprintf(room, out, "%s", name);
    return SQLITE_OK;
  }
  static int randomness(sqlite3_vfs* vfs, int size, char* out) {
    for (int i = 0; i < size; ++i) out[i] = static_cast<char>(disk(vfs).random_.next());
    return size;
  }
  static int sleep(sqlite3_vfs*, int microseconds) { return microseconds; }
  static int current_time(sqlite3_vfs*, sqlite3_int64* now) {
    *now = 0;
    return SQLITE_OK;
  }
  static int last_error(sqlite3_vfs*, int, char*) { return 0; }

  static int close(sqlite3_file* file) {
    delete handle(file).file;
    return SQLITE_OK;
  }
  static int read(sqlite3_file* file, void* out, int size, sqlite3_int64 at) {
    if (handle(file).disk->strikes(false, false)) return SQLITE_IOERR_READ;
    const std::string& bytes = content(file).written;
    const std::size_t from = std::min(static_cast<std::size_t>(at), bytes.size());
    const std::size_t found = bytes.copy(static_cast<char*>(out), static_cast<std::size_t>(size), from);
    if (found == static_cast<std::size_t>(size)) return SQLITE_OK;
    std::memset(static_cast<char*>(out) + found, 0, static_cast<std::size_t>(size) - found);
    return SQLITE_IOERR_SHORT_READ;
  }
  static int write(sqlite3_file* file, const void* data, int size, sqlite3_int64 at) {
    FaultyDisk& on = *handle(file).disk;
    if (on.strikes(true, false)) return on.fault_ == Fault::full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    std::string& bytes = content(file).written;
    const std::size_t end = static_cast<std::size_t>(at) + static_cast<std::size_t>(size);
    if (bytes.size() < end) resize(bytes, end);
    std::memcpy(bytes.data() + at, data, static_cast<std::size_t>(size));
    return SQLITE_OK;
  }
  static int truncate(sqlite3_file* file, sqlite3_int64 size) {
    if (handle(file).disk->strikes(true, false)) return SQLITE_IOERR_TRUNCATE;
    resize(content(file).written, static_cast<std::size_t>(size));
    return SQLITE_OK;
  }
  static int sync(sqlite3_file* file, int) {
    if (handle(file).disk->strikes(true, true)) return SQLITE_IOERR_FSYNC;
    if (!handle(file).disk->forgets_syncs_) content(file).synced = content(file).written;
    return SQLITE_OK;
  }
  static int size(sqlite3_file* file, sqlite3_int64* size) {
    *size = static_cast<sqlite3_int64>(content(file).written.size());
    return SQLITE_OK;
  }
  // One connection at a time, so nobody to keep out.
  static int lock(sqlite3_file*, int) { return SQLITE_OK; }
  static int check_reserved_lock(sqlite3_file*, int* result) {
    *result = 0;
    return SQLITE_OK;
  }
  static int control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
  static int sector_size(sqlite3_file*) { return static_cast<int>(sector); }
  static int characteristics(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }
  static int shared_map(sqlite3_file* file, int region, int size, int, void volatile** out) {
    auto& regions = content(file).shared;
    while (regions.size() <= static_cast<std::size_t>(region))
      regions.push_back(std::make_unique<char[]>(static_cast<std::size_t>(size)));
    *out = regions[static_cast<std::size_t>(region)].get();
    return SQLITE_OK;
  }
  static int shared_lock(sqlite3_file*, int, int, int) { return SQLITE_OK; }
  static void shared_barrier(sqlite3_file*) {}
  static int shared_unmap(sqlite3_file* file, int remove_too) {
    if (remove_too) content(file).shared.clear();
    return SQLITE_OK;
  }

  static const sqlite3_io_methods& methods() {
    static const sqlite3_io_methods all = {.iVersion = 2,
                                           .xClose = close,
                                           .xRead = read,
                                           .xWrite = write,
                                           .xTruncate = truncate,
                                           .xSync = sync,
                                           .xFileSize = size,
                                           .xLock = lock,
                                           .xUnlock = lock,
                                           .xCheckReservedLock = check_reserved_lock,
                                           .xFileControl = control,
                                           .xSectorSize = sector_size,
                                           .xDeviceCharacteristics = characteristics,
                                           .xShmMap = shared_map,
                                           .xShmLock = shared_lock,
                                           .xShmBarrier = shared_barrier,
                                           .xShmUnmap = shared_unmap};
    return all;
  }
};

FaultyDisk::FaultyDisk(SeededRandom random) : random_(random) {
  vfs_.reset(new sqlite3_vfs{.iVersion = 2,
                             .szOsFile = sizeof(DiskCalls::Handle),
                             .mxPathname = 512,
                             .zName = disk_name,
                             .pAppData = this,
                             .xOpen = DiskCalls::open,
                             .xDelete = DiskCalls::remove,
                             .xAccess = DiskCalls::access,
                             .xFullPathname = DiskCalls::full_path,
                             .xRandomness = DiskCalls::randomness,
                             .xSleep = DiskCalls::sleep,
                             .xGetLastError = DiskCalls::last_error,
                             .xCurrentTimeInt64 = DiskCalls::current_time});
  sqlite3_vfs_register(vfs_.get(), 1);
}

FaultyDisk::~FaultyDisk() { sqlite3_vfs_unregister(vfs_.get()); }

void FaultyDisk::arm(Fault fault, int after, int operations) {
  fault_ = fault;
  after_ = after;
  operations_ = operations;
  is_armed_ = true;
  has_struck_ = false;
}

bool FaultyDisk::strikes(bool changes, bool is_sync) {
  if (!is_armed_) return false;
  const bool ends_all = fault_ == Fault::killed || fault_ == Fault::power_lost;
  if (has_struck_ && ends_all) return true;
  const bool concerns = fault_ == Fault::sync_fails ? is_sync
                        : fault_ == Fault::gone     ? has_struck_ || changes
                                                    : changes;
  if (!concerns || --after_ > 0) return false;
  has_struck_ = true;
  if (!ends_all && --operations_ <= 0) is_armed_ = false;
  return true;
}

void FaultyDisk::lose_power() {
  for (auto& [name, file] : files_) {
    std::string& written = file->written;
    const std::string& synced = file->synced;
    const std::size_t size = random_.below(2) == 0 ? written.size() : synced.size();
    std::string left;
    for (std::size_t at = 0; at < size; at += sector) {
      const bool is_new = at >= synced.size() || (at < written.size() && random_.below(2) == 0);
      left += (is_new ? written : synced).substr(at, sector);
    }
    resize(left, size);
    file->written = file->synced = left;
  }
}

void FaultyDisk::recover() {
  is_armed_ = false;
  if (!has_struck_) return;
  has_struck_ = false;
  if (fault_ == Fault::power_lost) lose_power();
  if (fault_ == Fault::power_lost || fault_ == Fault::killed)
    for (auto& [name, file] : files_) file->shared.clear();
}

}  // namespace simulation
