#include "adapters/connection/sqlite.hpp"

#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <algorithm>
#include <thread>

#include "adapters/connection/driver.hpp"

namespace parley::adapters {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// Pages in the log before a checkpoint: a larger log is written in one go less often, which keeps the slowest writes
/// short.
constexpr int kCheckpointPages = 20'000;
constexpr milliseconds kPause{10};

sqlite_api::sqlite3 *native(soci::session &connection) {
  return static_cast<soci::sqlite3_session_backend *>(connection.get_backend())->conn_;
}

/// Opened by ourselves: SOCI knows no flags, and asks for a connection that locks itself in every call. A session is one
/// thread's at a time.
void connect(soci::session &connection, const std::string &path) {
  connection.open(soci::sqlite3, "dbname=:memory:");
  sqlite_api::sqlite3 *opened = nullptr;
  const int result = sqlite_api::sqlite3_open_v2(
      path.c_str(), &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  if (result != SQLITE_OK) {
    sqlite_api::sqlite3_close(opened);
    connection.close();
    throw soci::sqlite3_soci_error("Cannot establish connection to the database. ", result);
  }
  sqlite_api::sqlite3_close(native(connection));
  static_cast<soci::sqlite3_session_backend *>(connection.get_backend())->conn_ = opened;
  sqlite_api::sqlite3_extended_result_codes(opened, 1);
}

/// Sets a pragma and makes sure that it holds.
void demand(soci::session &connection, const std::string &name, const std::string &value, const std::string &present) {
  connection << "pragma " + name + " = " + value;
  std::string holds;
  connection << "pragma " + name, soci::into(holds);
  if (holds != present) {
    throw DatabaseError(ErrorKind::unavailable, "The database did not take " + name + " = " + value + ".");
  }
}

/// Two connections that switch a new file to the write-ahead log at once do not wait for each other as others do.
void demand_log(soci::session &connection, milliseconds patience) {
  const auto deadline = steady_clock::now() + patience;
  while (true) {
    try {
      return demand(connection, "journal_mode", "wal", "wal");
    } catch (const soci::sqlite3_soci_error &error) {
      if ((error.result() & 0xff) != SQLITE_BUSY || steady_clock::now() >= deadline) {
        throw;
      }
    }
    std::this_thread::sleep_for(kPause);
  }
}

/// The parts that are the same for files and for memory.
class SqliteDriver : public Driver {
public:
  explicit SqliteDriver(milliseconds patience) : patience_(patience) {}

  void run(soci::session &connection, const std::string &sql) override {
    const int result = sqlite_api::sqlite3_exec(native(connection), sql.c_str(), nullptr, nullptr, nullptr);
    if (result != SQLITE_OK) {
      throw soci::sqlite3_soci_error(sqlite_api::sqlite3_errmsg(native(connection)), result);
    }
  }
  /// What takes time in this process are locks of others.
  void limit(soci::session &connection, milliseconds time) override {
    const milliseconds waiting = time.count() == 0 ? patience_ : std::min(time, patience_);
    sqlite_api::sqlite3_busy_timeout(native(connection), static_cast<int>(waiting.count()));
  }
  [[nodiscard]] bool lost(soci::session & /*connection*/) const override { return false; }
  [[nodiscard]] int socket(soci::session & /*connection*/) const override { return -1; }
  void forget(soci::statement & /*statement*/) const override {}
  [[nodiscard]] bool errors_end_transactions() const override { return false; }

protected:
  [[nodiscard]] milliseconds patience() const { return patience_; }

private:
  milliseconds patience_;
};

class FileDriver : public SqliteDriver {
public:
  FileDriver(std::string path, const SqliteOptions &options)
      : SqliteDriver(options.patience), path_(std::move(path)), temporary_in_memory_(options.temporary_in_memory) {}

  void open(soci::session &connection) override {
    connect(connection, path_);
    const std::string waiting = std::to_string(patience().count());
    demand(connection, "busy_timeout", waiting, waiting);
    demand_log(connection, patience());
    demand(connection, "synchronous", "full", "2");
    demand(connection, "foreign_keys", "on", "1");
    const std::string pages = std::to_string(kCheckpointPages);
    demand(connection, "wal_autocheckpoint", pages, pages);
    if (temporary_in_memory_) {
      demand(connection, "temp_store", "memory", "2");
    }
  }

private:
  std::string path_;
  bool temporary_in_memory_;
};

class MemoryDriver : public SqliteDriver {
public:
  MemoryDriver() : SqliteDriver(milliseconds(0)) {}

  void open(soci::session &connection) override { connect(connection, ":memory:"); }
};

} // namespace

std::unique_ptr<Session> open_sqlite(const std::string &path, const SqliteOptions &options) {
  return std::make_unique<Session>(std::make_unique<FileDriver>(path, options), options.table_prefix);
}

std::unique_ptr<Session> open_sqlite_scratch(const std::string &table_prefix) {
  return std::make_unique<Session>(std::make_unique<MemoryDriver>(), table_prefix);
}

} // namespace parley::adapters
