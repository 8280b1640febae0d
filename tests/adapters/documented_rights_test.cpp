// O2: the statements of docs/operators.md, as they stand there, make roles that can do what the page says of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "adapters/store_factory.hpp"
#include "tests/adapters/support/migrate_program.hpp"
#include "tests/adapters/support/store_test.hpp"
#include "tests/support/servers/client.hpp"
#include "tests/support/servers/documented_rights.hpp"
#include "tests/support/servers/test_server.hpp"

namespace parley::tests {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;

/// The page's names, where other tests' roles have them already.
std::string renamed(const std::string &text) {
  return std::regex_replace(std::regex_replace(text, std::regex("\\bcrm"), "page_crm"),
                            std::regex("\\bparley_(owner|app)"), "page_$1");
}

class DocumentedRights : public ::testing::TestWithParam<ServerKind> {
protected:
  DocumentedRights() : server_(TestServer::shared(GetParam())), blocks_(documented_statements("Rights on a server")) {}

  [[nodiscard]] std::string connection(const std::string &role, const std::string &password) const {
    const bool postgresql = GetParam() == ServerKind::postgresql;
    return std::string(name_of(GetParam())) + "://page_" + role + ":" + password +
           "@127.0.0.1:" + std::to_string(server_.port()) + "/page_crm" + (postgresql ? "?schema=parley" : "");
  }
  void run(const std::vector<std::string> &block, const std::string &database = "") {
    for (const std::string &statement : block) {
      SCOPED_TRACE(statement);
      server_.administer(renamed(statement), database);
    }
  }
  Outcome migrated(const std::string &command, const std::string &connection) {
    Outcome outcome = migrate(command + " --database '" + connection + "'");
    EXPECT_EQ(outcome.code, 0) << command << ": " << outcome.output;
    return outcome;
  }

  /// Everything that changes rows in another way.
  static void work(const std::string &connection) {
    auto stores = adapters::open(connection);
    ASSERT_TRUE(stores) << stores.failure().faults.front().detail;
    auto &store = *stores->conversations;
    domain::Time now = 1'700'000'000'000'000;
    const auto doing = [&] { return store::Doing{kJohn, Audience::backoffice, now += 1'000'000}; };
    store::StartConversation begun;
    begun.doing = doing();
    begun.conversation.name = "Rights";
    begun.conversation.owner = kJohn;
    begun.contexts = {kJohn, kOrder};
    begun.participants = {kJohn};
    const auto id = store.start(begun);
    ASSERT_TRUE(id);
    store::AppendMessage message;
    message.doing = doing();
    message.conversation = id.value();
    message.view = everything();
    message.act = everything();
    message.writable = {Status::active};
    message.message.sender = kJohn;
    message.message.body = "a word";
    EXPECT_TRUE(store.append(message));
    EXPECT_TRUE(store.mark_unread({doing(), id.value(), everything()}));
    EXPECT_TRUE(stores->workflows->set_active("conversation_flow", false, doing()));
    EXPECT_TRUE(stores->events->state());
    EXPECT_TRUE(store.remove({doing(), id.value(), everything(), everything(), 0}));
  }

  TestServer &server_;
  const std::vector<std::vector<std::string>> blocks_;
};
INSTANTIATE_TEST_SUITE_P(Server, DocumentedRights, ::testing::Values(ServerKind::postgresql, ServerKind::mariadb),
                         [](const auto &instance) { return name_of(instance.param); });

TEST_P(DocumentedRights, AreEnoughForBothRoles) {
  ASSERT_EQ(blocks_.size(), 4U) << "PostgreSQL's before and after the first step, MariaDB's, MariaDB's for comparing";
  const std::string owner = connection("owner", "owner-secret");
  const std::string app = connection("app", "app-secret");
  if (GetParam() == ServerKind::postgresql) {
    run(blocks_[0]);
    migrated("up", owner);
    EXPECT_THAT(migrate("status --database '" + app + "'").output, HasSubstr("USAGE on schema \"parley\""));
    run(blocks_[1], "page_crm");
  } else {
    run(blocks_[2]);
    migrated("up", owner);
    EXPECT_THAT(migrated("verify", owner).output, HasSubstr("compared with what was recorded"));
    run(blocks_[3]);
    EXPECT_THAT(migrated("verify", owner).output, HasSubstr("compared with a database that the same steps made"));
  }
  work(app);
  for (const std::string command : {"status", "up", "verify", "verify --data"}) {
    migrated(command, app);
    migrated(command, owner);
  }
  Client client(app.substr(0, app.find('?')));
  const std::string place = GetParam() == ServerKind::postgresql ? "parley." : "";
  for (const std::string change : {"drop table #parley_message", "alter table #parley_message add column extra bigint",
                                   "create table #parley_extra (a bigint)"}) {
    try {
      client.run(std::regex_replace(change, std::regex("#"), place));
      ADD_FAILURE() << change;
    } catch (const std::runtime_error &error) {
      EXPECT_THAT(error.what(), AnyOf(HasSubstr("denied"), HasSubstr("must be owner")));
    }
  }
}

} // namespace
} // namespace parley::tests
