#pragma once

#include <optional>
#include <string>

/// Which database a run of a suite is about. Suites run once for each: ctest sets PARLEY_TEST_DATABASE to "postgresql" or
/// "mariadb"; not set, or "sqlite": SQLite.
namespace parley::tests {

enum class ServerKind;

/// "sqlite", "postgresql" or "mariadb". Throws std::runtime_error for anything else.
std::string chosen_database();

/// Nothing: SQLite.
std::optional<ServerKind> chosen_server();

/// The connection string of an empty database of the chosen kind, for who may make its schema: on SQLite this file, which
/// is deleted first, else a fresh database of the process's server, which goes when twenty more were asked for. One thread at a
/// time.
std::string empty_database(const std::string &sqlite_file);

/// A database with all that the other one holds, to which nobody is connected any more: on SQLite this file. It gives a
/// connection string like empty_database's, and takes one.
std::string copy_of_database(const std::string &connection, const std::string &sqlite_file);

/// Of one of the two functions above: it is not needed any more. On SQLite its files stay until they are made anew.
void drop_database(const std::string &connection);

} // namespace parley::tests
