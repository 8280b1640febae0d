#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <stdexcept>

#include "migrations/migrations.hpp"
#include "tests/adapters/support/test_database.hpp"
#include "tests/support/generator/generator.hpp"
#include "tests/support/reads/reads.hpp"

namespace parley::tests {
namespace {

/// With PARLEY_READS=large the sizes are those of the promise: ten thousand messages and a million, 100,000 conversations at
/// one record, scopes of 50,000 units and customers.
bool large_sizes() {
  const char *asked = std::getenv("PARLEY_READS");
  return asked != nullptr && std::string(asked) == "large";
}

const std::int64_t kGroups = large_sizes() ? 50'000 : 2'000;

/// A generated database for all tests of this file.
class Generated {
public:
  Generated(std::int64_t conversations, std::int64_t messages) : path_(fresh_path()) {
    migrations::apply("sqlite:" + path_);
    Shape shape;
    shape.conversations = conversations;
    shape.messages = messages;
    shape.customers = kGroups;
    generate(path_, shape);
  }

  std::map<std::string, ReadWork> measured() const {
    SqliteMeter meter;
    const auto stores = open();
    std::map<std::string, ReadWork> found;
    for (ReadWork &each : measure_reads(*stores.conversations, meter, kGroups)) {
      found.emplace(each.name, std::move(each));
    }
    return found;
  }

  adapters::Stores open() const {
    auto stores = adapters::open("sqlite:" + path_);
    if (!stores) {
      throw std::runtime_error(stores.failure().faults.front().detail);
    }
    return std::move(stores).value();
  }

  Generated(const Generated &) = delete;
  Generated &operator=(const Generated &) = delete;
  ~Generated() {
    for (const char *ending : {"", "-wal", "-shm"}) {
      std::remove((path_ + ending).c_str());
    }
  }

private:
  std::string path_;
};

/// The small one is longer than a short walk already, and 20 times smaller than the other.
TEST(Reads, CostTheSameWhateverIsStored) {
  const auto small = Generated(1'200, large_sizes() ? 10'000 : 2'400).measured();
  const auto large = Generated(large_sizes() ? 100'000 : 24'000, large_sizes() ? 1'000'000 : 48'000).measured();
  ASSERT_GT(large.size(), 100U);
  std::size_t compared = 0;
  for (const auto &[name, read] : large) {
    const auto other = small.find(name);
    if (other == small.end() || other->second.rows != read.rows) {
      continue; // another number of rows is another amount of work
    }
    ++compared;
    EXPECT_EQ(read.work.statements, other->second.work.statements) << name;
    EXPECT_LE(read.work.vm_steps, other->second.work.vm_steps * 5 / 4 + 100) << name;
    EXPECT_LE(read.work.full_scan_steps, other->second.work.full_scan_steps + 10) << name;
    EXPECT_EQ(read.work.automatic_indexes, 0) << name;
  }
  EXPECT_GT(compared, 90U);
}

/// What a list has to be: everything that the scope reaches, sorted.
std::vector<domain::ConversationId> expected(store::ConversationStore &store, const store::ConversationQuery &query,
                                             std::int64_t conversations) {
  std::vector<domain::ConversationId> ids;
  for (std::int64_t id = 1; id <= conversations; ++id) {
    ids.push_back(id);
  }
  const auto page = store.conversations_by_id(query.scope, ids);
  std::vector<std::pair<std::string, domain::ConversationId>> sorted;
  for (const auto &row : page.value().rows) {
    const auto &tally = row.conversation.tally(query.scope.audience);
    char key[32];
    const auto at = query.panel ? std::max(row.conversation.created, tally.last_text_at) : tally.last_text_at;
    std::snprintf(key, sizeof key, "%020lld", static_cast<long long>(at));
    sorted.emplace_back(query.orders.empty() ? key : row.conversation.name, row.conversation.id);
  }
  std::sort(sorted.begin(), sorted.end());
  if (query.orders.empty() || query.orders.front().descending) {
    std::reverse(sorted.begin(), sorted.end());
  }
  ids.clear();
  for (const auto &each : sorted) {
    ids.push_back(each.second);
  }
  return ids;
}

/// The same by pages, forwards and then back.
void walk(store::ConversationStore &store, store::ConversationQuery query,
          const std::vector<domain::ConversationId> &whole, const std::string &name) {
  constexpr std::size_t kMost = 130;
  std::vector<domain::ConversationId> found;
  std::vector<store::ConversationRow> rows;
  query.paging.size = 25;
  while (found.size() < kMost) {
    auto page = store.conversations(query);
    ASSERT_TRUE(page.ok()) << name;
    rows = page.value().rows;
    for (const auto &row : rows) {
      found.push_back(row.conversation.id);
    }
    if (!page.value().has_next) {
      EXPECT_EQ(found.size(), whole.size()) << name;
      break;
    }
    query.paging.after = rows.back().cursor;
  }
  EXPECT_EQ(found,
            std::vector<domain::ConversationId>(
                whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(std::min(found.size(), whole.size()))))
      << name;
  if (found.size() > query.paging.size) {
    query.paging.before = rows.front().cursor;
    query.paging.after.clear();
    const auto back = store.conversations(query);
    ASSERT_TRUE(back.ok()) << name;
    std::vector<domain::ConversationId> before;
    for (const auto &row : back.value().rows) {
      before.push_back(row.conversation.id);
    }
    const auto end = found.end() - static_cast<std::ptrdiff_t>(rows.size());
    EXPECT_EQ(before, std::vector<domain::ConversationId>(end - 25, end)) << name;
  }
}

TEST(Reads, ShowTheSameWhicheverWayTheyAreLookedFor) {
  constexpr std::int64_t kConversations = 3'000;
  const Generated generated(kConversations, 6'000);
  const auto stores = generated.open();
  for (const NamedScope &named : generated_scopes(kGroups)) {
    store::ConversationQuery query;
    query.scope = named.scope;
    const auto whole = expected(*stores.conversations, query, kConversations);
    walk(*stores.conversations, query, whole, "list: " + named.name);
    auto upwards = query;
    upwards.orders = {{store::ConversationField::last_message, false}};
    walk(*stores.conversations, upwards, {whole.rbegin(), whole.rend()}, "list upwards: " + named.name);
    for (const bool descending : {false, true}) {
      auto by_name = query;
      by_name.orders = {{store::ConversationField::name, descending}};
      walk(*stores.conversations, by_name, expected(*stores.conversations, by_name, kConversations),
           "by name: " + named.name);
    }
    query.panel = domain::Reference{"orders", "hot"};
    walk(*stores.conversations, query, expected(*stores.conversations, query, kConversations), "panel: " + named.name);
  }
}

} // namespace
} // namespace parley::tests
