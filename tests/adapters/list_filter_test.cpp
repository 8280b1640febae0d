// Which conversations a list shows: what each field can be asked, and what not.

#include <functional>
#include <utility>

#include "tests/adapters/support/list_test.hpp"

namespace parley::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ListFilterTest : public ListTest {
protected:
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
};
PARLEY_ON_EVERY_DATABASE(ListFilterTest);

TEST_P(ListFilterTest, FiltersByNumbersAndTimes) {
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

TEST_P(ListFilterTest, NeverIsNeitherBeforeNorAfter) {
  const auto field = ConversationField::last_message;
  const auto some = where([](const auto &each) { return each.all.last_text_at != 0; });
  EXPECT_EQ(filtered(field, Operator::less, {is(now_ + 1)}), some);
  EXPECT_EQ(filtered(field, Operator::greater, {is(-1)}), some);
  EXPECT_EQ(filtered(field, Operator::exists, {is(1)}), some);
  EXPECT_THAT(filtered(field, Operator::exists, {is(0)}), SizeIs(ids_.size() - some.size()));
  EXPECT_EQ(filtered(field, Operator::exists, {is(1)}, whole_shop()),
            where([](const auto &each) { return each.open.last_text_at != 0; }));
}

TEST_P(ListFilterTest, FiltersByName) {
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

TEST_P(ListFilterTest, FiltersByStatusAndReferences) {
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

TEST_P(ListFilterTest, FiltersByContext) {
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

TEST_P(ListFilterTest, B7_FiltersByTheAuthorOfTheLastMessage) {
  const auto field = ConversationField::last_sender;
  say(ids_[1], kAmanda, "Is it late?");
  say(ids_[2], kDana, "a note", Visibility::internal);
  say(ids_[5], kAmanda, "And this one?");
  say(ids_[5], kDana, "It is not.");
  EXPECT_THAT(filtered(field, Operator::equal, {is(kAmanda)}), ElementsAre(ids_[1]));
  EXPECT_THAT(filtered(field, Operator::equal, {is(kDana)}), ElementsAre(ids_[2], ids_[5]));
  EXPECT_THAT(filtered(field, Operator::equal, {is(kDana), is(kAmanda)}), ElementsAre(ids_[1], ids_[2], ids_[5]));
  const auto johns = where([&](const auto &each) {
    return each.all.text_count != 0 && each.id != ids_[1] && each.id != ids_[2] && each.id != ids_[5];
  });
  EXPECT_EQ(filtered(field, Operator::equal, {is(kJohn)}), johns);
  EXPECT_THAT(filtered(field, Operator::not_equal, {is(kJohn)}), SizeIs(ids_.size() - johns.size()))
      << "those without a message, too";
  EXPECT_EQ(filtered(field, Operator::exists, {is(1)}),
            where([](const auto &each) { return each.all.text_count != 0; }));
  EXPECT_THAT(filtered(field, Operator::equal, {is(kDana)}, whole_shop()), ElementsAre(ids_[5]))
      << "a note leaves no trace";
}

TEST_P(ListFilterTest, B10_OnesOwnAndTheRest) {
  say(ids_[1], kDana, "I am in");
  const auto mine = [&](const auto &each) { return each.owner == kDana || each.id == ids_[1]; };
  for (const Level level : {Level::organization, Level::global}) {
    auto asked = query(backoffice(kDana, level));
    asked.orders = {{ConversationField::id, false}};
    asked.own = false;
    EXPECT_EQ(listed(asked), where([&](const auto &each) { return !mine(each); }));
    EXPECT_EQ(store().count_conversations(asked).value(), static_cast<std::int64_t>(listed(asked).size()));
    asked.orders.clear();
    EXPECT_THAT(listed(asked), SizeIs(where([&](const auto &each) { return !mine(each); }).size()));
  }
  auto asked = query(backoffice(kDana, Level::user));
  asked.own = false;
  EXPECT_THAT(listed(asked), IsEmpty());
}

TEST_P(ListFilterTest, NoValues) {
  for (const auto field : {ConversationField::id, ConversationField::name, ConversationField::status,
                           ConversationField::owner, ConversationField::context}) {
    EXPECT_THAT(filtered(field, Operator::equal, {}), IsEmpty());
    EXPECT_EQ(filtered(field, Operator::not_equal, {}), ids_);
  }
}

TEST_P(ListFilterTest, ConditionsHoldTogether) {
  auto asked = query();
  asked.conditions = {{ConversationField::owner, Operator::equal, {is(kJohn)}},
                      {ConversationField::status, Operator::equal, {is(Status::closed)}}};
  EXPECT_THAT(listed(asked), SizeIs(3)) << "3, 9 and 12 are John's";
  asked.conditions.push_back({ConversationField::id, Operator::equal, {is(ids_[3])}});
  EXPECT_THAT(listed(asked), ElementsAre(ids_[3]));
}

TEST_P(ListFilterTest, WrongOperatorsAndOrdersAreMalformed) {
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

} // namespace
} // namespace parley::tests
