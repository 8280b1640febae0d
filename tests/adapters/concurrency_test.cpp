#include <thread>

#include "tests/adapters/support/store_test.hpp"

namespace parley::tests {
namespace {

using ::testing::SizeIs;

constexpr int kThreads = 8;
constexpr int kMessages = 50;

using ConcurrencyTest = StoreTest;
PARLEY_ON_EVERY_DATABASE(ConcurrencyTest);

TEST_P(ConcurrencyTest, NumbersAndCountsAreExact) {
  const auto id = start();
  const auto template_command = message(id, kJohn, "x");
  std::atomic<int> refused{0};
  std::vector<std::thread> threads;
  threads.reserve(8);
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      for (int at = 0; at < kMessages; ++at) {
        auto command = template_command;
        const Reference sender{"users", std::to_string(100 + thread)};
        command.doing.actor = sender;
        command.doing.now += at;
        command.message.sender = sender;
        command.message.body = std::to_string(thread) + ":" + std::to_string(at);
        command.message.visibility = at % 2 == 0 ? Visibility::everybody : Visibility::internal;
        refused += store().append(command) ? 0 : 1;
      }
    });
  }
  // Readers never see a page that contradicts itself.
  std::atomic<bool> stop{false};
  std::atomic<int> contradictions{0};
  std::thread reader([&] {
    while (!stop) {
      const auto page = store().conversations_by_id(everything(), {id});
      const auto &seen = page.value().rows.at(0);
      if (seen.conversation.all.text_count > 0 &&
          (!seen.last_text || seen.last_text->index != seen.conversation.all.last_text)) {
        ++contradictions;
      }
    }
  });
  for (auto &thread : threads) {
    thread.join();
  }
  stop = true;
  reader.join();
  EXPECT_EQ(refused, 0);
  EXPECT_EQ(contradictions, 0);

  const auto all = thread(id);
  ASSERT_THAT(all, SizeIs(kThreads * kMessages));
  for (std::size_t at = 0; at < all.size(); ++at) {
    EXPECT_EQ(all[at].index, static_cast<domain::Number>(at + 1));
  }
  const auto open = thread(id, storefront(kAmanda, Level::user));
  ASSERT_THAT(open, SizeIs(kThreads * kMessages / 2));
  for (std::size_t at = 0; at < open.size(); ++at) {
    EXPECT_EQ(open[at].public_index, static_cast<domain::Number>(at + 1));
  }
  const auto found = row(id).conversation;
  EXPECT_EQ(found.all.text_count, kThreads * kMessages);
  EXPECT_EQ(found.all.last_index, kThreads * kMessages);
  EXPECT_EQ(found.open.text_count, kThreads * kMessages / 2);
  EXPECT_EQ(found.open.last_text, kThreads * kMessages / 2);
  EXPECT_EQ(row(id, storefront(kAmanda, Level::user)).unread, kThreads * kMessages / 2);
  EXPECT_EQ(row(id, backoffice(kJohn, Level::user)).unread, kThreads * kMessages);
  // Whoever did not write last has unread messages, and the flags say so.
  EXPECT_EQ(database_->number("select count(*) from {prefix}participant p join {prefix}conversation c "
                              "on c.id = p.conversation where p.all_unread <> (c.all_last_text > p.all_last_read) "
                              "or p.public_unread <> (c.public_last_text > p.public_last_read)"),
            0);
  EXPECT_EQ(database_->number("select count(*) from {prefix}participant"), kThreads + 2);
  EXPECT_EQ(database_->number("select max(position) from {prefix}event"), kThreads * kMessages + 1);
  EXPECT_EQ(database_->number("select count(*) from {prefix}event"), kThreads * kMessages + 1);
}

TEST_P(ConcurrencyTest, OneOfTwoEditsOfAVersionWins) {
  const auto id = start();
  std::atomic<int> done{0};
  std::atomic<int> stale{0};
  std::vector<std::thread> threads;
  threads.reserve(8);
  for (int thread = 0; thread < kThreads; ++thread) {
    auto command = edition(id);
    command.name = "thread " + std::to_string(thread);
    command.expected_version = 1;
    threads.emplace_back([&, command] {
      const auto result = store().edit(command);
      (result ? done : stale) += result || result.failure().code == Code::stale ? 1 : 0;
    });
  }
  for (auto &thread : threads) {
    thread.join();
  }
  EXPECT_EQ(done, 1);
  EXPECT_EQ(stale, kThreads - 1);
}

TEST_P(ConcurrencyTest, OneClientIdIsStoredOnce) {
  const auto id = start();
  auto command = message(id, kJohn, "hello");
  command.message.client_id = "same";
  std::atomic<int> first{0};
  std::vector<std::thread> threads;
  threads.reserve(8);
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&] {
      const auto result = store().append(command);
      first += result && !result.value().repeated ? 1 : 0;
    });
  }
  for (auto &thread : threads) {
    thread.join();
  }
  EXPECT_EQ(first, 1);
  EXPECT_THAT(thread(id), SizeIs(1));
}

TEST_P(ConcurrencyTest, SeveralProcessesOnOneDatabase) {
  const auto id = start();
  auto other = database_->open();
  auto command = message(id, kJohn, "hello");
  std::atomic<int> refused{0};
  std::vector<std::thread> threads;
  threads.reserve(8);
  for (auto *each : {stores_.conversations.get(), other.conversations.get()}) {
    for (int thread = 0; thread < 2; ++thread) {
      threads.emplace_back([&, each] {
        for (int at = 0; at < kMessages; ++at) {
          refused += each->append(command) ? 0 : 1;
        }
      });
    }
  }
  for (auto &thread : threads) {
    thread.join();
  }
  EXPECT_EQ(refused, 0);
  EXPECT_EQ(row(id).conversation.all.last_index, 4 * kMessages);
  EXPECT_THAT(thread(id), SizeIs(4 * kMessages));
}

} // namespace
} // namespace parley::tests
