// What the adapter asks its server, as the server's own log tells it: round trips, and what is prepared.
#include <stdexcept>

#include "tests/adapters/support/server_test_database.hpp"
#include "tests/adapters/support/store_test.hpp"
#include "tests/support/servers/statement_log.hpp"

namespace parley::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr domain::Time kDay = domain::Time{24} * 3600 * 1'000'000;

std::vector<DatabaseKind> postgresql() {
  return {{"postgresql", [] { return server_test_database(ServerKind::postgresql); }}};
}

class RoundTripsTest : public StoreTest {
protected:
  RoundTripsTest() {
    reconnect();
    // Labels as the host's answers leave them.
    note({label(kJohn), label(kCharlie), label(kAmanda)});
    id_ = start();
  }

  /// One connection, whose statements are all in a log that was begun before.
  void reconnect() {
    stores_ = {};
    adapters::StoreOptions one;
    one.connections = 1;
    stores_ = expect_stores(adapters::open(database_->connection(), one));
  }

  static store::RecordLabel label(const Reference &record) {
    store::RecordLabel label;
    label.record = record;
    label.title = "Name of " + record.id;
    return label;
  }

  /// As a host's request brings it, with what the host said of the sender.
  store::AppendMessage sent(const Reference &sender, const std::string &key = "") {
    auto command = message(id_, sender, "hello");
    command.labels = {label(sender)};
    command.labels.front().refreshed = command.doing.now;
    if (!key.empty()) {
      command.doing.once = store::Once{key, "f", command.doing.now + kDay};
    }
    return command;
  }

  /// What was run meanwhile; that something was prepared before does not count here.
  std::vector<std::string> run(StatementLog &log) {
    prepared_ = 0;
    std::vector<std::string> texts;
    for (const RoundTrip &trip : log.take()) {
      if (trip.kind == RoundTrip::Kind::prepare) {
        ++prepared_;
      } else {
        texts.push_back(trip.text);
      }
    }
    return texts;
  }

  ConversationId id_ = 0;
  int prepared_ = 0;

private:
  static adapters::Stores expect_stores(domain::Result<adapters::Stores> opened) {
    if (!opened) {
      throw std::runtime_error("the stores cannot be opened: " + opened.failure().faults.front().detail);
    }
    return std::move(opened).value();
  }
};
INSTANTIATE_TEST_SUITE_P(Database, RoundTripsTest, ::testing::ValuesIn(postgresql()),
                         [](const auto &instance) { return instance.param.name; });

TEST_P(RoundTripsTest, D9_AddingAMessageIsOneRoundTrip) {
  StatementLog log(TestServer::postgresql(), database_->connection());
  reconnect();
  const auto append = [&](const store::AppendMessage &command) {
    const auto result = store().append(command);
    EXPECT_TRUE(result);
    EXPECT_FALSE(result && result->repeated);
    return run(log);
  };
  const auto once = ElementsAre(HasSubstr("parley_append_message"));
  run(log);
  EXPECT_THAT(append(sent(kJohn)), once);
  EXPECT_EQ(prepared_, 1);
  EXPECT_THAT(append(sent(kJohn)), once);
  EXPECT_EQ(prepared_, 0) << "it was prepared before";
  EXPECT_THAT(append(sent(kJohn, "k1")), once) << "with an idempotency key";
  EXPECT_THAT(append(sent(kCharlie)), once) << "by somebody who takes no part yet";
  EXPECT_THAT(append(sent(kAmanda, "k2")), once) << "in the storefront";
  EXPECT_EQ(row(id_).conversation.all.text_count, 5);
}

TEST_P(RoundTripsTest, D9_WhatIsOutOfTheOrdinaryGoesStepByStep) {
  ASSERT_TRUE(store().append(sent(kJohn, "k1")));
  StatementLog log(TestServer::postgresql(), database_->connection());
  reconnect();
  run(log);
  auto repeated = sent(kJohn, "k1");
  const auto again = store().append(repeated);
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->repeated);
  const auto texts = run(log);
  ASSERT_THAT(texts, SizeIs(4));
  EXPECT_THAT(texts[0], HasSubstr("parley_append_message"));
  EXPECT_THAT(texts[1], StartsWith("begin"));
  EXPECT_THAT(texts[2], HasSubstr("parley_idempotency"));
  EXPECT_EQ(row(id_).conversation.all.text_count, 1);
}

TEST_P(RoundTripsTest, D9_ReadsAreOneRoundTrip) {
  ASSERT_TRUE(store().append(sent(kAmanda)));
  StatementLog log(TestServer::postgresql(), database_->connection());
  reconnect();
  run(log);
  const auto rounds = [&](const auto &read) {
    for (int at = 0; at < 2; ++at) {
      EXPECT_TRUE(read());
      EXPECT_THAT(run(log), SizeIs(1));
      EXPECT_EQ(prepared_, at == 0 ? 1 : 0);
    }
  };
  const Scope john = backoffice(kJohn, Level::user);
  store::MessageQuery newest;
  newest.scope = john;
  newest.conversation = id_;
  newest.paging.size = 5;
  rounds([&] { return store().messages(newest).ok(); });
  store::ConversationQuery panel;
  panel.scope = john;
  panel.panel = kOrder;
  rounds([&] { return store().conversations(panel).ok(); });
  store::ConversationQuery list;
  list.scope = john;
  rounds([&] { return store().conversations(list).ok(); });
  rounds([&] { return store().unread({john, 5}).ok(); });
  rounds([&] { return store().conversations_by_id(john, {id_}).ok(); });
}

TEST_P(RoundTripsTest, D9_NothingIsLeftOpen) {
  StatementLog log(TestServer::postgresql(), database_->connection());
  reconnect();
  ASSERT_TRUE(store().append(sent(kJohn)));
  EXPECT_FALSE(store().append(message(99, kJohn, "nowhere")));
  EXPECT_EQ(database_->number("select count(*) from pg_stat_activity where datname = current_database() and state like "
                              "'idle in transaction%'"),
            0);
}

} // namespace
} // namespace parley::tests
