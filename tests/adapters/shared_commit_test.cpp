// SQLite: commands of many callers share commits, and nobody hears of success before the one that holds its own.
#include <atomic>
#include <thread>

#include "adapters/connection/sqlite.hpp"
#include "adapters/sql/commands.hpp"
#include "adapters/sqlite/sqlite_dialect.hpp"
#include "adapters/sqlite/writer.hpp"
#include "tests/adapters/support/store_test.hpp"

namespace parley::tests {
namespace {

using adapters::Session;
using adapters::Writer;

constexpr int kThreads = 32;
constexpr int kCommands = 2000;

class SharedCommitTest : public StoreTest {};
PARLEY_ON_SQLITE(SharedCommitTest);
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(SharedCommitTest);

TEST_P(SharedCommitTest, FewerCommitsThanCommands) {
  const auto id = start();
  const auto sent = message(id, kJohn, "hello");
  auto late = edition(id);
  late.name = "Never";
  late.expected_version = 99;
  const adapters::SqliteDialect dialect;
  Writer writer([this] { return database_->session(); }, std::chrono::seconds(60));

  std::atomic<int> next{0};
  std::atomic<int> wrong{0};
  std::atomic<int> too_early{0};
  std::vector<std::thread> threads;
  threads.reserve(kThreads);
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&] {
      const auto elsewhere = database_->session();
      for (int at = next++; at < kCommands; at = next++) {
        const auto stored = writer.run<store::Appended>(
            [&](Session &session) { return adapters::sql::append(session, dialect, sent); });
        if (!stored) {
          ++wrong;
          continue;
        }
        auto rows = elsewhere->query(
            "select count(*) from {prefix}message where conversation = :conversation and all_index = :number", "i",
            {{"conversation", id}, {"number", stored.value().message.index}});
        too_early += rows.next() && rows.integer() == 1 ? 0 : 1;
        if (at % 3 == 0) {
          const auto refused = writer.run<domain::Nothing>(
              [&](Session &session) { return adapters::sql::edit(session, dialect, late); });
          wrong += !refused && refused.failure().code == Code::stale ? 0 : 1;
        }
      }
    });
  }
  for (auto &thread : threads) {
    thread.join();
  }
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(too_early, 0);
  EXPECT_EQ(row(id).conversation.all.last_index, kCommands);
  EXPECT_EQ(row(id).conversation.name, "Order ORD-1001");
  RecordProperty("commits", static_cast<int>(writer.commits()));
  EXPECT_LT(writer.commits(), static_cast<std::uint64_t>(kCommands)) << "they share";
}

} // namespace
} // namespace parley::tests
