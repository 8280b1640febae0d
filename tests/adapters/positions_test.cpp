// Positions of events where transactions overlap (S5): what a reader of the feed was given is whole, in one order, and never
// changes, whoever commits when.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <map>
#include <set>
#include <thread>

#include "tests/adapters/support/store_test.hpp"

namespace parley::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::uint32_t kPage = 7; // of no writer's pace

/// SQLite has one writer at a time.
std::vector<DatabaseKind> servers() {
  auto kinds = chosen_kind();
  kinds.erase(std::remove_if(kinds.begin(), kinds.end(), [](const auto &kind) { return kind.name == "sqlite"; }),
              kinds.end());
  return kinds;
}

class PositionsTest : public StoreTest {
protected:
  /// A transaction that has written an event of this kind, and stays open.
  std::unique_ptr<adapters::Session> writer(const std::string &kind) {
    auto session = database_->session();
    session->begin();
    session->execute("insert into {prefix}event (kind, happened_at, visibility) values (:kind, :now, 'public')",
                     {{"kind", kind}, {"now", now_}});
    return session;
  }
  void write(const std::string &kind) { writer(kind)->commit(); }

  store::EventStore &events() { return *stores_.events; }
  std::vector<std::string> kinds(store::Position after) {
    std::vector<std::string> found;
    const auto page = events().events(after, 100);
    EXPECT_TRUE(page);
    if (page) {
      for (const store::EventRow &row : page->rows) {
        EXPECT_EQ(row.position, ++after);
        found.push_back(row.kind);
      }
    }
    return found;
  }
};
INSTANTIATE_TEST_SUITE_P(Database, PositionsTest, ::testing::ValuesIn(servers()),
                         [](const auto &instance) { return instance.param.name; });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(PositionsTest);

TEST_P(PositionsTest, S5_WhatCommitsLaterComesLater) {
  const auto held = writer("a");
  write("b");
  EXPECT_THAT(kinds(0), ElementsAre("b"));
  EXPECT_EQ(events().state()->last, 1);
  held->commit();
  EXPECT_THAT(kinds(1), ElementsAre("a"));
  EXPECT_THAT(kinds(0), ElementsAre("b", "a")) << "nothing moves";
}

TEST_P(PositionsTest, S5_WhatIsTakenBackLeavesNoGap) {
  const auto held = writer("a");
  write("b");
  EXPECT_THAT(kinds(0), ElementsAre("b"));
  held->rollback();
  EXPECT_THAT(kinds(1), IsEmpty());
  write("c");
  EXPECT_THAT(kinds(0), ElementsAre("b", "c"));
}

TEST_P(PositionsTest, S5_APublisherThatDiesHasGivenNothing) {
  write("a");
  write("b");
  {
    const auto dying = database_->session();
    dying->begin();
    if (GetParam().name == "mariadb") { // whose adapter gives positions by statements of its own
      dying->execute("update {prefix}event set position = id");
      dying->execute("update {prefix}event_feed set last_position = 2");
    } else {
      auto rows = dying->query("select {prefix}publish_events()", "i");
      ASSERT_TRUE(rows.next());
      EXPECT_EQ(rows.integer(), 2);
    }
  } // its connection ends without a commit
  write("c");
  EXPECT_THAT(kinds(0), ElementsAre("a", "b", "c"));
}

TEST_P(PositionsTest, S5_ReadersWhoMeetGiveEachPositionOnce) {
  constexpr int kReaders = 8;
  constexpr int kRounds = 10;
  for (int round = 0; round < kRounds; ++round) {
    for (int at = 0; at < 5; ++at) {
      write("k" + std::to_string(round * 5 + at));
    }
    std::atomic<int> ready{0};
    std::atomic<int> wrong{0};
    std::vector<std::thread> readers;
    for (int reader = 0; reader < kReaders; ++reader) {
      readers.emplace_back([&] {
        ++ready;
        while (ready < kReaders) {
          std::this_thread::yield();
        }
        const auto state = events().state();
        wrong += state && state->last == (round + 1) * 5 ? 0 : 1;
      });
    }
    for (auto &reader : readers) {
      reader.join();
    }
    ASSERT_EQ(wrong, 0);
  }
  std::vector<std::string> expected;
  for (int at = 0; at < kRounds * 5; ++at) {
    expected.push_back("k" + std::to_string(at));
  }
  EXPECT_EQ(kinds(0), expected);
}

/// Whoever follows the feed while others write hears of every message once, in the order of its conversation. Longer:
/// PARLEY_POSITIONS_SECONDS=30.
TEST_P(PositionsTest, S5_FourReadersHearAllOfEightWriters) {
  constexpr int kWriters = 8;
  constexpr int kReaders = 4;
  constexpr int kMessages = 30; // of each writer, at least
  const char *longer = std::getenv("PARLEY_POSITIONS_SECONDS");
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(longer != nullptr ? std::atoi(longer) : 0);

  std::vector<ConversationId> conversations;
  std::vector<store::AppendMessage> templates;
  for (int at = 0; at < kWriters / 2; ++at) { // two writers in each
    conversations.push_back(start());
    templates.push_back(message(conversations.back(), kJohn, "x"));
  }
  std::atomic<int> refused{0};
  std::atomic<int> writing{kWriters};
  std::vector<std::thread> threads;
  for (int writer = 0; writer < kWriters; ++writer) {
    threads.emplace_back([&, writer] {
      auto command = templates[static_cast<std::size_t>(writer / 2)];
      for (int at = 0; at < kMessages || std::chrono::steady_clock::now() < end; ++at) {
        command.message.body = std::to_string(at);
        // Now step by step, now at once.
        command.writable = {Status::active};
        command.message.client_id = at % 3 == 0 ? std::to_string(writer) + "-" + std::to_string(at / 6) : "";
        const auto result = store().append(command);
        const bool used = !result && result.failure().code == Code::conflict; // the client id, of another body
        refused += result || used ? 0 : 1;
      }
      --writing;
    });
  }
  std::atomic<int> wrong{0};
  std::vector<std::vector<std::pair<ConversationId, domain::Number>>> heard(kReaders);
  for (int reader = 0; reader < kReaders; ++reader) {
    threads.emplace_back([&, reader] {
      auto &own = heard[static_cast<std::size_t>(reader)];
      store::Position position = 0;
      while (true) {
        const bool last = writing == 0; // before reading: what is read then is all
        const auto page = events().events(position, kPage);
        if (!page) {
          ++wrong;
          return;
        }
        for (const store::EventRow &row : page->rows) {
          wrong += row.position == ++position ? 0 : 1;
          if (row.index != 0) {
            own.emplace_back(row.conversation, row.index);
          }
        }
        if (last && position == page->state.last) {
          return;
        }
      }
    });
  }
  for (auto &thread : threads) {
    thread.join();
  }
  EXPECT_EQ(refused, 0);
  EXPECT_EQ(wrong, 0);
  for (const auto &own : heard) {
    EXPECT_EQ(own, heard.front());
    std::map<ConversationId, domain::Number> last;
    for (const auto &[conversation, index] : own) {
      ASSERT_EQ(index, ++last[conversation]) << "in conversation " << conversation;
    }
    for (const ConversationId conversation : conversations) {
      EXPECT_EQ(last[conversation], row(conversation).conversation.all.last_index);
    }
  }
  EXPECT_EQ(database_->number("select count(*) from {prefix}event where position is null"), 0);
}

} // namespace
} // namespace parley::tests
