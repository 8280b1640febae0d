// O2 on servers, as an operator meets it: what parley-migrate says about places, rights, newer schemas and broken copies.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/adapters/support/migrate_program.hpp"
#include "tests/adapters/support/test_database.hpp"
#include "tests/support/servers/client.hpp"
#include "tests/support/servers/test_server.hpp"

namespace parley::tests {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string quoted(const std::string &option, const std::string &connection) {
  return " " + option + " '" + connection + "'";
}
std::string database(const std::string &connection) {
  return quoted("--database", connection);
}

/// A fresh database for each test.
class ServerDatabase {
public:
  explicit ServerDatabase(ServerKind kind) : server_(TestServer::shared(kind)), made_(server_.fresh_database()) {}
  ServerDatabase(const ServerDatabase &) = delete;
  ServerDatabase &operator=(const ServerDatabase &) = delete;
  ~ServerDatabase() { server_.drop(made_); }

  [[nodiscard]] const std::string &name() const { return made_.name; }
  [[nodiscard]] const std::string &owner() const { return made_.owner; }
  [[nodiscard]] const std::string &least() const { return made_.least; }
  void run(const std::string &sql) const { Client(made_.owner).run(sql); }
  void administer(const std::string &sql) const { server_.administer(sql, made_.name); }

private:
  TestServer &server_;
  FreshDatabase made_;
};

/// The tables lie in the schema "own", and are looked for elsewhere.
class WhereTheTablesAre : public ::testing::Test {
protected:
  WhereTheTablesAre() : own_(database(database_.owner() + "?schema=own")) {
    EXPECT_EQ(migrate("up" + own_).code, 0);
    database_.administer("revoke usage on schema own from parley_app");
  }

  static void expect_each(const std::string &arguments, const ::testing::Matcher<std::string> &matcher) {
    for (const std::string command : {"status", "plan", "verify", "verify --data"}) {
      const auto outcome = migrate(command + arguments);
      EXPECT_THAT(outcome.output, matcher) << command;
      EXPECT_EQ(outcome.code, command == "plan" ? 0 : 1) << command;
    }
  }

  const ServerDatabase database_{ServerKind::postgresql};
  const std::string own_;
  const std::string there_ = "There is one in the schema \"own\": \"?schema=own\" in the connection string names it.\n";
};

TEST_F(WhereTheTablesAre, TheSchemaWasForgotten) {
  expect_each(database(database_.owner()), HasSubstr(there_));
  EXPECT_EQ(migrate("status" + database(database_.owner())).output, "empty: at step 0 of 1\n" + there_);
  // Who may not look into it hears of it, too.
  EXPECT_THAT(migrate("verify" + database(database_.least())).output, StartsWith("The schema is empty. " + there_));
  EXPECT_THAT(migrate("up" + database(database_.least())).output,
              AllOf(HasSubstr("lacks the right CREATE on schema \"public\""), HasSubstr(there_)));
  EXPECT_THAT(migrate("up --prefix other_" + own_).output,
              StartsWith("Nothing is there yet. There is one with the table prefix \"parley_\".\n"));
}

TEST_F(WhereTheTablesAre, TheSchemaIsNotThere) {
  const std::string wrong = database(database_.owner() + "?schema=wrong");
  const std::string missing = "There is no schema \"wrong\" in the database \"" + database_.name() + "\".";
  expect_each(wrong, HasSubstr(there_));
  EXPECT_EQ(migrate("status" + wrong).output, "missing: " + missing + "\n" + there_);
  EXPECT_THAT(migrate("verify" + wrong).output, StartsWith(missing + " " + there_));
  EXPECT_THAT(migrate("copy" + quoted("--from", database_.owner() + "?schema=wrong") +
                      quoted("--to", database_.owner() + "?schema=own"))
                  .output,
              HasSubstr(missing));
  EXPECT_THAT(migrate("up" + database(database_.least() + "?schema=wrong")).output,
              HasSubstr("lacks the right CREATE on database \"" + database_.name() + "\" to make the schema"));
}

TEST_F(WhereTheTablesAre, TheRoleMayNotLook) {
  const std::string least = database(database_.least() + "?schema=own");
  const std::string lacks = "parley-migrate: The role \"parley_app\" lacks the right ";
  for (const std::string command : {"status", "plan", "up", "verify", "verify --data"}) {
    const auto outcome = migrate(command + least);
    EXPECT_EQ(outcome.output, lacks + "USAGE on schema \"own\".\n") << command;
    EXPECT_EQ(outcome.code, 1) << command;
  }
  database_.administer("grant usage on schema own to parley_app");
  database_.administer("revoke select on own.parley_schema_version from parley_app");
  for (const std::string command : {"status", "plan", "up", "verify"}) {
    EXPECT_EQ(migrate(command + least).output, lacks + "SELECT on table \"parley_schema_version\".\n") << command;
  }
  database_.administer("grant select on own.parley_schema_version to parley_app");
  EXPECT_EQ(migrate("status" + least).code, 0);
}

TEST_F(WhereTheTablesAre, NothingOfTheSearchPathCanBeUsed) {
  database_.administer("revoke usage on schema public from public");
  database_.administer("alter database " + database_.name() + " set search_path = public");
  EXPECT_EQ(migrate("status" + database(database_.least())).output,
            "missing: None of the schemas that the role looks into (public) can be used in the database \"" +
                database_.name() + "\".\n" + there_);
}

// Another program's table of that name is none of ours.
TEST_F(WhereTheTablesAre, AnotherProgramsVersionsAreNotNamed) {
  database_.administer("create schema other");
  database_.administer("create table other.schema_version (a bigint)");
  EXPECT_EQ(migrate("status" + database(database_.owner())).output, "empty: at step 0 of 1\n" + there_);
}

class MigrateOnServer : public ::testing::TestWithParam<ServerKind> {
protected:
  const ServerDatabase database_{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(Server, MigrateOnServer, ::testing::Values(ServerKind::postgresql, ServerKind::mariadb),
                         [](const auto &instance) { return name_of(instance.param); });

TEST_P(MigrateOnServer, ANewerSchemaIsRefused) {
  ASSERT_EQ(migrate("up" + database(database_.owner())).code, 0);
  database_.run("insert into parley_schema_version (number, name, checksum, applied_at) values (99, 'later', '', 0)");
  for (const std::string &role : {database_.owner(), database_.least()}) {
    const auto status = migrate("status" + database(role));
    EXPECT_EQ(status.code, 1);
    EXPECT_EQ(status.output, "ahead: at step 99 of 1\n");
    for (const std::string command : {"plan", "up", "verify", "verify --data"}) {
      const auto outcome = migrate(command + database(role));
      EXPECT_EQ(outcome.code, 1) << command;
      EXPECT_THAT(outcome.output, HasSubstr("The schema is at step 99, newer than this build")) << command;
    }
  }
  const std::string other = "sqlite:" + fresh_path();
  ASSERT_EQ(migrate("up" + database(other)).code, 0);
  EXPECT_THAT(migrate("copy" + quoted("--from", other) + quoted("--to", database_.owner())).output,
              HasSubstr("The target's schema is ahead: at step 99 of 1."));
  EXPECT_THAT(migrate("copy" + quoted("--from", database_.owner()) + quoted("--to", other)).output,
              HasSubstr("The source's schema is ahead: at step 99 of 1."));
}

// O2: killed in the middle, it goes on when it is called again, from each server to the other one.
TEST_P(MigrateOnServer, ACopyThatWasKilled) {
  const bool to_mariadb = GetParam() == ServerKind::postgresql;
  const ServerDatabase target(to_mariadb ? ServerKind::mariadb : ServerKind::postgresql);
  ASSERT_EQ(migrate("up" + database(database_.owner())).code, 0);
  ASSERT_EQ(migrate("up" + database(target.owner())).code, 0);
  database_.run(std::string("insert into parley_record_label (record_type, record_id) select 'orders', ") +
                (to_mariadb ? "n from generate_series(1, 20000) n" : "seq from seq_1_to_20000"));
  const std::string arguments = "copy" + quoted("--from", database_.owner()) + quoted("--to", target.owner());
  migrate_until_killed(arguments, "copying record_label");
  EXPECT_THAT(migrate("status" + database(target.least())).output,
              HasSubstr("A copy into this database is not finished"));
  // In the middle of a batch, or of reading it again.
  migrate_until_killed(arguments, "checking record_label of the source");
  EXPECT_THAT(migrate("verify" + database(target.owner())).output,
              HasSubstr("A copy into this database is not finished"));
  const auto outcome = migrate(arguments);
  EXPECT_EQ(outcome.code, 0) << outcome.output;
  EXPECT_THAT(outcome.output, AllOf(HasSubstr("record_label: 20000 rows, sha256 "),
                                    HasSubstr("\nok: everything was copied, and reads the same on both sides\n")));
  EXPECT_EQ(migrate("verify --data" + database(target.owner())).code, 0);
}

// O2: a server with a binary log lets administrators alone make functions. The remedy is named, and it is one.
TEST(MigrateOnMariadb, TheBinaryLog) {
  TestServer server(ServerKind::mariadb, {false, {"log-bin=binlog", "server-id=1"}});
  const auto made = server.fresh_database();
  for (int attempt = 1; attempt <= 2; ++attempt) {
    const auto refused = migrate("up" + database(made.owner));
    EXPECT_EQ(refused.code, 1);
    EXPECT_THAT(refused.output,
                AllOf(StartsWith("parley-migrate: The server keeps a binary log, and then lets nobody make functions "
                                 "(step 1, statement "),
                      HasSubstr("MariaDB 1419: "),
                      EndsWith("As an administrator run \"set global log_bin_trust_function_creators = 1\", then run "
                               "\"up\" again.\n")));
    EXPECT_THAT(migrate("status" + database(made.owner)).output,
                AllOf(StartsWith("behind: at step 0 of 1\nStep 1 is half done: "), HasSubstr("MariaDB 1419: ")));
  }
  server.administer("set global log_bin_trust_function_creators = 1");
  const auto done = migrate("up" + database(made.owner));
  EXPECT_EQ(done.output, "applied step 1: initial\ncurrent: at step 1 of 1\n");
  server.administer("set global log_bin_trust_function_creators = 0");
  const auto verified = migrate("verify --data" + database(made.owner));
  EXPECT_EQ(verified.code, 0) << verified.output;
  EXPECT_THAT(verified.output, HasSubstr("compared with what was recorded after the last step"));
}

} // namespace
} // namespace parley::tests
