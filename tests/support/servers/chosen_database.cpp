#include "tests/support/servers/chosen_database.hpp"

#include <cstdlib>
#include <deque>
#include <filesystem>
#include <stdexcept>

#include "tests/support/servers/test_server.hpp"

namespace parley::tests {
namespace {

constexpr std::size_t kKept = 20; ///< ten megabytes each

} // namespace

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
  if (const auto kind = chosen_server()) {
    TestServer &server = TestServer::shared(*kind);
    static std::deque<FreshDatabase> made;
    if (made.size() == kKept) {
      server.drop(made.front());
      made.pop_front();
    }
    made.push_back(server.fresh_database());
    return made.back().owner;
  }
  for (const char *ending : {"", "-wal", "-shm"}) {
    std::filesystem::remove(sqlite_file + ending);
  }
  return "sqlite:" + sqlite_file;
}

std::string copy_of_database(const std::string &connection, const std::string &sqlite_file) {
  if (const auto kind = chosen_server()) {
    TestServer &server = TestServer::shared(*kind);
    return server.copy_of(server.database_of(connection)).owner;
  }
  const std::string copy = empty_database(sqlite_file);
  std::filesystem::copy_file(connection.substr(std::string("sqlite:").size()), sqlite_file);
  return copy;
}

void drop_database(const std::string &connection) {
  if (const auto kind = chosen_server()) {
    TestServer &server = TestServer::shared(*kind);
    server.drop(server.database_of(connection));
  }
}

} // namespace parley::tests
