#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace parley::adapters {

enum class Database { sqlite, postgresql, mariadb };

/// Where a server listens.
struct ServerHost {
  std::string name;       ///< a name or an address; IPv6 without brackets
  std::uint16_t port = 0; ///< never 0 after parsing
};

/// A database on a server, as its connection string names it; every part is decoded.
struct ServerTarget {
  Database database = Database::postgresql;
  std::string user; ///< empty: as the client library has it
  std::string password;
  std::vector<ServerHost> hosts; ///< tried one after the other; empty where a socket is named
  std::string socket;            ///< PostgreSQL: the folder of a Unix socket; MariaDB: its path
  std::string name;              ///< of the database
  std::string schema;            ///< PostgreSQL: where the tables are; empty: the role's own search path
  /// What is handed to the client library: sslmode and the like, each once.
  std::vector<std::pair<std::string, std::string>> options;
};

/// "The MariaDB database "crm" at 127.0.0.1:3306": for people, without user and password.
std::string place_of(const ServerTarget &target);
/// "127.0.0.1:3306", more of them with commas between, or the socket's path.
std::string hosts_of(const ServerTarget &target);

/// What a connection string names.
struct ConnectionTarget {
  Database database = Database::sqlite;
  std::string location; ///< SQLite: the file's path
  ServerTarget server;  ///< PostgreSQL and MariaDB
};

/// A connection string or an option that cannot be used. The message is for the operator and holds no password.
class InvalidConnection : public std::invalid_argument {
public:
  using std::invalid_argument::invalid_argument;
};

/// Reads
///
///     sqlite:<path>
///     postgresql://[user[:password]@]host[:port][,host[:port]...]/database[?option=value&...]
///     mariadb://[user[:password]@]host[:port][,host[:port]...]/database[?option=value&...]
///
/// (`postgres` and `mysql` are other spellings of the schemes.) Parts may be percent-encoded, IPv6 addresses stand in
/// brackets. A Unix socket is named by `?host=/folder` on PostgreSQL and `?socket=/path` on MariaDB, without a host before
/// the database.
///
/// Throws InvalidConnection for anything else, for an unknown option, and for SQLite databases that live in memory:
/// every connection of a pool would have one of its own.
ConnectionTarget parse_connection(const std::string &connection);

} // namespace parley::adapters
