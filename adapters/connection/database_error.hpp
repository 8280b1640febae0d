#pragma once

#include <stdexcept>
#include <string>
#include <utility>

namespace parley::adapters {

/// What went wrong in the database, as far as anybody can act on it.
enum class ErrorKind {
  busy,            ///< no connection or lock in time: nothing was changed, try again
  again,           ///< the transaction met another one (serialization, deadlock, lock wait): roll back and run it again
  unavailable,     ///< the database cannot be reached or written: nothing was changed, unless it happened in a commit
  outcome_unknown, ///< the connection was lost in a commit: nobody knows whether it was stored
  unique,          ///< a unique key says no
  constraint,      ///< another rule of the database says no
  rights,          ///< the role may not do this
  schema,          ///< a table, column or function is missing
  unexpected,
};

/// Thrown by everything in adapters/connection. The message comes from the database, is one line and holds no bound value.
class DatabaseError : public std::runtime_error {
public:
  /// `code`: the database's own, where it has one.
  DatabaseError(ErrorKind kind, const std::string &message, std::string code = {})
      : std::runtime_error(message), kind_(kind), code_(std::move(code)) {}

  /// No connection could be made, or the one that was used is gone.
  static DatabaseError lost(ErrorKind kind, const std::string &message, std::string code = {}) {
    DatabaseError error(kind, message, std::move(code));
    error.lost_ = true;
    return error;
  }

  [[nodiscard]] ErrorKind kind() const { return kind_; }
  /// PostgreSQL: its SQLSTATE, "42501"; MariaDB, SQLite: their number, "1142"; else empty.
  [[nodiscard]] const std::string &code() const { return code_; }
  [[nodiscard]] bool connection_lost() const { return lost_; }

private:
  ErrorKind kind_;
  std::string code_;
  bool lost_ = false;
};

} // namespace parley::adapters
