#include "tests/adapters/support/server_test_database.hpp"

#include "migrations/migrations.hpp"
#include "tests/support/session/open_session.hpp"

namespace parley::tests {
namespace {

FreshDatabase migrated(TestServer &server) {
  auto database = server.fresh_database();
  migrations::apply(database.owner);
  return database;
}

/// PostgreSQL copies a database quicker than the migrations make it.
FreshDatabase with_schema(TestServer &server) {
  if (server.kind() == ServerKind::mariadb) {
    return migrated(server);
  }
  static const FreshDatabase first = migrated(server);
  return server.copy_of(first);
}

class ServerTestDatabase : public TestDatabase {
public:
  explicit ServerTestDatabase(ServerKind kind) : server_(TestServer::shared(kind)), database_(with_schema(server_)) {}
  ~ServerTestDatabase() override { server_.drop(database_); }

  [[nodiscard]] std::string connection() const override { return database_.least; }
  [[nodiscard]] std::unique_ptr<adapters::Session> session() const override { return open_session(database_.owner); }

private:
  /// Events get their positions when somebody reads the feed.
  void before_looking() const override { (void)open().events->state(); }

  TestServer &server_;
  FreshDatabase database_;
};

} // namespace

std::unique_ptr<TestDatabase> server_test_database(ServerKind kind) {
  return std::make_unique<ServerTestDatabase>(kind);
}

} // namespace parley::tests
