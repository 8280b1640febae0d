#pragma once

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

/// Real database servers for tests: on a free port of 127.0.0.1, in a temporary folder, gone with the test.
namespace parley::tests {

enum class ServerKind { postgresql, mariadb };

/// "postgresql" or "mariadb": how connection strings and names of tests say it.
const char *name_of(ServerKind kind);

struct ServerOptions {
  /// What is committed is on the disk (fsync). Without it commits still survive the server's death, but not the machine's.
  bool durable = false;
  /// Settings of the server, "name=value", after the usual ones.
  std::vector<std::string> settings;
};

/// A database of its own for one test; nothing is in it.
struct FreshDatabase {
  std::string name;
  /// Connection string of the role that owns it and may change its schema.
  std::string owner;
  /// Connection string of the role with the least rights: it reads and writes the rows of the owner's tables and runs the
  /// owner's functions, also of those that are made later, and may change no schema.
  std::string least;
};

/// A PostgreSQL 15 or MariaDB 10.11 of Debian's packages. When root runs the test, the server runs as user postgres or mysql,
/// else as who runs the test. It ends when the object goes, and when the process dies in any way.
///
/// PostgreSQL's databases sort by the rules of a language, not by bytes, as most operators' do: what needs byte order must say so.
///
/// Everything throws std::runtime_error with what the server or the system said. One thread at a time, unless it says more.
class TestServer {
public:
  /// The server of this process, started when it is first asked for. Tests that stop, kill or suspend a server take one of
  /// their own. Safe to use from any thread.
  static TestServer &shared(ServerKind kind);
  static TestServer &postgresql() { return shared(ServerKind::postgresql); }
  static TestServer &mariadb() { return shared(ServerKind::mariadb); }

  /// Returns when it answers. The port stays the same when it is started again.
  explicit TestServer(ServerKind kind, ServerOptions options = {});
  ~TestServer();
  TestServer(const TestServer &) = delete;
  TestServer &operator=(const TestServer &) = delete;

  [[nodiscard]] ServerKind kind() const;
  [[nodiscard]] int port() const;
  [[nodiscard]] pid_t process() const; ///< of its last start
  [[nodiscard]] std::string folder() const;

  /// Safe to use from any thread.
  FreshDatabase fresh_database();
  /// The fresh database that one of its connection strings names.
  [[nodiscard]] FreshDatabase database_of(const std::string &connection) const;
  /// A database with all that the other one holds; waits until nobody is connected to that. Safe to use from any thread.
  FreshDatabase copy_of(const FreshDatabase &database);
  /// Cuts its connections. Safe to use from any thread.
  void drop(const FreshDatabase &database);

  /// Returns when no session of the two roles is left there. Safe to use from any thread.
  void wait_until_nobody_is_connected(const FreshDatabase &database);

  /// As the server's administrator; the first column of each row. Safe to use from any thread.
  std::vector<std::string> administer(const std::string &sql, const std::string &database = "");

  /// Ends it in order and cuts connections.
  void stop();
  /// Returns when it answers again, after what it had to recover.
  void start();
  /// kill -9 to the server and all its processes.
  void kill();
  /// It hangs: connections stay open, nothing is answered.
  void suspend();
  void resume();

  /// The last lines of what the server wrote.
  [[nodiscard]] std::string last_words() const;

private:
  friend class StatementLog;
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

} // namespace parley::tests
