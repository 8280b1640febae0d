#pragma once

#include <stdexcept>
#include <string>

namespace parley::adapters {

/// What went wrong in the database, as far as anybody can act on it.
enum class ErrorKind {
  busy,            ///< no connection or lock in time: nothing was changed, try again
  again,           ///< the transaction met another one (serialization, deadlock, lock wait): roll back and run it again
  unavailable,     ///< the database cannot be reached or written: nothing was changed, unless it happened in a commit
  outcome_unknown, ///< the connection was lost in a commit: nobody knows whether it was stored
  unique,          ///< a unique key says no
  constraint,      ///< another rule of the database says no
  schema,          ///< a table, column or function is missing
  unexpected,
};

/// Thrown by everything in adapters/connection. The message comes from the database and holds no bound value.
class DatabaseError : public std::runtime_error {
public:
  DatabaseError(ErrorKind kind, const std::string &message) : std::runtime_error(message), kind_(kind) {}
  [[nodiscard]] ErrorKind kind() const { return kind_; }

private:
  ErrorKind kind_;
};

} // namespace parley::adapters
