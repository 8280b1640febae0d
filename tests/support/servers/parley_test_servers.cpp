// Database servers for tests in other languages.
//
// usage: parley-test-servers postgresql|mariadb
//
// Starts a server and answers each line of its input with one line: "fresh" with a fresh database's connection strings,
// the owner's and, after a blank, that of the role with the least rights; "stop", "start", "kill", "suspend" and "resume" with
// "done". It first prints the line for "fresh" without being asked. Ends, and the server with it, when its input ends.

#include <iostream>
#include <string>

#include "tests/support/servers/test_server.hpp"

using parley::tests::ServerKind;
using parley::tests::TestServer;

namespace {

std::string obey(TestServer &server, const std::string &command) {
  if (command == "fresh") {
    const auto database = server.fresh_database();
    return database.owner + " " + database.least;
  }
  if (command == "stop") {
    server.stop();
  } else if (command == "start") {
    server.start();
  } else if (command == "kill") {
    server.kill();
  } else if (command == "suspend") {
    server.suspend();
  } else if (command == "resume") {
    server.resume();
  } else {
    throw std::runtime_error("unknown command: " + command);
  }
  return "done";
}

} // namespace

int main(int count, char **words) {
  const std::string kind = count == 2 ? words[1] : "";
  if (kind != "postgresql" && kind != "mariadb") {
    std::cerr << "usage: parley-test-servers postgresql|mariadb\n";
    return 2;
  }
  try {
    TestServer server(kind == "mariadb" ? ServerKind::mariadb : ServerKind::postgresql);
    std::string command = "fresh";
    do {
      std::cout << obey(server, command) << std::endl;
    } while (std::getline(std::cin, command));
    return 0;
  } catch (const std::exception &error) {
    std::cerr << "parley-test-servers: " << error.what() << '\n';
    return 1;
  }
}
