// Messages that are sent for another person (D3, D7, D10), and their times.
#include "tests/adapters/support/store_test.hpp"

namespace parley::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

constexpr domain::Time kSecond = 1'000'000;

using SenderTest = StoreTest;
PARLEY_ON_EVERY_DATABASE(SenderTest);

/// John types it.
store::AppendMessage sent_for(store::AppendMessage command, const Reference &sender) {
  command.doing.actor = kJohn;
  command.doing.audience = Audience::backoffice;
  command.message.sender = sender;
  return command;
}

TEST_P(SenderTest, D3_BothAreKept) {
  const auto id = start();
  const auto said = store().append(sent_for(message(id, kJohn, "hello"), kCharlie));
  ASSERT_TRUE(said);
  EXPECT_EQ(said.value().message.sender, kCharlie);
  EXPECT_EQ(said.value().message.posted_by, kJohn);
  const auto stored = thread(id).front();
  EXPECT_EQ(stored.sender, kCharlie);
  EXPECT_EQ(stored.posted_by, kJohn);
}

TEST_P(SenderTest, D7_TheSenderTakesPartAndTheAuthorDoesNot) {
  auto command = sample();
  command.participants = {kAmanda};
  command.contexts = {kAmanda};
  const auto id = start(command);
  ASSERT_TRUE(store().append(sent_for(message(id, kJohn, "hello"), kCharlie)));
  EXPECT_NO_THROW(person(id, kCharlie));
  EXPECT_THROW(person(id, kJohn), std::runtime_error);
  std::vector<Reference> contexts;
  for (const auto &each : row(id).contexts) {
    contexts.push_back(each.record);
  }
  EXPECT_THAT(contexts, ElementsAre(kAmanda, kCharlie));
}

TEST_P(SenderTest, D10_OnlyTheAuthorsMarkMoves) {
  const auto id = start();
  say(id, kCharlie, "one");
  say(id, kAmanda, "two");
  ASSERT_TRUE(store().append(sent_for(message(id, kJohn, "three"), kCharlie)));
  EXPECT_EQ(person(id, kCharlie).last_read, 1);
  EXPECT_TRUE(person(id, kCharlie).unread) << "Charlie has not read what was said for him";
  EXPECT_EQ(person(id, kJohn).last_read, 3) << "John has seen what he typed";
  EXPECT_FALSE(person(id, kJohn).unread);
  ASSERT_TRUE(store().append(sent_for(message(id, kJohn, "four"), kAmanda)));
  const auto amanda = row(id, storefront(kAmanda, Level::user));
  EXPECT_TRUE(amanda.mine->unread);
  EXPECT_EQ(amanda.mine->last_read_public, 2);
  EXPECT_EQ(amanda.unread, 2);
}

TEST_P(SenderTest, D3_TheFirstMessageToo) {
  auto command = sample();
  command.participants = {kJohn, kAmanda, kCharlie};
  command.first_message = store::NewMessage{kCharlie, Visibility::everybody, "hello", {}};
  const auto id = start(command);
  EXPECT_EQ(thread(id).front().posted_by, kJohn);
  EXPECT_EQ(thread(id).front().sender, kCharlie);
  EXPECT_TRUE(person(id, kCharlie).unread);
  EXPECT_FALSE(person(id, kJohn).unread);
}

TEST_P(SenderTest, D15_AClientIdIsOfTheAuthorsProgram) {
  const auto id = start();
  auto typed = sent_for(message(id, kJohn, "hello"), kAmanda);
  typed.message.client_id = "abc";
  ASSERT_TRUE(store().append(typed));
  EXPECT_TRUE(store().append(typed).value().repeated);
  // Amanda's own program knows nothing of it.
  auto own = message(id, kAmanda, "hello");
  own.message.client_id = "abc";
  const auto said = store().append(own);
  ASSERT_TRUE(said);
  EXPECT_FALSE(said.value().repeated);
  typed.message.sender = kCharlie;
  const auto other = store().append(typed);
  ASSERT_FALSE(other) << "the same client id for another sender";
  EXPECT_EQ(other.failure().faults.front().code, "client-id-used");
}

TEST_P(SenderTest, N3_EventsNameTheActorAndWhoseWordsItIs) {
  const auto id = start();
  ASSERT_TRUE(store().append(sent_for(message(id, kJohn, "hello"), kCharlie)));
  EXPECT_EQ(database_->text("select actor_id || ',' || sender_id from {prefix}event where kind = 'message-added'"),
            kJohn.id + "," + kCharlie.id);
  EXPECT_EQ(database_->text("select sender_type || sender_id from {prefix}event where kind = 'created'"), "");
}

TEST_P(SenderTest, W3_WhatTheMessageRevivesIsTheSendersDoing) {
  const auto id = start();
  auto to_inactive = edition(id);
  to_inactive.status = Status::inactive;
  ASSERT_TRUE(store().edit(to_inactive));
  auto command = sent_for(message(id, kJohn, "hello"), kCharlie);
  command.revives = Status::inactive;
  ASSERT_TRUE(store().append(command));
  const auto messages = thread(id);
  ASSERT_THAT(messages, SizeIs(3));
  EXPECT_EQ(messages[1].note->to, "active");
  EXPECT_EQ(messages[1].sender, kCharlie) << "the storefront reads this name";
  EXPECT_EQ(messages[1].posted_by, kJohn);
  EXPECT_EQ(database_->number("select count(*) from {prefix}event where sender_id = '" + kCharlie.id +
                              "' and actor_id = '" + kJohn.id + "'"),
            2);
}

using TimeTest = StoreTest;
PARLEY_ON_EVERY_DATABASE(TimeTest);

TEST_P(TimeTest, DoesNotRunBackwardsAgainstTheNumbers) {
  const auto id = start();
  const auto begin = now_ + 100 * kSecond;
  const auto at = [&](domain::Time when, const std::string &body, Visibility visibility = Visibility::everybody) {
    auto command = message(id, kJohn, body, visibility);
    command.doing.now = begin + when * kSecond;
    const auto said = store().append(command);
    ASSERT_TRUE(said);
  };
  at(10, "one");
  at(5, "two, by a clock that is late");
  at(20, "three, internal", Visibility::internal);
  at(12, "four");
  at(11, "five, internal", Visibility::internal);
  at(13, "six");
  const auto times = [&](const Scope &scope) {
    std::vector<domain::Time> result;
    for (const auto &each : thread(id, scope)) {
      result.push_back((each.created - begin) / kSecond);
    }
    return result;
  };
  EXPECT_THAT(times(everything()), ElementsAre(10, 10, 20, 20, 20, 20));
  // The storefront's times know nothing of the note that a clock put later.
  EXPECT_THAT(times(storefront(kAmanda, Level::user)), ElementsAre(10, 10, 12, 13));
  const auto found = row(id).conversation;
  EXPECT_EQ((found.all.last_text_at - begin) / kSecond, 20);
  EXPECT_EQ((found.open.last_text_at - begin) / kSecond, 13);
  EXPECT_EQ(database_->number("select max(public_activity_at) from {prefix}context"), begin + 13 * kSecond);
  EXPECT_EQ(database_->number("select max(all_activity_at) from {prefix}context"), begin + 20 * kSecond);
  EXPECT_EQ(database_->number("select max(public_last_text_at) from {prefix}participant"), begin + 13 * kSecond);
  EXPECT_EQ(database_->number("select max(all_last_text_at) from {prefix}participant"), begin + 20 * kSecond);
}

TEST_P(TimeTest, ListsGoByTheTimeOfTheirAudience) {
  const auto id = start();
  const auto begin = now_ + 100 * kSecond;
  for (const auto &[when, visibility] : {std::pair{20, Visibility::internal}, std::pair{10, Visibility::everybody}}) {
    auto command = message(id, kJohn, "x", visibility);
    command.doing.now = begin + when * kSecond;
    ASSERT_TRUE(store().append(command));
  }
  store::MessageQuery query;
  query.scope = storefront(kAmanda, Level::user);
  query.conditions = {{store::MessageField::created, Operator::less, begin + 11 * kSecond}};
  EXPECT_THAT(store().messages(query).value().rows, SizeIs(1));
  query.scope = everything();
  EXPECT_THAT(store().messages(query).value().rows, SizeIs(0));
  EXPECT_EQ(row(id, storefront(kAmanda, Level::user)).last_text->created, begin + 10 * kSecond);
}

} // namespace
} // namespace parley::tests
