#pragma once

#include <stdexcept>
#include <string>

namespace parley::adapters {

enum class Database { sqlite, postgresql, mariadb };

/// What a connection string names.
struct ConnectionTarget {
  Database database = Database::sqlite;
  std::string location; ///< SQLite: the file's path; else what follows "<scheme>://"
};

/// A connection string or an option that cannot be used. The message is for the operator and holds no password.
class InvalidConnection : public std::invalid_argument {
public:
  using std::invalid_argument::invalid_argument;
};

/// Reads `sqlite:<path>` (absolute or relative), `postgresql://...` and `mariadb://...`.
///
/// Throws InvalidConnection for anything else, and for databases that live in memory: every connection of a pool would
/// have one of its own.
ConnectionTarget parse_connection(const std::string &connection);

} // namespace parley::adapters
