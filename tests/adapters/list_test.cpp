#include <algorithm>

#include "tests/adapters/support/store_test.hpp"

namespace parley::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// Who sees all of them in the storefront: Amanda, of no customer, in those of both customers and in her own of none.
Scope whole_shop() {
  Scope scope = storefront(kAmanda, Level::division, {"0", "1"});
  scope.customer = {};
  return scope;
}

/// Conversations whose members repeat, so that keys have ties.
class ListTest : public StoreTest {
protected:
  void SetUp() override {
    for (int at = 0; at < 23; ++at) {
      auto command = sample("Name " + std::string(1, static_cast<char>((at % 2 == 0 ? 'a' : 'A') + at % 5)));
      command.conversation.owner = {"users", std::to_string(1 + at % 3)};
      command.conversation.customer = at % 4 == 0 ? Reference{} : Reference{"customers", std::to_string(at % 2)};
      if (at % 2 == 0) {
        command.conversation.source = kQuote;
      }
      store::RecordLabel label;
      label.record = command.conversation.owner;
      label.sort_key = std::string(1, static_cast<char>('z' - at % 3));
      label.title = "Owner " + std::to_string(at % 3);
      command.labels = {label};
      ids_.push_back(start(command));
    }
    for (std::size_t at = 0; at < ids_.size(); at += 2) {
      for (std::size_t times = 0; times <= at % 3; ++times) {
        say(ids_[at], kJohn, "text", at % 4 == 0 ? Visibility::internal : Visibility::everybody);
      }
    }
    for (const std::size_t at : {3U, 9U, 12U}) {
      store().perform(transition(ids_[at], "close", {Status::active}, Status::closed));
    }
  }

  static store::ConversationQuery query(const Scope &scope = everything()) {
    store::ConversationQuery result;
    result.scope = scope;
    result.paging.size = 100;
    return result;
  }

  std::vector<ConversationId> filtered(ConversationField field, Operator operation, std::vector<store::Value> values,
                                       const Scope &scope = everything()) {
    auto asked = query(scope);
    asked.conditions = {{field, operation, std::move(values)}};
    asked.orders = {{ConversationField::id, false}};
    auto found = listed(asked);
    EXPECT_EQ(store().count_conversations(asked).value(), static_cast<std::int64_t>(found.size()));
    return found;
  }

  std::vector<ConversationId> where(const std::function<bool(const domain::Conversation &)> &fits) {
    std::vector<ConversationId> result;
    for (const auto id : ids_) {
      if (fits(row(id).conversation)) {
        result.push_back(id);
      }
    }
    return result;
  }

  std::vector<ConversationId> ids_;
};
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

TEST_P(ListTest, EveryOrderCanBeWalkedBothWays) {
  for (const auto field :
       {ConversationField::id, ConversationField::name, ConversationField::messages_number, ConversationField::created,
        ConversationField::updated, ConversationField::last_message, ConversationField::status,
        ConversationField::owner, ConversationField::customer, ConversationField::customer_user}) {
    for (const bool descending : {false, true}) {
      for (const auto &scope : {everything(), whole_shop()}) {
        auto asked = query(scope);
        asked.orders = {{field, descending}};
        const auto whole = listed(asked);
        ASSERT_THAT(whole, SizeIs(23));

        asked.paging.size = 5;
        std::vector<ConversationId> forwards;
        std::string last;
        while (true) {
          const auto page = store().conversations(asked);
          ASSERT_TRUE(page);
          EXPECT_EQ(page.value().has_previous, !forwards.empty());
          for (const auto &each : page.value().rows) {
            forwards.push_back(each.conversation.id);
            last = each.cursor;
          }
          if (!page.value().has_next) {
            break;
          }
          asked.paging.after = last;
        }
        EXPECT_EQ(forwards, whole) << static_cast<int>(field) << descending;

        std::vector<ConversationId> backwards{whole.back()};
        asked.paging.after.clear();
        asked.paging.before = last;
        while (true) {
          const auto page = store().conversations(asked);
          ASSERT_TRUE(page);
          EXPECT_TRUE(page.value().has_next);
          std::vector<ConversationId> ids;
          for (const auto &each : page.value().rows) {
            ids.push_back(each.conversation.id);
          }
          backwards.insert(backwards.begin(), ids.begin(), ids.end());
          if (!page.value().has_previous) {
            break;
          }
          asked.paging.before = page.value().rows.front().cursor;
        }
        EXPECT_EQ(backwards, whole) << static_cast<int>(field) << descending;
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

TEST_P(ListTest, ACursorOutlivesItsRow) {
  auto asked = query();
  const auto page = store().conversations(asked);
  const auto &rows = page.value().rows;
  asked.paging.size = 1;
  asked.paging.after = rows[5].cursor;
  ASSERT_TRUE(store().remove({doing(kJohn), rows[5].conversation.id, everything(), everything(), 0}));
  EXPECT_THAT(listed(asked), ElementsAre(rows[6].conversation.id));
}

TEST_P(ListTest, FiltersByNumbersAndTimes) {
  const auto counts = [&](auto fits) { return where([&](const auto &each) { return fits(each.all.text_count); }); };
  using Number = std::int64_t;
  const auto field = ConversationField::messages_number;
  EXPECT_EQ(filtered(field, Operator::equal, {is(2)}), counts([](Number n) { return n == 2; }));
  EXPECT_EQ(filtered(field, Operator::equal, {is(1), is(3)}), counts([](Number n) { return n == 1 || n == 3; }));
  EXPECT_EQ(filtered(field, Operator::not_equal, {is(0)}), counts([](Number n) { return n != 0; }));
  EXPECT_EQ(filtered(field, Operator::not_equal, {is(0), is(1)}), counts([](Number n) { return n > 1; }));
  EXPECT_EQ(filtered(field, Operator::greater, {is(1)}), counts([](Number n) { return n > 1; }));
  EXPECT_EQ(filtered(field, Operator::greater_or_equal, {is(1)}), counts([](Number n) { return n >= 1; }));
  EXPECT_EQ(filtered(field, Operator::less, {is(1)}), counts([](Number n) { return n < 1; }));
  EXPECT_EQ(filtered(field, Operator::less_or_equal, {is(1)}), counts([](Number n) { return n <= 1; }));
  EXPECT_EQ(filtered(field, Operator::exists, {is(1)}), ids_);
  EXPECT_EQ(filtered(ConversationField::id, Operator::equal, {is(ids_[4])}), std::vector{ids_[4]});
  const auto middle = row(ids_[10]).conversation.created;
  EXPECT_THAT(filtered(ConversationField::created, Operator::less, {is(middle)}), SizeIs(10));
  const auto updated = row(ids_[10]).conversation.all.updated;
  EXPECT_EQ(filtered(ConversationField::updated, Operator::greater, {is(updated)}),
            where([&](const auto &each) { return each.all.updated > updated; }));
}

TEST_P(ListTest, NeverIsNeitherBeforeNorAfter) {
  const auto field = ConversationField::last_message;
  const auto some = where([](const auto &each) { return each.all.last_text_at != 0; });
  EXPECT_EQ(filtered(field, Operator::less, {is(now_ + 1)}), some);
  EXPECT_EQ(filtered(field, Operator::greater, {is(-1)}), some);
  EXPECT_EQ(filtered(field, Operator::exists, {is(1)}), some);
  EXPECT_THAT(filtered(field, Operator::exists, {is(0)}), SizeIs(ids_.size() - some.size()));
  EXPECT_EQ(filtered(field, Operator::exists, {is(1)}, whole_shop()),
            where([](const auto &each) { return each.open.last_text_at != 0; }));
}

TEST_P(ListTest, FiltersByName) {
  const auto field = ConversationField::name;
  EXPECT_EQ(filtered(field, Operator::equal, {is(std::string("Name a"))}),
            where([](const auto &each) { return each.name == "Name a"; }));
  EXPECT_EQ(filtered(field, Operator::not_equal, {is(std::string("Name a")), is(std::string("Name A"))}),
            where([](const auto &each) { return each.name != "Name a" && each.name != "Name A"; }));
  EXPECT_EQ(filtered(field, Operator::contains, {is(std::string("AME A"))}),
            where([](const auto &each) { return each.name == "Name a" || each.name == "Name A"; }));
  EXPECT_THAT(filtered(field, Operator::contains, {is(std::string("%"))}), IsEmpty());
  EXPECT_THAT(filtered(field, Operator::contains, {is(std::string("Name_a"))}), IsEmpty());
  EXPECT_EQ(filtered(field, Operator::exists, {is(1)}), ids_);
  const auto id = start("100%_~\\ ok");
  for (const char *part : {"0%_", "_~", "~\\", "\\ O"}) {
    EXPECT_EQ(filtered(field, Operator::contains, {is(std::string(part))}), std::vector{id}) << part;
  }
}

TEST_P(ListTest, FiltersByStatusAndReferences) {
  EXPECT_THAT(filtered(ConversationField::status, Operator::equal, {is(Status::closed)}), SizeIs(3));
  EXPECT_THAT(filtered(ConversationField::status, Operator::not_equal, {is(Status::closed), is(Status::active)}),
              IsEmpty());
  EXPECT_EQ(filtered(ConversationField::status, Operator::equal, {is(Status::closed), is(Status::active)}), ids_);
  const auto owner = ConversationField::owner;
  EXPECT_EQ(filtered(owner, Operator::equal, {is(kDana)}), where([](const auto &each) { return each.owner == kDana; }));
  EXPECT_EQ(filtered(owner, Operator::equal, {is(kDana), is(kJohn)}),
            where([](const auto &each) { return each.owner == kDana || each.owner == kJohn; }));
  EXPECT_EQ(filtered(owner, Operator::not_equal, {is(kDana)}),
            where([](const auto &each) { return each.owner != kDana; }));
  EXPECT_EQ(filtered(owner, Operator::not_equal, {is(kDana), is(kJohn)}),
            where([](const auto &each) { return each.owner == kCharlie; }));
  EXPECT_EQ(filtered(owner, Operator::contains, {is(std::string("NER 2"))}),
            where([](const auto &each) { return each.owner == kDana; }))
      << "by its label";
  EXPECT_EQ(filtered(ConversationField::customer, Operator::exists, {is(0)}),
            where([](const auto &each) { return each.customer.none(); }));
  EXPECT_EQ(filtered(ConversationField::customer, Operator::exists, {is(1)}),
            where([](const auto &each) { return !each.customer.none(); }));
  EXPECT_EQ(filtered(ConversationField::customer_user, Operator::equal, {is(kAmanda)}), ids_);
  EXPECT_EQ(filtered(ConversationField::source, Operator::equal, {is(kQuote)}),
            where([](const auto &each) { return each.source == kQuote; }));
}

TEST_P(ListTest, FiltersByContext) {
  const auto field = ConversationField::context;
  ASSERT_TRUE(store().change_contexts(contexts(ids_[1], store::Change::add, {kQuote})));
  say(ids_[2], kDana, "note", Visibility::internal);
  EXPECT_THAT(filtered(field, Operator::equal, {is(kQuote)}), ElementsAre(ids_[1]));
  EXPECT_THAT(filtered(field, Operator::equal, {is(kQuote), is(kDana)}), ElementsAre(ids_[1], ids_[2]));
  EXPECT_THAT(filtered(field, Operator::not_equal, {is(kQuote)}), SizeIs(22));
  EXPECT_EQ(filtered(field, Operator::exists, {is(1)}), ids_);
  EXPECT_THAT(filtered(field, Operator::exists, {is(0)}), IsEmpty());
  EXPECT_THAT(filtered(field, Operator::equal, {is(kDana)}, whole_shop()), IsEmpty());
}

TEST_P(ListTest, NoValues) {
  for (const auto field : {ConversationField::id, ConversationField::name, ConversationField::status,
                           ConversationField::owner, ConversationField::context}) {
    EXPECT_THAT(filtered(field, Operator::equal, {}), IsEmpty());
    EXPECT_EQ(filtered(field, Operator::not_equal, {}), ids_);
  }
}

TEST_P(ListTest, ConditionsHoldTogether) {
  auto asked = query();
  asked.conditions = {{ConversationField::owner, Operator::equal, {is(kJohn)}},
                      {ConversationField::status, Operator::equal, {is(Status::closed)}}};
  EXPECT_THAT(listed(asked), SizeIs(3)) << "3, 9 and 12 are John's";
  asked.conditions.push_back({ConversationField::id, Operator::equal, {is(ids_[3])}});
  EXPECT_THAT(listed(asked), ElementsAre(ids_[3]));
}

TEST_P(ListTest, WrongOperatorsAndOrdersAreMalformed) {
  const auto refused = [&](ConversationField field, Operator operation, std::vector<store::Value> values) {
    auto asked = query();
    asked.conditions = {{field, operation, std::move(values)}};
    const auto list = store().conversations(asked);
    const auto count = store().count_conversations(asked);
    return !list && list.failure().code == Code::malformed && !count && count.failure().code == Code::malformed;
  };
  EXPECT_TRUE(refused(ConversationField::id, Operator::contains, {is(1)}));
  EXPECT_TRUE(refused(ConversationField::id, Operator::less, {is(1), is(2)}));
  EXPECT_TRUE(refused(ConversationField::last_message, Operator::exists, {}));
  EXPECT_TRUE(refused(ConversationField::name, Operator::contains, {}));
  EXPECT_TRUE(refused(ConversationField::status, Operator::less, {is(Status::active)}));
  EXPECT_TRUE(refused(ConversationField::owner, Operator::greater, {is(kJohn)}));
  EXPECT_TRUE(refused(ConversationField::context, Operator::contains, {is(kJohn)}));
  for (const auto field : {ConversationField::source, ConversationField::context}) {
    auto asked = query();
    asked.orders = {{field, false}};
    const auto list = store().conversations(asked);
    ASSERT_FALSE(list);
    EXPECT_EQ(list.failure().faults.front().parameter, "sort");
  }
  store::MessageQuery messages;
  messages.scope = everything();
  messages.conditions = {{store::MessageField::index, Operator::contains, 1}};
  EXPECT_EQ(store().messages(messages).failure().code, Code::malformed);
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

using MessageListTest = ListTest;
PARLEY_ON_EVERY_DATABASE(MessageListTest);

TEST_P(MessageListTest, WalksAThreadBothWays) {
  const auto id = ids_[1];
  for (int at = 1; at <= 12; ++at) {
    say(id, at % 2 == 0 ? kJohn : kAmanda, std::to_string(at),
        at % 3 == 0 ? Visibility::internal : Visibility::everybody);
  }
  for (const auto &scope : {everything(), whole_shop()}) {
    store::MessageQuery asked;
    asked.scope = scope;
    asked.conversation = id;
    asked.paging.size = 5;
    asked.paging.want_total = true;
    const auto newest = store().messages(asked);
    ASSERT_TRUE(newest);
    const bool shop = scope.audience == Audience::storefront;
    EXPECT_EQ(newest.value().total, shop ? 8 : 12);
    ASSERT_THAT(newest.value().rows, SizeIs(5));
    EXPECT_EQ(newest.value().rows[0].message.number(scope.audience), shop ? 8 : 12);
    EXPECT_FALSE(newest.value().rows[0].participant_uid.empty());
    asked.paging.after = newest.value().rows.back().cursor;
    const auto older = store().messages(asked);
    EXPECT_EQ(older.value().rows[0].message.number(scope.audience), shop ? 3 : 7);
    asked.paging.after.clear();
    asked.paging.before = older.value().rows[0].cursor;
    const auto newer = store().messages(asked);
    EXPECT_EQ(newer.value().rows[0].cursor, newest.value().rows[0].cursor);
    EXPECT_EQ(newer.value().rows.size(), 5U);
    EXPECT_FALSE(newer.value().has_previous);
    EXPECT_TRUE(newer.value().has_next);
  }
}

// B13: who wrote a note and then closes the conversation takes no part that the storefront knows of.
TEST_P(MessageListTest, AParticipantByNotesIsNoneInPublic) {
  const auto id = ids_[1];
  say(id, kDana, "secret", Visibility::internal);
  store::PerformTransition close = transition(id, "close", {Status::active}, Status::closed);
  close.doing.actor = kDana;
  ASSERT_TRUE(store().perform(close));
  for (const auto &scope : {everything(), whole_shop()}) {
    store::MessageQuery asked;
    asked.scope = scope;
    asked.conversation = id;
    const auto newest = store().messages(asked);
    ASSERT_TRUE(newest);
    const store::MessageRow &closed = newest.value().rows.front();
    const auto by_key = store().messages_by_key(scope, {{id, closed.message.number(scope.audience)}});
    const bool shop = scope.audience == Audience::storefront;
    EXPECT_EQ(closed.participant_uid.empty(), shop);
    EXPECT_EQ(by_key.value().rows.front().participant_uid.empty(), shop);
  }
}

TEST_P(MessageListTest, Filters) {
  const auto id = ids_[1];
  say(id, kJohn, "one");
  ASSERT_TRUE(store().perform(transition(id, "close", {Status::active}, Status::closed)));
  store::MessageQuery asked;
  asked.scope = everything();
  asked.conversation = id;
  asked.type = domain::MessageType::system;
  EXPECT_THAT(store().messages(asked).value().rows, SizeIs(1));
  asked.type = domain::MessageType::text;
  EXPECT_THAT(store().messages(asked).value().rows, SizeIs(1));
  asked.type.reset();
  asked.conditions = {{store::MessageField::index, Operator::less, 2}};
  auto rows = store().messages(asked).value().rows;
  ASSERT_THAT(rows, SizeIs(1));
  EXPECT_EQ(rows[0].message.index, 1);
  asked.conditions = {{store::MessageField::created, Operator::greater, rows[0].message.created}};
  EXPECT_THAT(store().messages(asked).value().rows, SizeIs(1));
  asked.conversation = 4711;
  EXPECT_THAT(store().messages(asked).value().rows, IsEmpty());
}

TEST_P(MessageListTest, OverSeveralConversationsByTime) {
  store::MessageQuery asked;
  asked.scope = everything();
  asked.paging.size = 1000;
  const auto whole = store().messages(asked).value().rows;
  EXPECT_TRUE(std::is_sorted(whole.begin(), whole.end(), [](const auto &left, const auto &right) {
    return left.message.created > right.message.created;
  }));
  asked.paging.size = 3;
  std::vector<std::string> walked;
  while (true) {
    const auto page = store().messages(asked).value();
    for (const auto &each : page.rows) {
      walked.push_back(each.cursor);
    }
    if (!page.has_next) {
      break;
    }
    asked.paging.after = page.rows.back().cursor;
  }
  ASSERT_EQ(walked.size(), whole.size());
  for (std::size_t at = 0; at < whole.size(); ++at) {
    EXPECT_EQ(walked[at], whole[at].cursor);
  }
}

TEST_P(MessageListTest, ParticipantsOverSeveralConversations) {
  store::ParticipantQuery asked;
  asked.scope = everything();
  asked.paging.size = 7;
  asked.paging.want_total = true;
  std::size_t count = 0;
  while (true) {
    const auto page = store().participants(asked).value();
    EXPECT_EQ(page.total, database_->number("select count(*) from {prefix}participant"));
    count += page.rows.size();
    if (!page.has_next) {
      EXPECT_EQ(static_cast<std::int64_t>(count), page.total);
      break;
    }
    asked.paging.after = page.rows.back().cursor;
  }
}

} // namespace
} // namespace parley::tests
