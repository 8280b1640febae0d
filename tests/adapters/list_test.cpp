// Lists of conversations: orders, pages, cursors, panels, rows.

#include <algorithm>

#include "tests/adapters/support/list_test.hpp"

namespace parley::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

PARLEY_ON_EVERY_DATABASE(ListTest);

TEST_P(ListTest, LastMessageFirstWhenNothingIsAsked) {
  const auto page = store().conversations(query());
  ASSERT_TRUE(page);
  const auto &rows = page.value().rows;
  ASSERT_THAT(rows, SizeIs(23));
  EXPECT_TRUE(std::is_sorted(rows.begin(), rows.end(), [](const auto &left, const auto &right) {
    return std::make_pair(left.conversation.all.last_text_at, left.conversation.id) >
           std::make_pair(right.conversation.all.last_text_at, right.conversation.id);
  }));
  EXPECT_FALSE(page.value().has_next);
  EXPECT_FALSE(page.value().has_previous);
  EXPECT_FALSE(page.value().total);
}

/// Pages of five to the end; `last` becomes the cursor of the last row.
std::vector<ConversationId> forwards(store::ConversationStore &store, store::ConversationQuery asked,
                                     std::string &last) {
  asked.paging.size = 5;
  std::vector<ConversationId> ids;
  while (true) {
    const auto page = store.conversations(asked).value();
    EXPECT_EQ(page.has_previous, !ids.empty());
    for (const auto &each : page.rows) {
      ids.push_back(each.conversation.id);
      last = each.cursor;
    }
    if (!page.has_next || page.rows.empty()) {
      return ids;
    }
    asked.paging.after = last;
  }
}

/// Pages of five back to the beginning from a row, which is not among them; in the order of the list.
std::vector<ConversationId> backwards(store::ConversationStore &store, store::ConversationQuery asked,
                                      const std::string &from) {
  asked.paging.size = 5;
  asked.paging.before = from;
  std::vector<ConversationId> ids;
  while (true) {
    const auto page = store.conversations(asked).value();
    EXPECT_TRUE(page.has_next);
    std::vector<ConversationId> before;
    for (const auto &each : page.rows) {
      before.push_back(each.conversation.id);
    }
    ids.insert(ids.begin(), before.begin(), before.end());
    if (!page.has_previous || page.rows.empty()) {
      return ids;
    }
    asked.paging.before = page.rows.front().cursor;
  }
}

TEST_P(ListTest, EveryOrderCanBeWalkedBothWays) {
  for (const auto field :
       {ConversationField::id, ConversationField::name, ConversationField::messages_number, ConversationField::created,
        ConversationField::updated, ConversationField::last_message, ConversationField::status,
        ConversationField::owner, ConversationField::customer, ConversationField::customer_user}) {
    for (const bool descending : {false, true}) {
      for (const auto &scope : {everything(), whole_shop()}) {
        auto asked = query(scope);
        asked.orders = {{field, descending}};
        auto whole = listed(asked);
        ASSERT_THAT(whole, SizeIs(23));
        std::string last;
        EXPECT_EQ(forwards(store(), asked, last), whole) << static_cast<int>(field) << descending;
        whole.pop_back();
        EXPECT_EQ(backwards(store(), asked, last), whole) << static_cast<int>(field) << descending;
      }
    }
  }
}

TEST_P(ListTest, SeveralOrders) {
  auto asked = query();
  asked.orders = {{ConversationField::status, true}, {ConversationField::name, false}, {ConversationField::id, true}};
  const auto page = store().conversations(asked);
  ASSERT_TRUE(page);
  const auto &rows = page.value().rows;
  EXPECT_EQ(rows.front().conversation.status, Status::closed);
  asked.paging.size = 2;
  asked.paging.after = rows[4].cursor;
  EXPECT_THAT(listed(asked), ElementsAre(rows[5].conversation.id, rows[6].conversation.id));
  asked.paging.before = rows[6].cursor;
  EXPECT_THAT(listed(asked), ElementsAre(rows[5].conversation.id)) << "between two cursors";
}

TEST_P(ListTest, NamesSortWithoutRegardToCapitals) {
  auto asked = query();
  asked.orders = {{ConversationField::name, false}};
  const auto page = store().conversations(asked);
  std::vector<std::string> names;
  for (const auto &each : page.value().rows) {
    std::string name = each.conversation.name;
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    names.push_back(name);
  }
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
}

TEST_P(ListTest, OwnersSortByTheirLabels) {
  auto asked = query();
  asked.orders = {{ConversationField::owner, false}};
  asked.paging.size = 1;
  auto first = store().conversations(asked);
  EXPECT_EQ(first.value().rows[0].conversation.owner, (Reference{"users", "3"})) << "its key is x";
  store::RecordLabel label;
  label.record = {"users", "2"};
  label.sort_key = "a";
  label.title = "Renamed";
  note({label});
  first = store().conversations(asked);
  EXPECT_EQ(first.value().rows[0].conversation.owner, (Reference{"users", "2"}));
  EXPECT_EQ(first.value().labels.at({"users", "2"}).title, "Renamed");
}

TEST_P(ListTest, PagesByNumber) {
  auto asked = query();
  const auto whole = listed(asked);
  asked.paging.size = 10;
  asked.paging.number = 1;
  asked.paging.want_total = true;
  auto page = store().conversations(asked);
  EXPECT_FALSE(page.value().has_previous);
  EXPECT_TRUE(page.value().has_next);
  EXPECT_EQ(page.value().total, 23);
  asked.paging.number = 3;
  page = store().conversations(asked);
  EXPECT_THAT(page.value().rows, SizeIs(3));
  EXPECT_EQ(page.value().rows[0].conversation.id, whole[20]);
  EXPECT_TRUE(page.value().has_previous);
  EXPECT_FALSE(page.value().has_next);
  asked.paging.number = 9;
  page = store().conversations(asked);
  EXPECT_THAT(page.value().rows, IsEmpty());
  EXPECT_EQ(page.value().total, 23);
}

TEST_P(ListTest, ForeignCursorsAreMalformed) {
  auto asked = query();
  asked.orders = {{ConversationField::name, false}};
  const std::string cursor = store().conversations(asked).value().rows[3].cursor;
  asked.paging.after = cursor;
  EXPECT_TRUE(store().conversations(asked));

  asked.orders = {{ConversationField::name, true}};
  auto refused = store().conversations(asked);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.failure().code, Code::malformed);
  EXPECT_EQ(refused.failure().faults.front().parameter, "page[after]");
  asked.paging.after.clear();
  asked.paging.before = cursor;
  refused = store().conversations(asked);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.failure().faults.front().parameter, "page[before]");

  asked = query(whole_shop());
  asked.paging.after = store().conversations(query()).value().rows[3].cursor;
  EXPECT_FALSE(store().conversations(asked)) << "of another audience";
  asked = query();
  asked.panel = kOrder;
  asked.paging.after = cursor;
  EXPECT_FALSE(store().conversations(asked));
  for (const std::string &nonsense :
       std::vector<std::string>{"x", "=", "!!!!", "AAAA", cursor + "A", cursor.substr(0, 8), "' or 1=1 --"}) {
    asked = query();
    asked.orders = {{ConversationField::name, false}};
    asked.paging.after = nonsense;
    EXPECT_FALSE(store().conversations(asked)) << nonsense;
    store::MessageQuery messages;
    messages.scope = everything();
    messages.paging.before = nonsense;
    const auto refused_messages = store().messages(messages);
    ASSERT_FALSE(refused_messages);
    EXPECT_EQ(refused_messages.failure().faults.front().parameter, "page[before]");
    store::ParticipantQuery people_query;
    people_query.scope = everything();
    people_query.paging.after = nonsense;
    EXPECT_FALSE(store().participants(people_query));
  }
}

TEST_P(ListTest, A4_ACursorIsOfItsFilters) {
  const auto asked = [&](const std::function<void(store::ConversationQuery &)> &filtered) {
    auto one = query();
    filtered(one);
    return one;
  };
  const std::vector<store::ConversationQuery> lists = {
      query(),
      asked([](auto &one) { one.own = false; }),
      asked([](auto &one) { one.panel = kOrder; }),
      asked([](auto &one) { one.panel = kQuote; }),
      asked([](auto &one) {
        one.conditions = {{ConversationField::owner, Operator::not_equal, {is(kAmanda)}}};
      }),
      asked([](auto &one) {
        one.conditions = {{ConversationField::owner, Operator::not_equal, {is(kQuote)}}};
      }),
      asked([](auto &one) {
        one.conditions = {{ConversationField::owner, Operator::equal, {is(kDana)}}};
      }),
      asked([](auto &one) {
        one.conditions = {{ConversationField::created, Operator::greater, {is(0)}}};
      }),
      asked([](auto &one) {
        one.conditions = {{ConversationField::created, Operator::greater, {is(1)}}};
      }),
      asked([](auto &one) {
        one.search = store::Search{"name", {"name"}, {}};
      }),
      asked([](auto &one) {
        one.search = store::Search{"nam", {"nam"}, {}};
      }),
  };
  std::vector<std::string> cursors;
  for (const auto &list : lists) {
    const auto page = store().conversations(list).value();
    cursors.push_back(page.rows.empty() ? std::string() : page.rows.front().cursor);
  }
  for (std::size_t at = 0; at < lists.size(); ++at) {
    for (std::size_t other = 0; other < lists.size(); ++other) {
      auto again = lists[at];
      again.paging.after = cursors[other];
      if (!cursors[other].empty()) {
        EXPECT_EQ(store().conversations(again).ok(), at == other) << at << " with a cursor of " << other;
      }
    }
  }
  auto one = lists[4];
  one.conditions.push_back(lists[7].conditions.front());
  auto turned = one;
  std::swap(turned.conditions[0], turned.conditions[1]);
  turned.paging.after = store().conversations(one).value().rows.front().cursor;
  EXPECT_TRUE(store().conversations(turned)) << "the order of filters does not matter";
}

TEST_P(ListTest, A4_ACursorOfMessagesIsOfItsFilters) {
  store::MessageQuery all;
  all.scope = everything();
  all.conversation = ids_[2];
  const std::string cursor = store().messages(all).value().rows.front().cursor;
  all.paging.after = cursor;
  EXPECT_TRUE(store().messages(all));
  auto other = all;
  other.conversation = ids_[4];
  EXPECT_FALSE(store().messages(other));
  other = all;
  other.type = domain::MessageType::text;
  EXPECT_FALSE(store().messages(other));
  other = all;
  other.conditions = {{store::MessageField::index, Operator::less, 9}};
  EXPECT_FALSE(store().messages(other));
  store::ParticipantQuery people;
  people.scope = everything();
  people.conversation = ids_[2];
  people.paging.after = store().participants(people).value().rows.front().cursor;
  EXPECT_TRUE(store().participants(people));
  people.conversation = ids_[4];
  EXPECT_FALSE(store().participants(people));
}

TEST_P(ListTest, ACursorOutlivesItsRow) {
  auto asked = query();
  const auto page = store().conversations(asked);
  const auto &rows = page.value().rows;
  asked.paging.size = 1;
  asked.paging.after = rows[5].cursor;
  ASSERT_TRUE(store().remove({doing(kJohn), rows[5].conversation.id, everything(), everything(), 0}));
  EXPECT_THAT(listed(asked), ElementsAre(rows[6].conversation.id));
}

TEST_P(ListTest, APanelShowsNewestActivityFirst) {
  auto asked = query();
  asked.panel = kOrder;
  asked.paging.want_total = true;
  const auto page = store().conversations(asked);
  ASSERT_TRUE(page);
  const auto &rows = page.value().rows;
  ASSERT_THAT(rows, SizeIs(23));
  EXPECT_EQ(page.value().total, 23);
  EXPECT_EQ(rows[0].conversation.id, ids_[22]);
  const auto activity = [](const auto &each) {
    return std::max(each.conversation.created, each.conversation.all.last_text_at);
  };
  EXPECT_TRUE(std::is_sorted(rows.begin(), rows.end(),
                             [&](const auto &left, const auto &right) { return activity(left) > activity(right); }));
  asked.paging.size = 4;
  asked.paging.after = rows[3].cursor;
  EXPECT_THAT(listed(asked), ElementsAre(rows[4].conversation.id, rows[5].conversation.id, rows[6].conversation.id,
                                         rows[7].conversation.id));

  auto shop = query(whole_shop());
  shop.panel = kOrder;
  const auto first = listed(shop).front();
  say(ids_[0], kJohn, "note", Visibility::internal);
  EXPECT_EQ(listed(shop).front(), first);
  asked.paging.after.clear();
  EXPECT_EQ(listed(asked).front(), ids_[0]);
  say(ids_[1], kJohn, "hello");
  EXPECT_EQ(listed(shop).front(), ids_[1]);

  asked.panel = Reference{"orders", "none"};
  EXPECT_THAT(listed(asked), IsEmpty());
}

TEST_P(ListTest, AContextThatComesLateHasTheLastActivity) {
  ASSERT_TRUE(store().change_contexts(contexts(ids_[1], store::Change::add, {kQuote})));
  ASSERT_TRUE(store().change_contexts(contexts(ids_[0], store::Change::add, {kQuote})));
  ASSERT_TRUE(store().change_contexts(contexts(ids_[5], store::Change::add, {kQuote})));
  auto asked = query();
  asked.panel = kQuote;
  EXPECT_THAT(listed(asked), ElementsAre(ids_[0], ids_[5], ids_[1])) << "0 has a message";
}

TEST_P(ListTest, RowsAreComplete) {
  say(ids_[7], kAmanda, "first");
  say(ids_[7], kDana, "second");
  auto asked = query(backoffice(kJohn, Level::organization));
  const auto page = store().conversations(asked);
  for (const auto &each : page.value().rows) {
    const auto alone = row(each.conversation.id, asked.scope);
    EXPECT_EQ(each.contexts.size(), alone.contexts.size());
    EXPECT_EQ(each.unread, alone.unread);
    EXPECT_EQ(each.last_text.has_value(), each.conversation.all.text_count > 0);
    EXPECT_TRUE(each.mine);
    EXPECT_FALSE(each.cursor.empty());
  }
  const auto &newest = page.value().rows.front();
  EXPECT_EQ(newest.conversation.id, ids_[7]);
  EXPECT_EQ(newest.last_text->body, "second");
  EXPECT_EQ(newest.unread, 2);
  EXPECT_EQ(page.value().labels.at(kJohn).title, "Owner 0");
  EXPECT_EQ(page.value().labels.count(kGlobex), 0U);
}

TEST_P(ListTest, ByIdInTheOrderOfTheIds) {
  const auto page = store().conversations_by_id(everything(), {ids_[5], 4711, ids_[2], ids_[5]});
  ASSERT_TRUE(page);
  ASSERT_THAT(page.value().rows, SizeIs(2));
  EXPECT_EQ(page.value().rows[0].conversation.id, ids_[5]);
  EXPECT_EQ(page.value().rows[1].conversation.id, ids_[2]);
  EXPECT_THAT(store().conversations_by_id(everything(), {}).value().rows, IsEmpty());
}

TEST_P(ListTest, EveryListOrderIsServedByAnIndex) {
  if (GetParam().name != "sqlite") {
    GTEST_SKIP() << "servers choose a plan by how much is stored";
  }
  const auto session = database_->session();
  const auto plan_of = [&](const std::string &order) {
    std::string plan;
    auto rows = session->query("explain query plan select id, name from {prefix}conversation "
                               "where +organization = '1' order by " +
                                   order + " limit 10",
                               "iiit");
    while (rows.next()) {
      rows.integer();
      rows.integer();
      rows.integer();
      plan += rows.text();
    }
    return plan;
  };
  for (const std::string column : {"name_key", "status", "created_at", "all_updated_at", "public_updated_at",
                                   "all_last_text_at", "public_last_text_at", "all_text_count", "public_text_count",
                                   "owner_key", "customer_key", "customer_user_key"}) {
    EXPECT_THAT(plan_of(column + ", id"), ::testing::Not(::testing::HasSubstr("TEMP B-TREE"))) << column;
    EXPECT_THAT(plan_of(column + " desc, id desc"), ::testing::Not(::testing::HasSubstr("TEMP B-TREE"))) << column;
  }
}

} // namespace
} // namespace parley::tests
