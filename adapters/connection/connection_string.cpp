#include "adapters/connection/connection_string.hpp"

#include <algorithm>

#include "adapters/connection/server_target.hpp"

namespace parley::adapters {
namespace {

[[noreturn]] void refuse(const std::string &message) {
  throw InvalidConnection(message);
}

bool starts_with(const std::string &text, const std::string &start) {
  return text.compare(0, start.size(), start) == 0;
}

ConnectionTarget sqlite_target(std::string path) {
  if (path.empty()) {
    refuse("The connection string names no file: write sqlite:<path>.");
  }
  if (path == ":memory:" || starts_with(path, "file:")) {
    refuse("Only a file's path may follow sqlite: (a database in memory would be another one for every connection).");
  }
  const auto unprintable = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"'; };
  if (std::any_of(path.begin(), path.end(), unprintable)) {
    refuse("The path in the connection string holds a quotation mark or a control character.");
  }
  return {Database::sqlite, std::move(path), {}};
}

} // namespace

ConnectionTarget parse_connection(const std::string &connection) {
  const auto colon = connection.find(':');
  if (colon == std::string::npos || colon == 0) {
    refuse("The connection string has no scheme: write sqlite:<path>, postgresql://... or mariadb://...");
  }
  const std::string scheme = connection.substr(0, colon);
  std::string rest = connection.substr(colon + 1);
  if (scheme == "sqlite") {
    return sqlite_target(std::move(rest));
  }
  const bool postgresql = scheme == "postgresql" || scheme == "postgres";
  const bool mariadb = scheme == "mariadb" || scheme == "mysql";
  if ((postgresql || mariadb) && starts_with(rest, "//")) {
    const Database database = mariadb ? Database::mariadb : Database::postgresql;
    return {database, {}, parse_server(database, rest.substr(2))};
  }
  // The scheme alone is repeated: what follows it may hold a password.
  const bool plain = std::all_of(scheme.begin(), scheme.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '-';
  });
  refuse("The connection string's scheme" + (plain ? " \"" + scheme + "\"" : std::string()) +
         " is not known. Supported: sqlite:<path>, postgresql://<host>/<database>, mariadb://<host>/<database>.");
}

} // namespace parley::adapters
