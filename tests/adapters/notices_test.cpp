// What whoever runs the host hears when a server refuses what the plugin needs: rights, tables and functions that are missing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <mutex>
#include <string>
#include <vector>

#include "plugin/store/notice.hpp"
#include "tests/adapters/support/server_test_database.hpp"
#include "tests/adapters/support/store_test.hpp"
#include "tests/support/servers/client.hpp"

namespace parley::tests {
namespace {

using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr auto kMarker = "M4RKED";

/// The stores work as a role whose rights each test gives.
class Notices : public StoreTest {
protected:
  Notices()
      : server_(postgresql() ? TestServer::postgresql() : TestServer::mariadb()),
        names_(server_.database_of(database_->connection())) {
    if (postgresql()) {
      administer("create role " + role() + " login password 'few-secret'");
      administer("grant usage on schema public to " + role());
      administer("grant usage, select on all sequences in schema public to " + role());
    } else {
      administer("create user " + role() + " identified by 'few-secret'");
    }
  }
  ~Notices() override {
    if (postgresql()) {
      administer("drop owned by " + role());
      administer("drop role " + role());
    } else {
      administer("drop user " + role());
    }
  }

  [[nodiscard]] static bool postgresql() { return GetParam().name == "postgresql"; }
  [[nodiscard]] std::string role() const { return postgresql() ? few() : "'" + few() + "'@'%'"; }
  [[nodiscard]] std::string few() const { return names_.name + "_few"; }

  void administer(const std::string &sql) { server_.administer(sql, postgresql() ? names_.name : ""); }
  void grant(const std::string &rights) {
    const std::string tables = postgresql() ? "all tables in schema public" : names_.name + ".*";
    administer("grant " + rights + " on " + tables + " to " + role());
  }
  void grant_functions() {
    const std::string functions = postgresql() ? "all functions in schema public" : names_.name + ".*";
    administer("grant execute on " + functions + " to " + role());
  }

  [[nodiscard]] adapters::Stores opened() {
    std::string connection = names_.least;
    const auto at = connection.find("://") + 3;
    connection.replace(at, connection.find('@') - at, few() + ":few-secret");
    adapters::StoreOptions options;
    options.tell = [this](const store::Notice &notice) {
      const std::lock_guard lock(mutex_);
      heard_.push_back(notice);
    };
    auto stores = adapters::open(connection, options);
    if (!stores) {
      throw std::runtime_error(stores.failure().faults.at(0).detail);
    }
    return std::move(stores).value();
  }
  [[nodiscard]] std::vector<std::string> heard(const std::string &event) {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> messages;
    for (const store::Notice &each : heard_) {
      EXPECT_THAT(each.message, Not(HasSubstr(kMarker)));
      EXPECT_THAT(each.message, Not(HasSubstr("few-secret")));
      EXPECT_THAT(each.message, Not(HasSubstr("\n")));
      if (each.event == event) {
        messages.push_back(each.message);
      }
    }
    return messages;
  }

  TestServer &server_;
  FreshDatabase names_;
  std::mutex mutex_;
  std::vector<store::Notice> heard_;
};

std::vector<DatabaseKind> servers() {
  return {{"postgresql", [] { return server_test_database(ServerKind::postgresql); }},
          {"mariadb", [] { return server_test_database(ServerKind::mariadb); }}};
}
INSTANTIATE_TEST_SUITE_P(Servers, Notices, ::testing::ValuesIn(servers()),
                         [](const auto &instance) { return instance.param.name; });

// O8
TEST_P(Notices, ARoleThatMayOnlyReadLacksRightsThatAreNamed) {
  grant("select");
  const auto stores = opened();
  for (int time = 0; time < 3; ++time) {
    const auto refused = stores.conversations->start(sample(kMarker));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.failure().code, Code::unavailable);
    EXPECT_EQ(refused.failure().faults.at(0).code, "database-rights");
    EXPECT_THAT(refused.failure().faults.at(0).detail, HasSubstr("log of the host"));
  }
  EXPECT_THAT(heard("database.rights"),
              ElementsAre(AllOf(HasSubstr("The role \"" + few() + "\" lacks the right"), HasSubstr("INSERT"),
                                HasSubstr(" on table "), HasSubstr("parley_"),
                                AnyOf(HasSubstr("(PostgreSQL 42501)"), HasSubstr("(MariaDB 1142)")))))
      << "one a minute";
  grant("insert, update, delete");
  EXPECT_TRUE(stores.conversations->start(sample(kMarker))) << "without a new start";
}

// Each right is told, though their errors have one number.
TEST_P(Notices, RightsThatAreGivenOneByOneAreNamedOneByOne) {
  if (!postgresql()) {
    GTEST_SKIP() << "on MariaDB nothing but INSERT is missing here";
  }
  grant("select");
  const auto stores = opened();
  ASSERT_FALSE(stores.conversations->start(sample(kMarker)));
  ASSERT_EQ(heard("database.rights").size(), 1U);
  grant("insert");
  ASSERT_FALSE(stores.conversations->start(sample(kMarker)));
  EXPECT_EQ(heard("database.rights").size(), 2U);
}

TEST_P(Notices, ATableThatIsGoneIsNamed) {
  grant("select, insert, update, delete");
  const auto stores = opened();
  store::MessageQuery query;
  query.scope = everything();
  query.conversation = start();
  ASSERT_TRUE(stores.conversations->messages(query));
  Client owner(names_.owner);
  if (!postgresql()) {
    owner.run("set foreign_key_checks = 0");
  }
  owner.run("drop table parley_message cascade");
  for (int time = 0; time < 2; ++time) {
    const auto refused = stores.conversations->messages(query);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.failure().code, Code::schema);
  }
  EXPECT_THAT(heard("database.schema"), ElementsAre(HasSubstr("parley_message")));
}

// The tables are not there, for who may not look into their schema.
TEST_P(Notices, ASchemaThatMayNotBeLookedIntoIsNamed) {
  if (!postgresql()) {
    GTEST_SKIP() << "MariaDB's schemas are its databases";
  }
  administer("create schema apart");
  administer("create table apart.parley_schema_version (number bigint)");
  names_.least += "?schema=apart";
  EXPECT_THAT([this] { (void)opened(); }, ::testing::Throws<std::runtime_error>());
  administer("grant usage on schema apart to " + role());
  administer("insert into apart.parley_schema_version values (1)");
  administer("grant select on apart.parley_schema_version to " + role());
  const auto stores = opened();
  administer("revoke usage on schema apart from " + role());
  EXPECT_FALSE(stores.workflows->active("x"));
  EXPECT_THAT(heard("database.rights"), ElementsAre(HasSubstr("lacks the right USAGE on schema apart")));
}

TEST_P(Notices, D9_WithoutTheFunctionMessagesAreAddedStepByStepAndItIsTold) {
  grant("select, insert, update, delete");
  const auto id = start();
  for (const bool executable : {false, true}) {
    if (executable) {
      grant_functions();
      Client(names_.owner)
          .run(postgresql() ? "drop function parley_append_message(jsonb)" : "drop function parley_append_message");
    }
    const auto stores = opened();
    for (int time = 0; time < 2; ++time) {
      const auto added = stores.conversations->append(message(id, kJohn, kMarker));
      ASSERT_TRUE(added) << added.failure().faults.at(0).detail;
    }
  }
  EXPECT_EQ(row(id).conversation.all.text_count, 4);
  EXPECT_THAT(heard("database.function"),
              ElementsAre(AllOf(HasSubstr("lacks the right EXECUTE on function"), HasSubstr("parley_append_message")),
                          AllOf(HasSubstr("does not exist"), HasSubstr("parley_append_message"))));
  EXPECT_THAT(heard("database.rights"), IsEmpty());
  EXPECT_THAT(heard("database.schema"), IsEmpty());
}

} // namespace
} // namespace parley::tests
