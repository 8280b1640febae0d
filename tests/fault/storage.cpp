#include "tests/fault/storage.hpp"

#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>
#include <new>
#include <random>
#include <string>
#include <vector>

namespace parley::tests::storage {
namespace {

constexpr std::size_t kSector = 512;

/// A change of a file that is not safe yet.
struct Change {
  std::size_t size_before = 0;
  std::size_t offset = 0; ///< where bytes changed, or the new end of the file
  std::string before;     ///< the bytes from there on that were there before
  std::string after;      ///< those that were written; empty: the file was cut off at `offset`
};

struct File {
  std::vector<Change> changes;
  bool safe_entry = true; ///< its folder knows of it for good
};

/// What survives of changes that are not safe.
enum class Fate { nothing, some_changes, some_sectors };

struct State {
  std::mutex mutex;
  sqlite3_vfs *real = nullptr;
  sqlite3_vfs vfs{};
  sqlite3_io_methods methods{};
  Options options;
  std::mt19937_64 random;
  std::uint64_t operations_left = 0; ///< 0: the power stays
  int failing_reads = 0;
  int failing_writes = 0;
  std::map<std::string, File> files;
  std::map<std::string, std::string> deleted; ///< files whose deletion is not safe, with their safe content
};

State &state() {
  static State *const the_one = new State; // outlives every thread
  return *the_one;
}

std::string content_of(const std::string &path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void put(std::string &content, std::size_t offset, const std::string &bytes) {
  content.resize(std::max(content.size(), offset + bytes.size()));
  content.replace(offset, bytes.size(), bytes);
}

/// The content without its changes.
std::string safe_content(std::string content, const File &file) {
  for (auto change = file.changes.rbegin(); change != file.changes.rend(); ++change) {
    put(content, change->offset, change->before);
    content.resize(change->size_before);
  }
  return content;
}

bool coin(State &disk) {
  return disk.random() % 2 == 0;
}

void survive(State &disk, std::string &content, const Change &change, Fate fate) {
  if (fate == Fate::nothing) {
    return;
  }
  if (change.after.empty() || fate == Fate::some_changes) {
    if (coin(disk)) {
      change.after.empty() ? content.resize(change.offset) : put(content, change.offset, change.after);
    }
    return;
  }
  for (std::size_t at = 0; at < change.after.size();) {
    const std::size_t size = std::min(kSector - (change.offset + at) % kSector, change.after.size() - at);
    if (coin(disk)) {
      put(content, change.offset + at, change.after.substr(at, size));
    }
    at += size;
  }
}

void write_file(const std::string &path, const std::string &content) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
}

/// The mutex is held, and stays so: nothing is written after this.
[[noreturn]] void cut(State &disk) {
  // A disk that never made anything safe is as it was when the process began.
  const auto fate = disk.options.ignores_sync ? Fate::nothing : static_cast<Fate>(disk.random() % 3);
  const bool folder_survives = coin(disk);
  for (const auto &[path, file] : disk.files) {
    if (!file.safe_entry && !folder_survives) {
      std::filesystem::remove(path);
      continue;
    }
    std::string content = safe_content(content_of(path), file);
    for (const Change &change : file.changes) {
      survive(disk, content, change, fate);
    }
    write_file(path, content);
  }
  for (const auto &[path, content] : disk.deleted) {
    if (!folder_survives) {
      write_file(path, content);
    }
  }
  _exit(kCut);
}

/// Before every operation; the mutex is held.
void tick(State &disk) {
  if (disk.operations_left > 0 && --disk.operations_left == 0) {
    cut(disk);
  }
}

void synchronize_folder(State &disk) {
  if (disk.options.ignores_sync) {
    return;
  }
  for (auto &each : disk.files) {
    each.second.safe_entry = true;
  }
  disk.deleted.clear();
}

/// One open file. The default VFS has its own behind it.
struct Handle {
  sqlite3_file base;
  File *file;               ///< null: a temporary file, which nobody expects to survive
  bool synchronizes_folder; ///< with its next xSync
};

sqlite3_file *real_of(sqlite3_file *file) {
  return reinterpret_cast<sqlite3_file *>(reinterpret_cast<char *>(file) + sizeof(Handle));
}
Handle &handle_of(sqlite3_file *file) {
  return *reinterpret_cast<Handle *>(file);
}

// Nobody looks at the files while a cut writes them anew: what is read and its size, under the mutex, too.
int read_file(sqlite3_file *file, void *bytes, int size, sqlite3_int64 offset) {
  State &disk = state();
  const std::lock_guard lock(disk.mutex);
  if (disk.failing_reads > 0) {
    --disk.failing_reads;
    return SQLITE_IOERR_READ;
  }
  return real_of(file)->pMethods->xRead(real_of(file), bytes, size, offset);
}

int size_of_file(sqlite3_file *file, sqlite3_int64 *size) {
  const std::lock_guard lock(state().mutex);
  return real_of(file)->pMethods->xFileSize(real_of(file), size);
}

/// Notes what a change is about to replace. The mutex is held.
int remember(sqlite3_file *file, sqlite3_int64 offset, std::size_t size, std::string after) {
  sqlite3_file *real = real_of(file);
  sqlite3_int64 present = 0;
  if (const int status = real->pMethods->xFileSize(real, &present); status != SQLITE_OK) {
    return status;
  }
  Change change;
  change.size_before = static_cast<std::size_t>(present);
  change.offset = static_cast<std::size_t>(offset);
  change.after = std::move(after);
  if (offset < present) {
    change.before.resize(std::min(size, change.size_before - change.offset));
    const int status =
        real->pMethods->xRead(real, change.before.data(), static_cast<int>(change.before.size()), offset);
    if (status != SQLITE_OK) {
      return status;
    }
  }
  handle_of(file).file->changes.push_back(std::move(change));
  return SQLITE_OK;
}

int write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 offset) {
  State &disk = state();
  const std::lock_guard lock(disk.mutex);
  if (handle_of(file).file != nullptr) {
    if (disk.failing_writes > 0) {
      --disk.failing_writes;
      return SQLITE_IOERR_WRITE;
    }
    tick(disk);
    const auto count = static_cast<std::size_t>(size);
    if (const int status = remember(file, offset, count, std::string(static_cast<const char *>(bytes), count));
        status != SQLITE_OK) {
      return status;
    }
  }
  return real_of(file)->pMethods->xWrite(real_of(file), bytes, size, offset);
}

int truncate(sqlite3_file *file, sqlite3_int64 size) {
  State &disk = state();
  const std::lock_guard lock(disk.mutex);
  if (handle_of(file).file != nullptr) {
    tick(disk);
    if (const int status = remember(file, size, SIZE_MAX, {}); status != SQLITE_OK) {
      return status;
    }
  }
  return real_of(file)->pMethods->xTruncate(real_of(file), size);
}

// The real file is not synchronized: only this process can lose its power.
int synchronize(sqlite3_file *file, int) {
  State &disk = state();
  const std::lock_guard lock(disk.mutex);
  Handle &handle = handle_of(file);
  if (handle.file != nullptr) {
    tick(disk);
    if (!disk.options.ignores_sync) {
      handle.file->changes.clear();
    }
    if (handle.synchronizes_folder) {
      handle.synchronizes_folder = false;
      synchronize_folder(disk);
    }
  }
  return SQLITE_OK;
}

template <auto member, typename... Arguments>
auto pass_on(sqlite3_file *file, Arguments... arguments) {
  return (real_of(file)->pMethods->*member)(real_of(file), arguments...);
}

int open_file(sqlite3_vfs *, const char *name, sqlite3_file *file, int flags, int *flags_out) {
  State &disk = state();
  const std::lock_guard lock(disk.mutex);
  constexpr int kLogs = SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL;
  const bool kept = name != nullptr && (flags & (SQLITE_OPEN_MAIN_DB | kLogs)) != 0;
  const bool made = kept && !std::filesystem::exists(name);
  auto *handle = new (file) Handle{{nullptr}, nullptr, false};
  const int status = disk.real->xOpen(disk.real, name, real_of(file), flags, flags_out);
  if (real_of(file)->pMethods != nullptr) {
    handle->base.pMethods = &disk.methods;
  }
  if (status == SQLITE_OK && kept) {
    handle->file = &disk.files[name];
    handle->file->safe_entry = handle->file->safe_entry && !made;
    handle->synchronizes_folder = (flags & SQLITE_OPEN_CREATE) != 0 && (flags & kLogs) != 0;
  }
  return status;
}

int delete_file(sqlite3_vfs *, const char *name, int folder_too) {
  State &disk = state();
  const std::lock_guard lock(disk.mutex);
  const auto found = disk.files.find(name);
  if (found != disk.files.end()) {
    tick(disk);
    if (found->second.safe_entry) {
      disk.deleted[name] = safe_content(content_of(name), found->second);
    }
  }
  const int status = disk.real->xDelete(disk.real, name, 0);
  if (status == SQLITE_OK && found != disk.files.end()) {
    disk.files.erase(found);
    if (folder_too != 0) {
      synchronize_folder(disk);
    }
  }
  return status;
}

/// What SQLite found wrong: the answers of a host do not tell.
void log(void *, int code, const char *message) {
  if (const int primary = code & 0xff; primary != SQLITE_NOTICE && primary != SQLITE_WARNING) {
    std::fprintf(stderr, "SQLite: %d %s\n", code, message);
  }
}

} // namespace

void install(const Options &options) {
  sqlite3_config(SQLITE_CONFIG_LOG, log, nullptr);
  State &disk = state();
  disk.options = options;
  disk.random.seed(options.seed);
  disk.real = sqlite3_vfs_find(nullptr);
  disk.vfs = *disk.real;
  disk.vfs.zName = "storage-that-fails";
  disk.vfs.szOsFile = static_cast<int>(sizeof(Handle)) + disk.real->szOsFile;
  disk.vfs.pNext = nullptr;
  disk.vfs.xOpen = open_file;
  disk.vfs.xDelete = delete_file;

  using Methods = sqlite3_io_methods;
  Methods &methods = disk.methods;
  methods.iVersion = 3;
  methods.xClose = pass_on<&Methods::xClose>;
  methods.xRead = read_file;
  methods.xWrite = write;
  methods.xTruncate = truncate;
  methods.xSync = synchronize;
  methods.xFileSize = size_of_file;
  methods.xLock = pass_on<&Methods::xLock, int>;
  methods.xUnlock = pass_on<&Methods::xUnlock, int>;
  methods.xCheckReservedLock = pass_on<&Methods::xCheckReservedLock, int *>;
  methods.xFileControl = pass_on<&Methods::xFileControl, int, void *>;
  methods.xSectorSize = pass_on<&Methods::xSectorSize>;
  methods.xDeviceCharacteristics = pass_on<&Methods::xDeviceCharacteristics>;
  methods.xShmMap = pass_on<&Methods::xShmMap, int, int, int, void volatile **>;
  methods.xShmLock = pass_on<&Methods::xShmLock, int, int, int>;
  methods.xShmBarrier = pass_on<&Methods::xShmBarrier>;
  methods.xShmUnmap = pass_on<&Methods::xShmUnmap, int>;
  methods.xFetch = pass_on<&Methods::xFetch, sqlite3_int64, int, void **>;
  methods.xUnfetch = pass_on<&Methods::xUnfetch, sqlite3_int64, void *>;
  sqlite3_vfs_register(&disk.vfs, 1);
}

void cut_at(std::uint64_t operation) {
  State &disk = state();
  const std::lock_guard lock(disk.mutex);
  disk.operations_left = operation;
}

void cut_now() {
  State &disk = state();
  disk.mutex.lock();
  cut(disk);
}

void fail_reads(int count) {
  State &disk = state();
  const std::lock_guard lock(disk.mutex);
  disk.failing_reads = count;
}

void fail_writes(int count) {
  State &disk = state();
  const std::lock_guard lock(disk.mutex);
  disk.failing_writes = count;
}

} // namespace parley::tests::storage
