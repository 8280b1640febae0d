// SQLite: commands of many callers share commits, and nobody hears of success before the one that holds its own.
#include <atomic>
#include <thread>

#include "adapters/connection/sqlite.hpp"
#include "adapters/sql/commands.hpp"
#include "adapters/sqlite/sqlite_dialect.hpp"
#include "adapters/sqlite/writer.hpp"
#include "plugin/text/words.hpp"
#include "tests/adapters/support/store_test.hpp"
#include "tests/support/waiting.hpp"

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

/// How many messages search finds by the word, in the index.
std::size_t found(store::ConversationStore &store, const std::string &word) {
  store::MessageQuery query;
  query.scope = everything();
  query.search = store::Search{word, text::search_tokens(word), {}};
  const auto page = store.messages(query);
  EXPECT_TRUE(page);
  return page ? page->rows.size() : 0;
}

// B7: the words of a shared commit go into the index together; whoever was refused, or deleted, leaves none.
TEST_P(SharedCommitTest, TheWordsOfAllAreFoundAfterwards) {
  const auto first = start();
  const auto second = start();
  const adapters::SqliteDialect dialect;
  Writer writer([this] { return database_->session(); }, std::chrono::seconds(60));
  const auto words_of = [&](ConversationId id, const std::string &body) {
    auto command = message(id, kJohn, body);
    command.message.words = text::index_tokens_of_markdown(body);
    return command;
  };
  const std::vector<store::AppendMessage> commands{
      words_of(first, "apple one"), words_of(second, "apple two"), words_of(second, "pear"),
      words_of(first, "apple " + std::string(20'000, 'x') + " quince"), words_of(first + 100, "apple nowhere")};
  store::DeleteConversation removal;
  removal.doing = doing(kJohn);
  removal.conversation = second;
  removal.view = removal.act = everything();

  std::atomic<bool> held{false};
  std::atomic<bool> go{false};
  std::atomic<int> stored{0};
  std::vector<std::thread> threads;
  threads.emplace_back([&] {
    writer.run<domain::Nothing>([&](Session &) -> domain::Done {
      held = true;
      EXPECT_TRUE(comes_true([&] { return go.load(); }));
      return domain::Nothing{};
    });
  });
  EXPECT_TRUE(comes_true([&] { return held.load(); }));
  for (const store::AppendMessage &command : commands) {
    const auto before = writer.waiting();
    threads.emplace_back([&] {
      const auto result = writer.run<store::Appended>(
          [&](Session &session) { return adapters::sql::append(session, dialect, command); });
      stored += result ? 1 : 0;
    });
    EXPECT_TRUE(comes_true([&] { return writer.waiting() > before; }));
  }
  threads.emplace_back([&] {
    EXPECT_TRUE(writer.run<domain::Nothing>(
        [&](Session &session) { return adapters::sql::remove(session, dialect, removal); }));
  });
  EXPECT_TRUE(comes_true([&] { return writer.waiting() > commands.size(); }));
  go = true;
  for (auto &thread : threads) {
    thread.join();
  }
  EXPECT_EQ(stored, 4);
  EXPECT_EQ(writer.commits(), 2U) << "they shared one";
  EXPECT_EQ(found(store(), "apple"), 2U);
  EXPECT_EQ(found(store(), "quince"), 1U) << "long texts too";
  EXPECT_EQ(found(store(), "pear"), 0U) << "it was deleted in the same commit";
  EXPECT_EQ(found(store(), "nowhere"), 0U) << "there is no such conversation";
  const auto session = database_->session();
  session->execute("insert into {prefix}message_search ({prefix}message_search, rank) values ('integrity-check', 1)");
}

} // namespace
} // namespace parley::tests
