#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/servers/client.hpp"
#include "tests/support/servers/test_server.hpp"

/// What differs between the kinds of servers: how one is made, started and administered.
namespace parley::tests {

class KindOfServer {
public:
  virtual ~KindOfServer() = default;

  [[nodiscard]] virtual std::string name() const = 0;
  /// The user that it runs as when root runs the test.
  [[nodiscard]] virtual std::string user() const = 0;
  /// The signal that ends it at once without leaving shared memory behind.
  [[nodiscard]] virtual int end_at_once() const = 0;
  /// Commands that make a data directory <folder>/data, run one after the other; a change of any makes a new one.
  [[nodiscard]] virtual std::vector<std::vector<std::string>> initialise(const std::filesystem::path &folder) const = 0;
  /// Files that these commands read: name in the folder, and text.
  [[nodiscard]] virtual std::vector<std::pair<std::string, std::string>> files() const { return {}; }
  /// Statements of the administrator after its first start: roles, and what each fresh database begins with. The ones for a
  /// database other than the first are apart: {database, statement}.
  [[nodiscard]] virtual std::vector<std::pair<std::string, std::string>> prepare() const = 0;

  [[nodiscard]] virtual std::vector<std::string> command(const std::filesystem::path &folder, int port,
                                                         const ServerOptions &options) const = 0;
  /// As the server's administrator, to a database or, when that is empty, to the server's first. Throws when it does not answer.
  [[nodiscard]] virtual Client administrator(const std::filesystem::path &folder, int port,
                                             const std::string &database) const = 0;
  /// By a connection string of FreshDatabase.
  [[nodiscard]] virtual std::unique_ptr<Client::Link> connect(const std::string &connection) const = 0;

  [[nodiscard]] virtual std::string create(const std::string &database) const = 0;
  /// Makes the second database as a copy of the first.
  virtual void copy(Client &administrator, const std::filesystem::path &folder, const std::string &from,
                    const std::string &to) const = 0;
  [[nodiscard]] virtual std::string drop(const std::string &database) const = 0;
  /// A query for the number of sessions in a database, the administrator's not counted.
  [[nodiscard]] virtual std::string sessions(const std::string &database) const = 0;
};

const KindOfServer &postgresql_server();
const KindOfServer &mariadb_server();
inline const KindOfServer &kind_of(ServerKind kind) {
  return kind == ServerKind::postgresql ? postgresql_server() : mariadb_server();
}

/// A file beside the servers' databases.
std::unique_ptr<Client::Link> connect_sqlite(const std::string &path);

/// Roles of every test server, and their passwords.
inline constexpr const char *kOwner = "parley_owner";
inline constexpr const char *kOwnerPassword = "owner-secret";
inline constexpr const char *kLeast = "parley_app";
inline constexpr const char *kLeastPassword = "app-secret";

/// The path of an installed program: the first of the folders that has it. Throws std::runtime_error that names the package.
std::string program(const std::string &name, const std::vector<std::string> &folders, const std::string &package);

} // namespace parley::tests
