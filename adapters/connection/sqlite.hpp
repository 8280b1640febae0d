#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "adapters/connection/session.hpp"

namespace parley::adapters {

struct SqliteOptions {
  std::string table_prefix;
  std::chrono::milliseconds patience{5000}; ///< how long a statement waits for another connection's lock
  /// What savepoints are taken back with is kept in memory, as all that is temporary: for connections that write and read
  /// no long lists. Else it goes through a file for each transaction.
  bool temporary_in_memory = false;
};

/// Connects to a file, which is made when it is not there, durable: write-ahead log, full synchronization, foreign keys
/// on. Throws DatabaseError, also when the database does not take one of these.
std::unique_ptr<Session> open_sqlite(const std::string &path, const SqliteOptions &options);

/// A database of its own in memory, gone with the session.
std::unique_ptr<Session> open_sqlite_scratch(const std::string &table_prefix);

} // namespace parley::adapters
