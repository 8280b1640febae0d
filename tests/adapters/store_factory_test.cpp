#include "adapters/store_factory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "adapters/connection/sqlite.hpp"
#include "adapters/sql/schema_check.hpp"
#include "migrations/migrations.hpp"
#include "tests/adapters/support/test_database.hpp"

namespace parley::tests {
namespace {

using domain::Code;
using std::chrono::milliseconds;

class StoreFactoryTest : public ::testing::Test {
protected:
  StoreFactoryTest() : path_(fresh_path()), connection_("sqlite:" + path_) {}
  [[nodiscard]] std::unique_ptr<adapters::Session> session() const {
    return adapters::open_sqlite(path_, {"parley_", milliseconds(100)});
  }
  static domain::Failure refusal(const std::string &connection, const adapters::StoreOptions &options = {}) {
    const auto stores = adapters::open(connection, options);
    return stores ? domain::Failure{} : stores.failure();
  }
  static store::StartConversation sample() {
    store::StartConversation command;
    command.doing.actor = {"users", "1"};
    command.conversation.name = "x";
    return command;
  }

  std::string path_;
  std::string connection_;
};

TEST_F(StoreFactoryTest, WantsAKnownDatabase) {
  EXPECT_EQ(refusal("nonsense").code, Code::malformed);
  EXPECT_EQ(refusal("sqlite::memory:").code, Code::malformed);
  EXPECT_EQ(refusal("oracle://host/db").code, Code::malformed);
  EXPECT_EQ(refusal("postgresql://127.0.0.1:1/db").code, Code::unavailable);
  EXPECT_EQ(refusal("mariadb://127.0.0.1:1/db").code, Code::unavailable);
  adapters::StoreOptions options;
  options.table_prefix = "No Prefix";
  EXPECT_EQ(refusal(connection_, options).code, Code::malformed);
}

TEST_F(StoreFactoryTest, WantsTheSchemaOfThisBuild) {
  EXPECT_EQ(adapters::sql::kSchemaNumber, migrations::newest());
  EXPECT_EQ(refusal(connection_).faults.front().code, "schema-empty");
  EXPECT_FALSE(std::filesystem::exists(path_)) << "nothing is made";
  session()->execute("create table other (a integer)");
  EXPECT_EQ(refusal(connection_).faults.front().code, "schema-empty");
  migrations::apply(connection_);
  EXPECT_TRUE(adapters::open(connection_));
  session()->execute("insert into {prefix}schema_version values (99, 'later', '', 0)");
  const auto ahead = refusal(connection_);
  EXPECT_EQ(ahead.code, Code::schema);
  EXPECT_EQ(ahead.faults.front().code, "schema-ahead");
  session()->execute("delete from {prefix}schema_version");
  EXPECT_EQ(refusal(connection_).faults.front().code, "schema-empty");
}

TEST_F(StoreFactoryTest, WantsADatabase) {
  std::ofstream(path_) << std::string(5000, 'x');
  EXPECT_EQ(refusal(connection_).code, Code::unavailable);
}

TEST_F(StoreFactoryTest, PrefixesLiveSideBySide) {
  for (const std::string prefix : {"", "a_", "b_"}) {
    migrations::Options migrating;
    migrating.table_prefix = prefix;
    migrations::apply(connection_, migrating);
    adapters::StoreOptions options;
    options.table_prefix = prefix;
    auto stores = adapters::open(connection_, options);
    ASSERT_TRUE(stores) << prefix;
    EXPECT_EQ(stores->conversations->start(sample()).value(), 1);
    EXPECT_TRUE(migrations::verify(connection_, migrating).empty());
  }
}

TEST_F(StoreFactoryTest, BusyIsAValue) {
  migrations::apply(connection_);
  adapters::StoreOptions options;
  options.patience = milliseconds(50);
  auto stores = adapters::open(connection_, options);
  ASSERT_TRUE(stores);
  const auto other = session();
  other->begin("begin immediate");
  const auto refused = stores->conversations->start(sample());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.failure().code, Code::busy);
  EXPECT_EQ(stores->workflows->set_active("x", false, {}).failure().code, Code::busy);
  EXPECT_TRUE(stores->workflows->active("x")) << "readers do not wait for writers";
  other->rollback();
  EXPECT_TRUE(stores->conversations->start(sample()));
}

TEST_F(StoreFactoryTest, ATableThatIsGoneIsAValue) {
  migrations::apply(connection_);
  auto stores = adapters::open(connection_);
  session()->execute("drop table {prefix}workflow_state");
  EXPECT_EQ(stores->workflows->active("x").failure().code, Code::schema);
  EXPECT_EQ(stores->workflows->set_active("x", true, {}).failure().code, Code::schema);
}

TEST_F(StoreFactoryTest, ARowThatNobodyUnderstandsIsAValue) {
  migrations::apply(connection_);
  auto stores = adapters::open(connection_);
  ASSERT_TRUE(stores->conversations->start(sample()));
  const auto other = session();
  other->execute("pragma ignore_check_constraints = on");
  other->execute("update {prefix}conversation set status = 'frozen'");
  store::ConversationQuery query;
  query.scope.level = domain::Level::global;
  EXPECT_EQ(stores->conversations->conversations(query).failure().code, Code::schema);
}

TEST_F(StoreFactoryTest, StoresOutliveEachOther) {
  migrations::apply(connection_);
  auto stores = adapters::open(connection_);
  stores->conversations.reset();
  EXPECT_TRUE(stores->workflows->active("x"));
}

} // namespace
} // namespace parley::tests
