// Lists of messages and participants, of one conversation and of several.

#include <algorithm>

#include "tests/adapters/support/list_test.hpp"

namespace parley::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using MessageListTest = ListTest;
PARLEY_ON_EVERY_DATABASE(MessageListTest);

TEST_P(MessageListTest, WalksAThreadBothWays) {
  const auto id = ids_[1];
  for (int at = 1; at <= 12; ++at) {
    say(id, at % 2 == 0 ? kJohn : kAmanda, std::to_string(at),
        at % 3 == 0 ? Visibility::internal : Visibility::everybody);
  }
  for (const auto &scope : {everything(), whole_shop()}) {
    store::MessageQuery asked;
    asked.scope = scope;
    asked.conversation = id;
    asked.paging.size = 5;
    asked.paging.want_total = true;
    const auto newest = store().messages(asked);
    ASSERT_TRUE(newest);
    const bool shop = scope.audience == Audience::storefront;
    EXPECT_EQ(newest.value().total, shop ? 8 : 12);
    ASSERT_THAT(newest.value().rows, SizeIs(5));
    EXPECT_EQ(newest.value().rows[0].message.number(scope.audience), shop ? 8 : 12);
    EXPECT_FALSE(newest.value().rows[0].participant_uid.empty());
    asked.paging.after = newest.value().rows.back().cursor;
    const auto older = store().messages(asked);
    EXPECT_EQ(older.value().rows[0].message.number(scope.audience), shop ? 3 : 7);
    asked.paging.after.clear();
    asked.paging.before = older.value().rows[0].cursor;
    const auto newer = store().messages(asked);
    EXPECT_EQ(newer.value().rows[0].cursor, newest.value().rows[0].cursor);
    EXPECT_EQ(newer.value().rows.size(), 5U);
    EXPECT_FALSE(newer.value().has_previous);
    EXPECT_TRUE(newer.value().has_next);
  }
}

// B13: who wrote a note and then closes the conversation takes no part that the storefront knows of.
TEST_P(MessageListTest, AParticipantByNotesIsNoneInPublic) {
  const auto id = ids_[1];
  say(id, kDana, "secret", Visibility::internal);
  store::PerformTransition close = transition(id, "close", {Status::active}, Status::closed);
  close.doing.actor = kDana;
  ASSERT_TRUE(store().perform(close));
  for (const auto &scope : {everything(), whole_shop()}) {
    store::MessageQuery asked;
    asked.scope = scope;
    asked.conversation = id;
    const auto newest = store().messages(asked);
    ASSERT_TRUE(newest);
    const store::MessageRow &closed = newest.value().rows.front();
    const auto by_key = store().messages_by_key(scope, {{id, closed.message.number(scope.audience)}});
    const bool shop = scope.audience == Audience::storefront;
    EXPECT_EQ(closed.participant_uid.empty(), shop);
    EXPECT_EQ(by_key.value().rows.front().participant_uid.empty(), shop);
  }
}

TEST_P(MessageListTest, Filters) {
  const auto id = ids_[1];
  say(id, kJohn, "one");
  ASSERT_TRUE(store().perform(transition(id, "close", {Status::active}, Status::closed)));
  store::MessageQuery asked;
  asked.scope = everything();
  asked.conversation = id;
  asked.type = domain::MessageType::system;
  EXPECT_THAT(store().messages(asked).value().rows, SizeIs(1));
  asked.type = domain::MessageType::text;
  EXPECT_THAT(store().messages(asked).value().rows, SizeIs(1));
  asked.type.reset();
  asked.conditions = {{store::MessageField::index, Operator::less, 2}};
  auto rows = store().messages(asked).value().rows;
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_EQ(rows[0].message.index, 1);
  asked.conditions = {{store::MessageField::created, Operator::greater, rows[0].message.created}};
  EXPECT_THAT(store().messages(asked).value().rows, SizeIs(1));
  asked.conversation = 4711;
  EXPECT_THAT(store().messages(asked).value().rows, IsEmpty());
}

TEST_P(MessageListTest, OverSeveralConversationsByTime) {
  store::MessageQuery asked;
  asked.scope = everything();
  asked.paging.size = 1000;
  const auto whole = store().messages(asked).value().rows;
  EXPECT_TRUE(std::is_sorted(whole.begin(), whole.end(), [](const auto &left, const auto &right) {
    return left.message.created > right.message.created;
  }));
  asked.paging.size = 3;
  std::vector<std::string> walked;
  while (true) {
    const auto page = store().messages(asked).value();
    for (const auto &each : page.rows) {
      walked.push_back(each.cursor);
    }
    if (!page.has_next) {
      break;
    }
    asked.paging.after = page.rows.back().cursor;
  }
  ASSERT_EQ(walked.size(), whole.size());
  for (std::size_t at = 0; at < whole.size(); ++at) {
    EXPECT_EQ(walked[at], whole[at].cursor);
  }
}

TEST_P(MessageListTest, ParticipantsOverSeveralConversations) {
  store::ParticipantQuery asked;
  asked.scope = everything();
  asked.paging.size = 7;
  asked.paging.want_total = true;
  std::size_t count = 0;
  while (true) {
    const auto page = store().participants(asked).value();
    EXPECT_EQ(page.total, database_->number("select count(*) from {prefix}participant"));
    count += page.rows.size();
    if (!page.has_next) {
      EXPECT_EQ(static_cast<std::int64_t>(count), page.total);
      break;
    }
    asked.paging.after = page.rows.back().cursor;
  }
}

} // namespace
} // namespace parley::tests
