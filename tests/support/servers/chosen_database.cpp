#include "tests/support/servers/chosen_database.hpp"

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include "tests/support/servers/test_server.hpp"

namespace parley::tests {

std::optional<ServerKind> chosen_server() {
  const char *variable = std::getenv("PARLEY_TEST_DATABASE");
  const std::string chosen = variable == nullptr ? "sqlite" : variable;
  for (const ServerKind kind : {ServerKind::postgresql, ServerKind::mariadb}) {
    if (chosen == name_of(kind)) {
      return kind;
    }
  }
  if (chosen != "sqlite") {
    throw std::runtime_error("PARLEY_TEST_DATABASE is \"" + chosen + "\": sqlite, postgresql and mariadb are known.");
  }
  return std::nullopt;
}

std::string chosen_database() {
  const auto server = chosen_server();
  return server ? name_of(*server) : "sqlite";
}

std::string empty_database(const std::string &sqlite_file) {
  if (const auto server = chosen_server()) {
    return TestServer::shared(*server).fresh_database().owner;
  }
  for (const char *ending : {"", "-wal", "-shm"}) {
    std::filesystem::remove(sqlite_file + ending);
  }
  return "sqlite:" + sqlite_file;
}

} // namespace parley::tests
