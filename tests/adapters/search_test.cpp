/// Search: the same words find the same rows in the same order on every database.
#include <algorithm>

#include "plugin/text/words.hpp"
#include "tests/adapters/support/store_test.hpp"

namespace parley::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

/// More than the index is asked for: then words are looked at row by row.
constexpr int kMany = 2001;

class SearchTest : public StoreTest {
protected:
  ConversationId named(const std::string &name) {
    auto command = sample(name);
    command.name_words = text::index_tokens(name);
    return start(command);
  }
  domain::Number tell(ConversationId conversation, const Reference &sender, const std::string &body,
                      Visibility visibility = Visibility::everybody) {
    auto command = message(conversation, sender, body, visibility);
    command.message.words = text::index_tokens_of_markdown(body);
    const auto appended = store().append(command);
    EXPECT_TRUE(appended);
    return appended ? appended->message.index : 0;
  }

  static store::ConversationQuery query(const std::string &words, const Scope &scope = everything()) {
    store::ConversationQuery result;
    result.scope = scope;
    result.search = store::Search{words, text::search_tokens(words), {}};
    return result;
  }
  static store::MessageQuery message_query(const std::string &words, const Scope &scope = everything()) {
    store::MessageQuery result;
    result.scope = scope;
    result.search = store::Search{words, text::search_tokens(words), {}};
    result.by_relevance = true;
    return result;
  }

  /// Found, and counted.
  std::vector<ConversationId> found(const std::string &words, const Scope &scope = everything()) {
    const auto asked = query(words, scope);
    auto ids = listed(asked);
    const auto count = store().count_conversations(asked);
    EXPECT_TRUE(count);
    EXPECT_EQ(count.value(), static_cast<std::int64_t>(ids.size())) << words;
    return ids;
  }
  std::vector<std::string> bodies(const store::MessageQuery &asked) {
    std::vector<std::string> texts;
    auto counted = asked;
    counted.paging.want_total = true;
    const auto page = store().messages(counted);
    EXPECT_TRUE(page);
    for (const auto &each : page->rows) {
      texts.push_back(each.message.body);
    }
    EXPECT_EQ(page->total, static_cast<std::int64_t>(texts.size()));
    return texts;
  }
  std::vector<std::string> messages_with(const std::string &words, const Scope &scope = everything()) {
    return bodies(message_query(words, scope));
  }

  /// The whole list, page by page: forwards by cursor, backwards by cursor, by number.
  template <class Query, class Read>
  void expect_same_by_all_pages(Query asked, const std::vector<ConversationId> &all, const Read &read) {
    for (const std::uint32_t size : {1U, 2U, 3U}) {
      std::vector<ConversationId> forwards;
      std::vector<ConversationId> backwards;
      std::vector<ConversationId> numbered;
      asked.paging = {};
      asked.paging.size = size;
      std::string last;
      for (bool more = true; more;) {
        const auto page = read(asked);
        for (const auto &each : page.rows) {
          forwards.push_back(id_of(each));
          last = each.cursor;
        }
        EXPECT_EQ(page.has_previous, !asked.paging.after.empty());
        more = page.has_next;
        asked.paging.after = last;
      }
      EXPECT_EQ(forwards, all);
      asked.paging = {};
      asked.paging.size = size;
      asked.paging.before = last;
      for (bool more = true; more;) {
        const auto page = read(asked);
        std::vector<ConversationId> ids;
        for (const auto &each : page.rows) {
          ids.push_back(id_of(each));
        }
        backwards.insert(backwards.begin(), ids.begin(), ids.end());
        EXPECT_TRUE(page.has_next);
        more = page.has_previous;
        asked.paging.before = page.rows.empty() ? std::string() : page.rows.front().cursor;
      }
      EXPECT_EQ(backwards, std::vector<ConversationId>(all.begin(), all.end() - 1));
      asked.paging = {};
      asked.paging.size = size;
      for (bool more = true; more;) {
        ++asked.paging.number;
        const auto page = read(asked);
        for (const auto &each : page.rows) {
          numbered.push_back(id_of(each));
        }
        more = page.has_next;
      }
      EXPECT_EQ(numbered, all);
    }
  }
  static std::int64_t id_of(const store::ConversationRow &row) { return row.conversation.id; }
  static std::int64_t id_of(const store::MessageRow &row) {
    return row.message.conversation * 100'000 + row.message.index;
  }
};

PARLEY_ON_EVERY_DATABASE(SearchTest);

TEST_P(SearchTest, B7_FindsNamesAndMessages) {
  const auto first = named("Late delivery");
  const auto second = named("Order ORD-1001");
  tell(second, kAmanda, "Why is the **delivery** so late?");
  named("Something else");
  EXPECT_THAT(found("delivery late"), ElementsAre(first, second));
  EXPECT_THAT(found("why"), ElementsAre(second));
  EXPECT_THAT(messages_with("late"), ElementsAre("Why is the **delivery** so late?"));
  EXPECT_THAT(found("delivery invoice"), IsEmpty());
}

TEST_P(SearchTest, A10_AllWordsStandInOneName) {
  const auto id = named("Late");
  tell(id, kAmanda, "delivery");
  tell(id, kAmanda, "invoice");
  EXPECT_THAT(found("late delivery"), IsEmpty());
  EXPECT_THAT(found("delivery invoice"), IsEmpty());
}

TEST_P(SearchTest, A10_ACorpusInTenScripts) {
  const std::vector<std::pair<std::string, std::vector<std::string>>> corpus = {
      {"Straße in İstanbul, Café Łódź", {"strasse", "STRASSE", "istanbul", "cafe", "lodz", "caf"}},
      {"Η οδός της Ελλάδας", {"ΟΔΟΣ", "ελλαδας", "ελλάδ"}},
      {"Заказ ещё не пришёл, мой адрес", {"ЗАКАЗ", "еще", "пришел", "мой"}},
      {"שָׁלוֹם עולם", {"שלום", "עולם"}},
      {"مُحَمَّد أحمد طلب ١٠٠١", {"محمد", "احمد", "1001"}},
      {"मेरा ऑर्डर कहाँ है", {"मेरा", "ऑर्डर", "कहाँ"}},
      {"您的订单已经发货", {"订单", "单已经", "发", "货"}},
      {"ご注文ありがとうございますｻｰﾊﾞｰ", {"注文", "がとう", "サーバー"}},
      {"주문을 확인했습니다", {"주문", "확인했습니다"}},
      {"ขอสินค้าใหม่", {"สินค้า", "ใหม่", "ข"}},
      {"Order ORD-1001 for amanda@example.com 👍",
       {"ord-1001", "ORD 1001", "ord1001", "ord-10", "amanda@example.com", "example", "👍"}},
  };
  std::vector<ConversationId> names;
  std::vector<ConversationId> messages;
  for (const auto &[text, searches] : corpus) {
    names.push_back(named(text));
    messages.push_back(named("Nothing"));
    tell(messages.back(), kAmanda, text);
  }
  for (std::size_t at = 0; at < corpus.size(); ++at) {
    for (const std::string &search : corpus[at].second) {
      if (search == "1001") {
        continue; // stands in two
      }
      EXPECT_THAT(found(search), ElementsAre(names[at], messages[at])) << search;
      EXPECT_THAT(messages_with(search), ElementsAre(corpus[at].first)) << search;
    }
  }
  EXPECT_THAT(found("1001"), UnorderedElementsAre(names[4], messages[4], names[10], messages[10]));
  for (const char *search : {"мои", "订货", "문을", "1002", "👎", "ελλάδια", "rasse"}) {
    EXPECT_THAT(found(search), IsEmpty()) << search;
    EXPECT_THAT(messages_with(search), IsEmpty()) << search;
  }
}

TEST_P(SearchTest, A10_ByRelevanceThenNewestFirst) {
  const auto in_message = named("One");
  const auto beginning = named("Orders of May");
  const auto whole_old = named("Order of May");
  const auto whole_new = named("May: order");
  tell(whole_old, kAmanda, "x");
  tell(whole_new, kAmanda, "x");
  tell(beginning, kAmanda, "x");
  tell(in_message, kAmanda, "the order of may");
  EXPECT_THAT(found("order may"), ElementsAre(whole_new, whole_old, beginning, in_message));
  auto by_time = query("order may");
  by_time.orders = {{ConversationField::last_message, true}};
  EXPECT_THAT(listed(by_time), ElementsAre(in_message, beginning, whole_new, whole_old));
  by_time.orders = {{ConversationField::name, false}};
  EXPECT_THAT(listed(by_time), ElementsAre(whole_new, in_message, whole_old, beginning));
}

TEST_P(SearchTest, A10_MessagesByRelevanceAndByTime) {
  const auto one = named("One");
  const auto two = named("Two");
  tell(one, kAmanda, "whole order");
  tell(two, kAmanda, "orders begin so");
  tell(two, kAmanda, "another order");
  EXPECT_THAT(messages_with("order"), ElementsAre("another order", "whole order", "orders begin so"));
  auto asked = message_query("order");
  asked.by_relevance = false;
  EXPECT_THAT(bodies(asked), ElementsAre("another order", "orders begin so", "whole order"));
  asked.conversation = two;
  EXPECT_THAT(bodies(asked), ElementsAre("another order", "orders begin so"));
  asked.by_relevance = true;
  asked.descending = false;
  EXPECT_THAT(bodies(asked), ElementsAre("another order", "orders begin so"));
}

TEST_P(SearchTest, A4_PagesOfASearch) {
  std::vector<ConversationId> ids;
  for (const char *name : {"needle", "other", "needles", "needle two", "other", "other", "needles two"}) {
    ids.push_back(named(name));
    tell(ids.back(), kAmanda, "needle");
    tell(ids.back(), kAmanda, "needles");
  }
  const std::vector<ConversationId> all = {ids[3], ids[0], ids[6], ids[2], ids[5], ids[4], ids[1]};
  EXPECT_EQ(found("needle"), all);
  expect_same_by_all_pages(query("needle"), all, [&](const store::ConversationQuery &asked) {
    auto page = store().conversations(asked);
    EXPECT_TRUE(page);
    return std::move(page).value();
  });
  std::vector<std::int64_t> messages;
  for (const int index : {1, 2}) {
    for (auto at = ids.rbegin(); at != ids.rend(); ++at) {
      messages.push_back(*at * 100'000 + index);
    }
  }
  expect_same_by_all_pages(message_query("needle"), messages, [&](const store::MessageQuery &asked) {
    auto page = store().messages(asked);
    EXPECT_TRUE(page);
    return std::move(page).value();
  });
}

TEST_P(SearchTest, A4_OnlyItsOwnCursors) {
  named("needle");
  named("needle");
  for (const char *cursor : {"x", "0", "0x", "3", "9abc"}) {
    auto asked = query("needle");
    asked.paging.after = cursor;
    const auto page = store().conversations(asked);
    ASSERT_FALSE(page) << cursor;
    EXPECT_EQ(page.failure().code, Code::malformed);
    EXPECT_EQ(page.failure().faults.front().parameter, "page[after]");
    auto messages = message_query("needle");
    messages.paging.before = cursor;
    const auto other = store().messages(messages);
    ASSERT_FALSE(other) << cursor;
    EXPECT_EQ(other.failure().faults.front().parameter, "page[before]");
  }
}

TEST_P(SearchTest, A10_ASearchWithoutWordsFindsNothing) {
  const auto id = named("Order");
  tell(id, kAmanda, "...");
  EXPECT_THAT(found("..."), IsEmpty());
  EXPECT_THAT(messages_with("..."), IsEmpty());
}

TEST_P(SearchTest, A10_FiltersHoldBesideASearch) {
  const auto active = named("needle one");
  const auto closed = named("needle two");
  ASSERT_TRUE(store().perform(transition(closed, "close", {Status::active}, Status::closed)));
  auto asked = query("needle");
  asked.conditions = {{ConversationField::status, Operator::equal, {is(Status::active)}}};
  EXPECT_THAT(listed(asked), ElementsAre(active));
  EXPECT_EQ(store().count_conversations(asked).value(), 1);
}

TEST_P(SearchTest, B13_TheStorefrontDoesNotFindInternalNotes) {
  const auto id = named("Order");
  tell(id, kAmanda, "open words");
  tell(id, kJohn, "secret words", Visibility::internal);
  const auto amanda = storefront(kAmanda, Level::user);
  EXPECT_THAT(found("open", amanda), ElementsAre(id));
  EXPECT_THAT(found("secret", amanda), IsEmpty());
  EXPECT_THAT(messages_with("secret", amanda), IsEmpty());
  EXPECT_THAT(messages_with("words", amanda), ElementsAre("open words"));
  EXPECT_THAT(found("secret"), ElementsAre(id));
  auto inside = message_query("secret", amanda);
  inside.conversation = id;
  EXPECT_THAT(bodies(inside), IsEmpty());
}

TEST_P(SearchTest, S8_NobodyFindsWhatItDoesNotSee) {
  const auto id = named("Order of Acme");
  tell(id, kAmanda, "needle");
  EXPECT_THAT(found("acme", storefront(kNora, Level::unit, {"22"})), IsEmpty());
  EXPECT_THAT(found("needle", storefront(kNora, Level::unit, {"22"})), IsEmpty());
  EXPECT_THAT(messages_with("needle", storefront(kNora, Level::unit, {"22"})), IsEmpty());
  EXPECT_THAT(found("needle", storefront(kBrian, Level::unit, {"21"})), ElementsAre(id));
  EXPECT_THAT(found("needle", storefront(kBrian, Level::user)), IsEmpty());
  EXPECT_THAT(found("needle", backoffice(kDana, Level::user)), IsEmpty());
  EXPECT_THAT(found("needle", backoffice(kDana, Level::unit, {"west"})), IsEmpty());
  EXPECT_THAT(found("needle", backoffice(kDana, Level::unit, {"sales"})), ElementsAre(id));
  EXPECT_THAT(found("needle", backoffice(kDana, Level::organization)), ElementsAre(id));
  EXPECT_THAT(found("needle", backoffice(kDana, Level::none)), IsEmpty());
}

TEST_P(SearchTest, B7_ANewNameIsFoundAndTheOldOneIsNot) {
  const auto id = named("Before");
  auto edited = edition(id);
  edited.name = "After";
  edited.name_words = text::index_tokens("After");
  ASSERT_TRUE(store().edit(edited));
  EXPECT_THAT(found("after"), ElementsAre(id));
  EXPECT_THAT(found("before"), IsEmpty());
  auto other = edition(id);
  other.unit = "west"; // an edit of something else leaves the words
  ASSERT_TRUE(store().edit(other));
  EXPECT_THAT(found("after"), ElementsAre(id));
}

TEST_P(SearchTest, B5_WhatWasDeletedIsNotFound) {
  const auto id = named("Needle");
  tell(id, kAmanda, "needle");
  const auto other = named("Other");
  tell(other, kAmanda, "needle");
  ASSERT_TRUE(store().remove({doing(kJohn), id, everything(), everything(), 0}));
  EXPECT_THAT(found("needle"), ElementsAre(other));
  EXPECT_THAT(messages_with("needle"), ElementsAre("needle"));
}

TEST_P(SearchTest, A10_NothingIsLostWhereVeryManyMatch) {
  const auto first = named("hay");
  tell(first, kAmanda, "needle");
  const auto second = named("hay");
  tell(second, kJohn, "needle", Visibility::internal);
  // Behind the stores: thousands of messages that match, of one conversation of another customer.
  auto foreign = sample("straw");
  foreign.conversation.customer = kGlobex;
  foreign.conversation.customer_user = kNora;
  foreign.conversation.unit = "west";
  foreign.name_words = text::index_tokens("straw");
  const auto third = start(foreign);
  const auto session = database_->session();
  std::string rows;
  for (int index = 1; index <= kMany; ++index) {
    const std::string number = std::to_string(index);
    rows += (rows.empty() ? "(" : ", (") + std::to_string(third) + ", " + number + ", " + number +
            ", 'users', '1', 'users', '1', 'text', 'public', 'needles', '" + text::index_tokens("needles") + "', " +
            number + ", " + number + ")";
  }
  session->execute("insert into {prefix}message (conversation, all_index, public_index, sender_type, sender_id, "
                   "posted_by_type, posted_by_id, type, visibility, body, words, all_created_at, public_created_at) "
                   "values " +
                   rows);
  for (const char *words : {"needle", "needl", "n"}) {
    EXPECT_THAT(found(words, storefront(kBrian, Level::unit, {"21"})), ElementsAre(first)) << words;
    EXPECT_THAT(found(words, backoffice(kJohn, Level::unit, {"sales"})), ElementsAre(second, first, third)) << words;
    EXPECT_THAT(messages_with(words, storefront(kBrian, Level::unit, {"21"})), ElementsAre("needle")) << words;
  }
  EXPECT_THAT(found("needle"), ElementsAre(second, first, third));
  EXPECT_THAT(found("needle", storefront(kNora, Level::unit, {"22"})), ElementsAre(third));
  auto by_name = query("needle");
  by_name.orders = {{ConversationField::name, false}, {ConversationField::id, false}};
  EXPECT_THAT(listed(by_name), ElementsAre(first, second, third));
  auto whole = message_query("needle");
  whole.paging.size = 3;
  const auto page = store().messages(whole);
  ASSERT_TRUE(page);
  ASSERT_EQ(page->rows.size(), 3U);
  EXPECT_EQ(page->rows[0].message.conversation, second);
  EXPECT_EQ(page->rows[1].message.conversation, first);
  EXPECT_EQ(page->rows[2].message.index, kMany);
}

} // namespace
} // namespace parley::tests
