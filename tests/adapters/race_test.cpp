// Who was faster: transitions (W6), edits (D16), messages that are sent twice (D15), marks beyond the end.
#include <thread>

#include "tests/adapters/support/store_test.hpp"

namespace parley::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;
using ::testing::SizeIs;

constexpr int kThreads = 16;

/// Runs `work(number)` in all threads at once.
template <class Work>
void at_once(const Work &work) {
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int number = 0; number < kThreads; ++number) {
    threads.emplace_back([&work, number] { work(number); });
  }
  for (auto &thread : threads) {
    thread.join();
  }
}

using RaceTest = StoreTest;
PARLEY_ON_EVERY_DATABASE(RaceTest);

TEST_P(RaceTest, W6_OneTransitionWinsAndTheOthersLearnTheStatus) {
  const auto id = start();
  const auto close = transition(id, "close", {Status::active}, Status::closed);
  std::atomic<int> done{0};
  std::atomic<int> late{0};
  at_once([&](int /*number*/) {
    const auto result = store().perform(close);
    if (result) {
      ++done;
    } else if (result.failure().code == Code::conflict &&
               result.failure().faults.front().facts ==
                   std::vector<std::pair<std::string, std::string>>{{"step", "closed"}}) {
      ++late;
    }
  });
  EXPECT_EQ(done, 1);
  EXPECT_EQ(late, kThreads - 1);
  EXPECT_THAT(thread(id), SizeIs(1)) << "one system message";
}

TEST_P(RaceTest, D15_OneClientIdIsStoredOnceAndAllGetTheSameAnswer) {
  const auto id = start();
  auto command = message(id, kJohn, "hello");
  command.message.client_id = "same";
  std::atomic<int> first{0};
  std::atomic<int> same{0};
  at_once([&](int /*number*/) {
    const auto result = store().append(command);
    first += result && !result.value().repeated ? 1 : 0;
    same += result && result.value().message.index == 1 && result.value().message.body == "hello" &&
                    !result.value().participant_uid.empty()
                ? 1
                : 0;
  });
  EXPECT_EQ(first, 1);
  EXPECT_EQ(same, kThreads);
  EXPECT_THAT(thread(id), SizeIs(1));
}

TEST_P(RaceTest, D16_EditsThatRelyOnNothingAllWin) {
  const auto id = start();
  const auto command = edition(id);
  std::atomic<int> done{0};
  at_once([&](int number) {
    auto mine = command;
    mine.name = "thread " + std::to_string(number);
    done += store().edit(mine) ? 1 : 0;
  });
  EXPECT_EQ(done, kThreads);
  EXPECT_EQ(row(id).conversation.version, kThreads + 1);
}

TEST_P(RaceTest, D16_WhatAnEditReliedUponMustStillBeSo) {
  const auto id = start();
  const auto refused = [&](const store::EditConversation &command) {
    const auto done = store().edit(command);
    EXPECT_FALSE(done);
    if (!done) {
      EXPECT_EQ(done.failure().code, Code::stale);
      EXPECT_THAT(done.failure().faults.front().facts, ElementsAre(Pair("version", "1")));
    }
  };
  auto command = edition(id);
  command.name = "New name";
  using Relied = store::EditConversation::Relied;
  for (const auto change :
       {+[](Relied &relied) { relied.owner = kCharlie; }, +[](Relied &relied) { relied.customer = kGlobex; },
        +[](Relied &relied) { relied.customer_user = Reference{}; }, +[](Relied &relied) { relied.source = kQuote; },
        +[](Relied &relied) { relied.status = Status::closed; },
        +[](Relied &relied) {
          relied.contexts = {kOrder, kQuote};
        }}) {
    command.relied = {};
    change(command.relied);
    refused(command);
  }
  EXPECT_EQ(row(id).conversation.name, "Order ORD-1001");
  command.relied = {kJohn, kAcme, kAmanda, kOrder, Status::active, {kOrder, kAmanda}};
  EXPECT_TRUE(store().edit(command));
  EXPECT_EQ(row(id).conversation.name, "New name");
}

TEST_P(RaceTest, D10_AMarkBeyondTheEndIsRefusedWhereItMustBeExact) {
  const auto id = start();
  say(id, kAmanda, "one");
  say(id, kCharlie, "two", Visibility::internal);
  store::MarkRead mark{doing(kJohn), id, everything(), 3, true};
  const auto refused = store().mark_read(mark);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.failure().code, Code::invalid);
  EXPECT_EQ(person(id, kJohn).last_read, 0);
  mark.index = 2;
  EXPECT_TRUE(store().mark_read(mark));
  EXPECT_EQ(person(id, kJohn).last_read, 2);
  // The storefront has one message.
  mark = {doing(kAmanda, Audience::storefront), id, storefront(kAmanda, Level::user), 2, true};
  EXPECT_FALSE(store().mark_read(mark));
  mark.exact = false;
  EXPECT_TRUE(store().mark_read(mark)) << "as far as there are messages";
  EXPECT_EQ(row(id, storefront(kAmanda, Level::user)).mine->last_read_public, 1);
}

} // namespace
} // namespace parley::tests
