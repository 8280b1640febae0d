// O2: "verify --data" on servers: the same rules, broken in the same ways, in a copy of the same data.
#include <set>

#include "migrations/backend.hpp"
#include "migrations/copy.hpp"
#include "migrations/data_rules.hpp"
#include "tests/adapters/support/data_damages.hpp"
#include "tests/support/servers/client.hpp"
#include "tests/support/servers/test_server.hpp"

namespace parley::tests {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr std::size_t kExamples = 3;

/// Each damage and its check are one transaction, which is rolled back.
class DataChecksOnServer : public SampleDataTest {
protected:
  void damage_on(ServerKind kind) {
    TestServer &server = TestServer::shared(kind);
    const auto database = server.fresh_database();
    migrations::apply(database.owner);
    ASSERT_THAT(migrations::copy(database_->connection(), {}, database.owner, {}, [](const auto &) {}).differences,
                IsEmpty());
    EXPECT_THAT(broken(migrations::verify_data(database.least, kExamples)), IsEmpty());

    const auto backend = migrations::backend_of(database.owner, {});
    const auto rules = migrations::data_rules(backend->kind());
    std::set<std::string> unbroken;
    for (const auto &rule : rules) {
      unbroken.insert(rule.name);
    }
    const auto session = backend->connect();
    backend->prepare_checks(*session);
    for (const Damage &damage : damages()) {
      if (unbroken.count(damage.rule) == 0 || damage.rule == "conversation-ids") {
        continue; // of SQLite alone
      }
      SCOPED_TRACE(damage.rule + ": " + damage.statements.front());
      session->begin();
      loosen(*session, kind);
      for (const std::string &statement : damage.statements) {
        EXPECT_GT(session->execute(statement), 0) << "found nothing to damage";
      }
      expect_broken(migrations::check_data(*session, rules, kExamples), damage.rule, damage.conversation);
      session->rollback();
      unbroken.erase(damage.rule);
    }
    session->begin();
    loosen(*session, kind);
    session->execute("update {prefix}event set position = 900 where position = 2");
    expect_broken(migrations::check_data(*session, rules, kExamples), "event-order", 1);
    session->rollback();
    unbroken.erase("event-order");
    // A copy of rows by other means leaves the next id where it was.
    Client(database.owner)
        .run(kind == ServerKind::mariadb ? "alter table parley_conversation auto_increment = 1"
                                         : "select setval(pg_get_serial_sequence('parley_conversation', 'id'), 1)");
    expect_broken(migrations::verify_data(database.owner, kExamples), "conversation-ids", 0);
    unbroken.erase("conversation-ids");
    EXPECT_THAT(unbroken, IsEmpty()) << "each rule has its damage";
    server.drop(database);
  }

private:
  /// What would keep the damage out.
  static void loosen(adapters::Session &session, ServerKind kind) {
    if (kind == ServerKind::mariadb) {
      session.run("set check_constraint_checks = 0, foreign_key_checks = 0");
    } else {
      session.run("do $$ declare k record; begin for k in select conrelid::regclass as t, conname from pg_constraint "
                  "where contype in ('c', 'f') and conrelid::regclass::text like 'parley~_%' escape '~' loop "
                  "execute format('alter table %s drop constraint %I', k.t, k.conname); end loop; end $$");
    }
  }

  static void expect_broken(const migrations::DataReport &report, const std::string &rule, std::int64_t conversation) {
    EXPECT_THAT(explained(report), Not(HasSubstr("could not be checked")));
    ASSERT_THAT(broken(report), Contains(rule)) << explained(report);
    EXPECT_EQ(result_of(report, rule).examples.front().conversation, conversation) << explained(report);
  }
};
INSTANTIATE_TEST_SUITE_P(Database, DataChecksOnServer, ::testing::Values(sqlite_kind()),
                         [](const auto &instance) { return instance.param.name; });

TEST_P(DataChecksOnServer, EveryRuleIsNoticedOnPostgresql) {
  damage_on(ServerKind::postgresql);
}

TEST_P(DataChecksOnServer, EveryRuleIsNoticedOnMariadb) {
  damage_on(ServerKind::mariadb);
}

} // namespace
} // namespace parley::tests
