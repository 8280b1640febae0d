// Every connection that the stores hold is durable, and those that come after a disk that failed are, too.
#include <sqlite3.h>

#include <atomic>
#include <climits>
#include <mutex>
#include <set>
#include <thread>

#include "migrations/migrations.hpp"
#include "tests/adapters/support/store_test.hpp"
#include "tests/fault/storage.hpp"

namespace parley::tests {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Gt;
using ::testing::SizeIs;

constexpr int kThreads = 16;

/// The connections of this process that are open, as SQLite itself tells of them.
class OpenConnections {
public:
  static void watch() { sqlite3_auto_extension(reinterpret_cast<void (*)()>(opened)); }

  [[nodiscard]] static std::size_t count() {
    const std::lock_guard lock(mutex_);
    return open_.size();
  }
  [[nodiscard]] static int ever_opened() { return ever_opened_; }

  /// Of each: journal mode, synchronous, foreign keys. Nobody else may use them meanwhile.
  static std::vector<std::vector<std::string>> settings() {
    const std::lock_guard lock(mutex_);
    std::vector<std::vector<std::string>> all;
    for (sqlite3 *each : open_) {
      all.push_back({pragma(each, "journal_mode"), pragma(each, "synchronous"), pragma(each, "foreign_keys")});
    }
    return all;
  }

private:
  static int opened(sqlite3 *connection, char **, const void *) {
    const std::lock_guard lock(mutex_);
    open_.insert(connection);
    ++ever_opened_;
    return sqlite3_trace_v2(connection, SQLITE_TRACE_CLOSE, closed, nullptr);
  }
  static int closed(unsigned, void *, void *connection, void *) {
    const std::lock_guard lock(mutex_);
    open_.erase(static_cast<sqlite3 *>(connection));
    return 0;
  }
  static std::string pragma(sqlite3 *connection, const std::string &name) {
    sqlite3_stmt *statement = nullptr;
    std::string value = "none";
    sqlite3_prepare_v2(connection, ("pragma " + name).c_str(), -1, &statement, nullptr);
    if (sqlite3_step(statement) == SQLITE_ROW) {
      value = reinterpret_cast<const char *>(sqlite3_column_text(statement, 0));
    }
    sqlite3_finalize(statement);
    return value;
  }

  static inline std::mutex mutex_;
  static inline std::set<sqlite3 *> open_;
  static inline std::atomic<int> ever_opened_{0};
};

class ConnectionsTest : public StoreTest {
protected:
  static void SetUpTestSuite() {
    storage::install();
    OpenConnections::watch();
  }

  /// Several threads read, each at least once, and go on until there are so many connections.
  std::vector<Code> read_until(std::size_t connections, ConversationId id) {
    std::mutex mutex;
    std::vector<Code> failures;
    std::vector<std::thread> threads;
    for (int at = 0; at < kThreads; ++at) {
      threads.emplace_back([&] {
        do {
          const auto page = store().conversations_by_id(everything(), {id});
          if (!page) {
            const std::lock_guard lock(mutex);
            failures.push_back(page.failure().code);
          }
        } while (OpenConnections::count() < connections);
      });
    }
    for (std::thread &thread : threads) {
      thread.join();
    }
    return failures;
  }

  static void expect_durable() {
    EXPECT_THAT(OpenConnections::settings(), AllOf(SizeIs(kConnections), Each(ElementsAre("wal", "2", "1"))));
  }

  static constexpr std::size_t kConnections = 9; ///< eight that read, one that writes
};
PARLEY_ON_SQLITE(ConnectionsTest);

TEST_P(ConnectionsTest, AreAllDurable) {
  const auto id = start();
  EXPECT_THAT(read_until(kConnections, id), SizeIs(0));
  expect_durable();
}

TEST_P(ConnectionsTest, AreDurableAfterTheDiskFailed) {
  const auto id = start();
  read_until(kConnections, id);
  const int opened = OpenConnections::ever_opened();

  // A write that fails stores nothing, and the next one has a connection of its own.
  storage::fail_writes(1);
  const auto refused = store().append(message(id, kJohn, "lost"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.failure().code, Code::unavailable);
  EXPECT_EQ(say(id, kJohn, "stored").message.index, 1);
  EXPECT_THAT(OpenConnections::ever_opened(), Gt(opened));

  // Readers must read again what was just written, and cannot.
  const int before = OpenConnections::ever_opened();
  storage::fail_reads(INT_MAX);
  EXPECT_THAT(read_until(0, id), AllOf(SizeIs(kThreads), Each(Code::unavailable)));
  storage::fail_reads(0);
  EXPECT_THAT(read_until(kConnections, id), SizeIs(0));
  EXPECT_THAT(OpenConnections::ever_opened(), Gt(before));
  expect_durable();
  EXPECT_EQ(migrations::verify_data(database_->connection(), 3).violations(), 0U);
}

} // namespace
} // namespace parley::tests
