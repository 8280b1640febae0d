// Idempotency keys (A8): what a request did is kept with it, and not done again.
#include <thread>

#include "tests/adapters/support/store_test.hpp"

namespace parley::tests {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::Gt;
using ::testing::SizeIs;

constexpr domain::Time kDay = domain::Time{24} * 3600 * 1'000'000;

class OnceTest : public StoreTest {
protected:
  /// The same command under a key.
  template <class Command>
  static Command keyed(Command command, const std::string &key = "k1", const std::string &fingerprint = "f1") {
    command.doing.once = store::Once{key, fingerprint, command.doing.now + kDay};
    return command;
  }
  std::int64_t keys() { return database_->number("select count(*) from {prefix}idempotency"); }
};
PARLEY_ON_EVERY_DATABASE(OnceTest);

TEST_P(OnceTest, A8_AConversationIsStartedOnce) {
  auto command = keyed(sample());
  command.first_message = store::NewMessage{kJohn, Visibility::everybody, "hello", {}};
  const auto first = store().start(command);
  const auto again = store().start(command);
  ASSERT_TRUE(first && again);
  EXPECT_EQ(first.value(), again.value());
  EXPECT_EQ(database_->number("select count(*) from {prefix}conversation"), 1);
  EXPECT_EQ(database_->number("select count(*) from {prefix}message"), 1);
  EXPECT_EQ(database_->number("select count(*) from {prefix}event"), 2);
  EXPECT_EQ(keys(), 1);
}

TEST_P(OnceTest, A8_AMessageIsAnsweredAgainAlsoWhereItWasClosedSince) {
  const auto id = start();
  say(id, kJohn, "note", Visibility::internal);
  const auto command = keyed(message(id, kAmanda, "hello"));
  const auto first = store().append(command);
  ASSERT_TRUE(first);
  ASSERT_TRUE(store().perform(transition(id, "close", {Status::active}, Status::closed)));
  const auto again = store().append(command);
  ASSERT_TRUE(again);
  EXPECT_TRUE(again.value().repeated);
  EXPECT_EQ(again.value().message.conversation, id);
  EXPECT_EQ(again.value().message.index, 2);
  EXPECT_EQ(again.value().message.public_index, 1);
  EXPECT_THAT(thread(id), SizeIs(3));
}

TEST_P(OnceTest, A8_ATransitionIsPerformedOnce) {
  const auto id = start();
  const auto close = keyed(transition(id, "close", {Status::active}, Status::closed));
  ASSERT_TRUE(store().perform(close));
  ASSERT_TRUE(store().perform(transition(id, "reopen", {Status::closed}, Status::active)));
  EXPECT_TRUE(store().perform(close));
  EXPECT_EQ(row(id).conversation.status, Status::active) << "it was not closed again";
}

TEST_P(OnceTest, A8_ContextsAndMarksAndWorkflowsToo) {
  const auto id = start();
  const auto add = keyed(contexts(id, store::Change::add, {kQuote}), "context");
  ASSERT_TRUE(store().change_contexts(add));
  ASSERT_TRUE(store().change_contexts(contexts(id, store::Change::remove, {kQuote})));
  ASSERT_TRUE(store().change_contexts(add));
  EXPECT_THAT(row(id).contexts, SizeIs(3)) << "the quote did not come back";

  auto off = doing(kJohn);
  off.once = store::Once{"workflow", "off", off.now + kDay};
  ASSERT_TRUE(workflows().set_active("flow", false, off));
  ASSERT_TRUE(workflows().set_active("flow", true, doing(kJohn)));
  ASSERT_TRUE(workflows().set_active("flow", false, off));
  EXPECT_TRUE(workflows().active("flow").value());

  say(id, kAmanda, "one");
  store::MarkRead mark{doing(kJohn), id, everything(), 99, false};
  mark = keyed(mark, "mark");
  ASSERT_TRUE(store().mark_read(mark));
  const auto read = person(id, kJohn).last_read;
  say(id, kAmanda, "two");
  ASSERT_TRUE(store().mark_read(mark));
  EXPECT_EQ(person(id, kJohn).last_read, read);
}

TEST_P(OnceTest, A8_B10_AllIsMarkedAsReadOnceHoweverManyPiecesThatTakes) {
  const auto take_part = [&] { // and have something to read
    const auto id = start();
    say(id, kAmanda, "hello");
    return id;
  };
  for (int i = 0; i < 3; ++i) {
    take_part();
  }
  const auto who = doing(kJohn);
  const auto all = keyed(store::MarkAllRead{who, everything(), who.now, 2});
  EXPECT_EQ(store().mark_all_read(all).value(), 2);
  EXPECT_EQ(keys(), 0) << "there may be more";
  EXPECT_EQ(store().mark_all_read(all).value(), 1);
  EXPECT_EQ(keys(), 1);
  EXPECT_EQ(database_->number("select count(*) from {prefix}idempotency where conversation is not null"), 0);
  const auto later = take_part();
  EXPECT_EQ(store().mark_all_read(all).value(), 0);
  EXPECT_EQ(person(later, kJohn).last_read, 0);
  auto other = all;
  other.doing.once->fingerprint = "f2";
  ASSERT_FALSE(store().mark_all_read(other));
}

TEST_P(OnceTest, A8_AnotherRequestUnderTheSameKeyIsRefused) {
  const auto id = start();
  ASSERT_TRUE(store().append(keyed(message(id, kJohn, "hello"))));
  const auto other = store().append(keyed(message(id, kJohn, "other"), "k1", "f2"));
  ASSERT_FALSE(other);
  EXPECT_EQ(other.failure().code, Code::invalid);
  EXPECT_EQ(other.failure().faults.front().code, "idempotency-key-used");
  const auto asked = store().done_before(keyed(message(id, kJohn, "other"), "k1", "f2").doing);
  ASSERT_FALSE(asked);
  EXPECT_EQ(asked.failure().faults.front().code, "idempotency-key-used");
  EXPECT_THAT(thread(id), SizeIs(1));
}

TEST_P(OnceTest, A8_ARequestThatOnlyReadsKeepsItsKey) {
  auto asked = doing(kJohn);
  ASSERT_TRUE(store().keep_key(asked));
  EXPECT_EQ(keys(), 0) << "it has none";
  asked.once = store::Once{"counts", "f1", asked.now + kDay};
  ASSERT_TRUE(store().keep_key(asked));
  ASSERT_TRUE(store().keep_key(asked));
  EXPECT_EQ(keys(), 1);
  EXPECT_TRUE(store().done_before(asked).value().has_value());
  asked.once->fingerprint = "f2";
  const auto other = store().keep_key(asked);
  ASSERT_FALSE(other);
  EXPECT_EQ(other.failure().faults.front().code, "idempotency-key-used");
}

TEST_P(OnceTest, A8_WhatIsRefusedKeepsNoKey) {
  const auto id = start();
  ASSERT_TRUE(store().perform(transition(id, "close", {Status::active}, Status::closed)));
  const auto command = keyed(message(id, kJohn, "hello"));
  ASSERT_FALSE(store().append(command));
  EXPECT_EQ(keys(), 0);
  ASSERT_TRUE(store().perform(transition(id, "reopen", {Status::closed}, Status::active)));
  const auto said = store().append(command);
  ASSERT_TRUE(said);
  EXPECT_FALSE(said.value().repeated);
}

TEST_P(OnceTest, A8_KeysOfOthersNeverMeet) {
  const auto id = start();
  const auto own = keyed(message(id, kJohn, "hello"), "same", "f1");
  ASSERT_TRUE(store().append(own));
  const auto other = store().append(keyed(message(id, kCharlie, "hello"), "same", "f2"));
  ASSERT_TRUE(other);
  EXPECT_FALSE(other.value().repeated);
  auto elsewhere = keyed(message(id, kJohn, "hello"), "same", "f3");
  elsewhere.doing.audience = Audience::storefront;
  const auto shop = store().append(elsewhere);
  ASSERT_TRUE(shop);
  EXPECT_FALSE(shop.value().repeated);
  EXPECT_EQ(keys(), 3);
}

TEST_P(OnceTest, A8_WhatWasDoneCanBeAskedFor) {
  const auto id = start();
  const auto command = keyed(message(id, kJohn, "hello"));
  ASSERT_TRUE(store().done_before(command.doing));
  EXPECT_FALSE(store().done_before(command.doing).value());
  ASSERT_TRUE(store().append(command));
  const auto before = store().done_before(command.doing);
  ASSERT_TRUE(before && before.value());
  EXPECT_EQ(before.value()->conversation, id);
  EXPECT_EQ(before.value()->index, 1);
  EXPECT_EQ(before.value()->public_index, 1);
  EXPECT_FALSE(store().done_before(doing(kJohn)).value()) << "without a key there is nothing";
}

TEST_P(OnceTest, A8_AKeyEndsAfterItsTime) {
  const auto id = start();
  auto command = keyed(message(id, kJohn, "hello"));
  const auto expires = command.doing.once->expires_at;
  ASSERT_TRUE(store().append(command));
  command.doing.now = expires - 1;
  EXPECT_TRUE(store().append(command).value().repeated);
  command = keyed(message(id, kJohn, "another day"), "k1", "f2");
  command.doing.now = expires;
  command.doing.once->expires_at = expires + kDay;
  const auto said = store().append(command);
  ASSERT_TRUE(said) << "the key is free again";
  EXPECT_FALSE(said.value().repeated);
  EXPECT_EQ(keys(), 1);
}

TEST_P(OnceTest, A8_ExpiredKeysArePurgedInPieces) {
  const auto id = start();
  domain::Time last = 0;
  for (int at = 0; at < 5; ++at) {
    const auto command = keyed(message(id, kJohn, "hello"), "k" + std::to_string(at));
    last = command.doing.once->expires_at;
    ASSERT_TRUE(store().append(command));
  }
  const auto now = last - 1; // the last one still holds
  auto more = store().purge_idempotency(now, 3);
  ASSERT_TRUE(more);
  EXPECT_TRUE(more.value());
  EXPECT_EQ(keys(), 2);
  more = store().purge_idempotency(now, 3);
  ASSERT_TRUE(more);
  EXPECT_FALSE(more.value());
  EXPECT_EQ(keys(), 1);
  EXPECT_EQ(database_->text("select idempotency_key from {prefix}idempotency"), "k4");
}

TEST_P(OnceTest, A8_ManyAtOnceDoItOnceAndAllGetTheSameAnswer) {
  const auto id = start();
  const auto command = keyed(message(id, kJohn, "hello"));
  auto other = database_->open(); // as another process would
  std::atomic<int> first{0};
  std::atomic<int> same{0};
  std::vector<std::thread> threads;
  threads.reserve(16);
  for (int thread = 0; thread < 16; ++thread) {
    auto *each = thread % 2 == 0 ? stores_.conversations.get() : other.conversations.get();
    threads.emplace_back([&, each] {
      const auto result = each->append(command);
      first += result && !result.value().repeated ? 1 : 0;
      same += result && result.value().message.index == 1 && result.value().message.public_index == 1 ? 1 : 0;
    });
  }
  for (auto &thread : threads) {
    thread.join();
  }
  EXPECT_EQ(first, 1);
  EXPECT_EQ(same, 16);
  EXPECT_THAT(thread(id), SizeIs(1));
}

TEST_P(OnceTest, A8_ManyAtOnceStartOneConversation) {
  start(); // what everybody refers to is known: nobody waits for another one there
  auto other = database_->open();
  for (int round = 0; round < 5; ++round) {
    const std::string name = "twins " + std::to_string(round);
    const auto command = keyed(sample(name), name);
    std::vector<ConversationId> ids(8);
    std::vector<std::thread> threads;
    threads.reserve(ids.size());
    for (std::size_t thread = 0; thread < ids.size(); ++thread) {
      auto *each = thread % 2 == 0 ? stores_.conversations.get() : other.conversations.get();
      threads.emplace_back([&, each, thread] {
        const auto result = each->start(command);
        ids[thread] = result ? result.value() : 0;
      });
    }
    for (auto &thread : threads) {
      thread.join();
    }
    EXPECT_THAT(ids, Each(AllOf(Gt(0), ids.front()))) << name;
  }
  EXPECT_EQ(database_->number("select count(*) from {prefix}conversation"), 6);
}

TEST_P(OnceTest, A8_ManyAtOncePerformATransitionOnceAndAllSucceed) {
  const auto id = start();
  auto other = database_->open();
  for (int round = 0; round < 5; ++round) {
    const bool close = round % 2 == 0;
    const auto command = keyed(
        transition(id, "turn", {close ? Status::active : Status::closed}, close ? Status::closed : Status::active),
        "turn " + std::to_string(round));
    std::atomic<int> succeeded{0};
    std::vector<std::thread> threads;
    threads.reserve(8);
    for (int thread = 0; thread < 8; ++thread) {
      auto *each = thread % 2 == 0 ? stores_.conversations.get() : other.conversations.get();
      threads.emplace_back([&, each] { succeeded += each->perform(command) ? 1 : 0; });
    }
    for (auto &thread : threads) {
      thread.join();
    }
    EXPECT_EQ(succeeded, 8) << round;
  }
  EXPECT_EQ(row(id).conversation.all.last_index, 5) << "one system message each";
}

} // namespace
} // namespace parley::tests
