// What is MariaDB's own: round trips, and a database without the function that adds messages.
#include <gtest/gtest.h>

#include <string>

#include "tests/adapters/support/server_test_database.hpp"
#include "tests/adapters/support/store_test.hpp"
#include "tests/support/servers/test_server.hpp"

namespace parley::tests {
namespace {

std::vector<DatabaseKind> mariadb() {
  return {{"mariadb", [] { return server_test_database(ServerKind::mariadb); }}};
}

class MariadbTest : public StoreTest {
protected:
  /// What clients asked the server until now, what functions do for them apart. Asking it counts once.
  static std::int64_t asked() {
    return std::stoll(TestServer::mariadb().administer(
        "select variable_value from information_schema.global_status where variable_name = 'QUESTIONS'")[0]);
  }

  template <class Work>
  static std::int64_t round_trips(const Work &work) {
    const std::int64_t first = asked();
    const std::int64_t before = asked();
    work();
    return asked() - before - (before - first);
  }
};
INSTANTIATE_TEST_SUITE_P(Database, MariadbTest, ::testing::ValuesIn(mariadb()),
                         [](const auto &instance) { return instance.param.name; });

TEST_P(MariadbTest, D9_AddingAMessageIsOneRoundTrip) {
  const auto id = start();
  say(id, kJohn, "makes the sender known");
  EXPECT_EQ(round_trips([&] { say(id, kJohn, "one"); }), 1);
  EXPECT_EQ(round_trips([&] { say(id, kJohn, "two", Visibility::internal); }), 1);
  EXPECT_EQ(row(id).conversation.all.text_count, 3);
}

TEST_P(MariadbTest, D9_ReadsAreOneRoundTrip) {
  const auto id = start();
  say(id, kAmanda, "one");
  const Scope john = backoffice(kJohn, Level::user);
  store::MessageQuery newest;
  newest.scope = john;
  newest.conversation = id;
  EXPECT_EQ(round_trips([&] { ASSERT_TRUE(store().messages(newest)); }), 1);
  store::ConversationQuery panel;
  panel.scope = john;
  panel.panel = kOrder;
  EXPECT_EQ(round_trips([&] { ASSERT_TRUE(store().conversations(panel)); }), 1);
  EXPECT_EQ(round_trips([&] { ASSERT_TRUE(store().unread({john, 5})); }), 1);
}

TEST_P(MariadbTest, D9_WithoutTheFunctionMessagesAreAddedStepByStep) {
  const auto id = start();
  say(id, kJohn, "with it");
  database_->session()->execute("drop function {prefix}append_message");
  say(id, kJohn, "without it");
  say(id, kCharlie, "and again");
  const auto found = row(id);
  EXPECT_EQ(found.conversation.all.text_count, 3);
  EXPECT_EQ(found.last_text->body, "and again");
}

TEST_P(MariadbTest, D4_TextsComeBackAsTheyWereAndAreComparedSo) {
  const auto id = start();
  const std::string longest(65536, 'x');
  std::string emoji;
  while (emoji.size() + 4 <= 65536) {
    emoji += "\xF0\x9F\x98\x80";
  }
  for (const std::string &body : {longest, emoji, std::string("back\\slash 'quote' \"double\" :name \t\n\x01 end  ")}) {
    say(id, kJohn, body);
    EXPECT_EQ(row(id).last_text->body, body);
  }
  Reference wide{"users", {}};
  while (wide.id.size() < 64) {
    wide.id += "\xF0\x9F\x98\x80";
  }
  for (const Reference &who : {wide, Reference{"users", "a"}, Reference{"users", "A"}, Reference{"users", "a "}}) {
    say(id, who, "said by " + who.id);
  }
  EXPECT_EQ(database_->number("select count(*) from {prefix}participant where all_last_read > 3"), 4);
  auto twice = message(id, kJohn, "with an id");
  twice.message.client_id = std::string(255, 'c');
  ASSERT_TRUE(store().append(twice));
  EXPECT_TRUE(store().append(twice)->repeated);
}

} // namespace
} // namespace parley::tests
