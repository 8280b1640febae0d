// What people wait for reads ranges of indexes: PostgreSQL itself counts what it reads of each table.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <stdexcept>
#include <thread>

#include "adapters/postgresql/postgresql_dialect.hpp"
#include "tests/adapters/support/server_test_database.hpp"
#include "tests/adapters/support/store_test.hpp"

namespace parley::tests {
namespace {

using adapters::PostgresqlDialect;
using ::testing::HasSubstr;
using ::testing::Not;
namespace sql = adapters::sql;

// 20,000 conversations of 40 units, 50 owners and 200 customers, each with three messages and three contexts, every third at
// one record. Numbers follow from the conversation's.
constexpr const char *kGenerate[] = {
    R"(insert into {prefix}conversation (uid, organization, website, name, name_key, name_words, status, owner_type,
         owner_id, unit, customer_type, customer_id, customer_user_type, customer_user_id, created_at, all_last_index,
         all_text_count, all_last_text, all_last_text_at, all_updated_at, public_last_index, public_text_count,
         public_last_text, public_last_text_at, public_updated_at)
       select 'c' || n, '1', '1', 'Name ' || n, 'name ' || n, 'name' || n % 1000, 'active', 'users', n % 50, 'u' || n % 40,
         'customers', 's' || n % 200, 'customerusers', n % 200, n, 3, 3, 3, n + 3, n + 3, 3, 3, 3, n + 3, n + 3
       from generate_series(1, 20000) n)",
    R"(insert into {prefix}message (conversation, all_index, public_index, sender_type, sender_id, posted_by_type,
         posted_by_id, type, visibility, body, words, all_created_at, public_created_at)
       select c.id, n, n, 'users', c.owner_id, 'users', c.owner_id, 'text', 'public', 'hello', 'word' || c.id % 1000,
         c.created_at + n, c.created_at + n
       from {prefix}conversation c, generate_series(1, 3) n)",
    R"(insert into {prefix}participant (conversation, uid, actor_type, actor_id, all_last_text_at, public_last_text_at,
         all_unread, public_unread)
       select id, 'p' || id, 'users', owner_id, all_last_text_at, public_last_text_at,
         case when id % 5 = 0 then 1 else 0 end, 0 from {prefix}conversation
       union all select id, 'q' || id, 'customerusers', customer_user_id, all_last_text_at, public_last_text_at, 0,
         case when id % 7 = 0 then 1 else 0 end from {prefix}conversation)",
    R"(insert into {prefix}context (conversation, record_type, record_id, all_activity_at, public_activity_at)
       select id, 'users', owner_id, all_last_text_at, public_last_text_at from {prefix}conversation
       union all select id, 'orders', cast(id as text), all_last_text_at, public_last_text_at from {prefix}conversation
       union all select id, 'orders', 'hot', all_last_text_at, public_last_text_at from {prefix}conversation
         where id % 3 = 0)",
    R"(insert into {prefix}event (position, kind, happened_at, visibility, conversation, conversation_uid, all_index,
         public_index, organization)
       select row_number() over (order by m.id), 'message-added', m.all_created_at, 'public', m.conversation,
         'c' || m.conversation, m.all_index, m.public_index, '1' from {prefix}message m)",
    "update {prefix}event_feed set last_position = (select max(position) from {prefix}event)",
};

class PlansTest : public ::testing::Test {
protected:
  /// The same for all tests here: they only read.
  static void SetUpTestSuite() {
    database_ = server_test_database(ServerKind::postgresql);
    const auto session = database_->session();
    for (const char *statement : kGenerate) {
      session->execute(statement);
    }
    session->run("analyze");
  }
  static void TearDownTestSuite() { database_ = nullptr; }

  struct Work {
    std::int64_t whole = 0; ///< scans of a whole table
    std::int64_t rows = 0;  ///< rows that were read for each run
  };

  /// What the tables are read for it, so often that a prepared statement has settled for its plan.
  Work of(const std::function<bool(adapters::Stores &)> &read) {
    constexpr int kRuns = 8;
    const Work before = counted();
    {
      auto stores = database_->open();
      for (int run = 0; run < kRuns; ++run) {
        if (!read(stores)) {
          throw std::runtime_error("a read failed");
        }
      }
    }
    const Work after = counted();
    return {after.whole - before.whole, (after.rows - before.rows) / kRuns};
  }

  /// How PostgreSQL would answer.
  std::string plan_of(const std::string &select) {
    const auto session = database_->session();
    std::string plan;
    auto rows = session->query("explain (costs off) " + select, "t");
    while (rows.next()) {
      plan += rows.text() + "\n";
    }
    return plan;
  }

  /// How often the words' index of messages has named a row.
  static std::int64_t named_by_index() {
    return database_->number("select cast(coalesce(sum(idx_tup_read), 0) as bigint) from pg_stat_user_indexes where "
                             "indexrelname = 'parley_message_search'");
  }

private:
  /// Once those who read before are gone: servers count when a connection ends.
  Work counted() {
    const auto session = database_->session();
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (one(*session, "select count(*) from pg_stat_activity where datname = current_database() and pid <> "
                         "pg_backend_pid()") != 0) {
      if (std::chrono::steady_clock::now() > deadline) {
        throw std::runtime_error("a connection does not end");
      }
      std::this_thread::yield();
    }
    const std::string of = " from pg_stat_user_tables where relname in ('parley_conversation', 'parley_message', "
                           "'parley_participant', 'parley_context', 'parley_event')";
    return {one(*session, "select cast(sum(seq_scan) as bigint)" + of),
            one(*session, "select cast(sum(idx_tup_fetch) as bigint)" + of)};
  }
  static std::int64_t one(adapters::Session &session, const std::string &sql) {
    auto rows = session.query(sql, "i");
    rows.next();
    return rows.integer();
  }

  static inline std::unique_ptr<TestDatabase> database_;
};

Scope of_unit(Level level, std::vector<std::string> units) {
  return backoffice({"users", "7"}, level, std::move(units));
}

std::vector<std::pair<std::string, Scope>> scopes() {
  Scope organization = of_unit(Level::organization, {});
  organization.organization = "1";
  Scope buyer = storefront({"customerusers", "7"}, Level::user);
  Scope manager = storefront({"customerusers", "7"}, Level::unit, {"s7"});
  buyer.customer = manager.customer = {"customers", "s7"};
  return {{"user", of_unit(Level::user, {})},
          {"unit", of_unit(Level::unit, {"u7"})},
          {"division", of_unit(Level::division, {"u7", "u8", "u9"})},
          {"organization", organization},
          {"global", everything()},
          {"buyer", buyer},
          {"manager", manager}};
}

TEST_F(PlansTest, EveryListIsARangeOfAnIndex) {
  constexpr std::int64_t kFew = 6000; // a thousand along a list, with what belongs to each; of 300,000 and more
  for (const auto &[name, scope] : scopes()) {
    SCOPED_TRACE(name);
    const auto expect_few = [&](const char *what, const std::function<bool(store::ConversationStore &)> &read) {
      const Work work = of([&](adapters::Stores &stores) { return read(*stores.conversations); });
      EXPECT_EQ(work.whole, 0) << what;
      EXPECT_LE(work.rows, kFew) << what;
    };
    store::ConversationQuery list;
    list.scope = scope;
    list.paging.size = 25;
    expect_few("list", [&](auto &store) { return store.conversations(list).ok(); });
    store::ConversationQuery panel = list;
    panel.panel = Reference{"orders", "hot"};
    panel.paging.size = 3;
    expect_few("panel", [&](auto &store) { return store.conversations(panel).ok(); });
    panel.panel = Reference{"orders", "4007"};
    expect_few("panel of few", [&](auto &store) { return store.conversations(panel).ok(); });
    store::MessageQuery newest;
    newest.scope = scope;
    newest.conversation = 4007;
    newest.paging.size = 5;
    expect_few("newest", [&](auto &store) { return store.messages(newest).ok(); });
    expect_few("unread", [&](auto &store) { return store.unread({scope, 5}).ok(); });
    expect_few("by id", [&](auto &store) { return store.conversations_by_id(scope, {4007, 4008}).ok(); });
  }
}

TEST_F(PlansTest, EveryListOrderIsServedByAnIndex) {
  for (const std::string column : {"name_key", "status", "created_at", "all_updated_at", "public_updated_at",
                                   "all_last_text_at", "public_last_text_at", "all_text_count", "public_text_count",
                                   "owner_key", "customer_key", "customer_user_key"}) {
    for (const std::string direction : {"", " desc"}) {
      const std::string plan = plan_of("select id, name from {prefix}conversation where organization = '1' order by " +
                                       column + direction + ", id" + direction + " limit 10");
      EXPECT_THAT(plan, HasSubstr("parley_conversation_" + column));
      EXPECT_THAT(plan, Not(HasSubstr("Sort")));
    }
  }
}

TEST_F(PlansTest, W3_AnIndexServesTheCandidates) {
  const std::string active = " from {prefix}conversation where status not in ('inactive', 'closed') and organization ";
  for (const std::string &question :
       {"select id" + active +
            "= '1' and website = '1' and greatest(created_at, all_last_text_at) < 500 order by "
            "greatest(created_at, all_last_text_at), id limit 100",
        "select website" + active + "= '1' and website > '1' order by website limit 1",
        "select website" + active + "> '1' order by organization, website limit 1"}) {
    const std::string plan = plan_of(question);
    EXPECT_THAT(plan, HasSubstr("parley_conversation_idle"));
    EXPECT_THAT(plan, Not(HasSubstr("Sort")));
  }
}

TEST_F(PlansTest, WordsAreFoundByAnIndex) {
  const PostgresqlDialect dialect;
  for (const auto &[searched, index] : {std::pair(sql::Searched::names, "parley_conversation_search"),
                                        std::pair(sql::Searched::messages, "parley_message_search")}) {
    const std::string word = searched == sql::Searched::names ? "name7" : "word7";
    const std::string text = "'" + dialect.search_text({word, word + "1"}, sql::Held::beginnings) + "'";
    EXPECT_THAT(plan_of(dialect.matching(searched, text)), HasSubstr(index));
  }
}

TEST_F(PlansTest, A10_OfACommonWordTheIndexGathersNothing) {
  // "word123" is in a thousandth of all messages; "word7" too, but what begins so in a ninth.
  const auto gathered = [&](const Scope &scope, const std::string &token, bool by_relevance) {
    store::MessageQuery query;
    query.scope = scope;
    query.search.emplace();
    query.search->tokens = {token};
    query.by_relevance = by_relevance;
    query.paging.size = 25;
    const auto before = named_by_index();
    of([&](adapters::Stores &stores) { return stores.conversations->messages(query).ok(); });
    return (named_by_index() - before) / 8; // runs
  };
  for (const auto &[name, scope] : scopes()) {
    SCOPED_TRACE(name);
    EXPECT_EQ(gathered(scope, "word123", false), 120) << "as a whole word, and as a beginning";
    EXPECT_EQ(gathered(scope, "word7", false), 60) << "as a whole word alone";
    EXPECT_EQ(gathered(scope, "word7", true), 60);
    EXPECT_EQ(gathered(scope, "word", true), 0);
  }
}

TEST_F(PlansTest, TheFeedIsARangeOfAnIndex) {
  const Work work = of([](adapters::Stores &stores) { return stores.events->events(30'000, 100).ok(); });
  EXPECT_EQ(work.whole, 0);
  EXPECT_LE(work.rows, 1500);
}

} // namespace
} // namespace parley::tests
