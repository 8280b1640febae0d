#include "plugin/abi/queries.hpp"

#include <parley/cpp/strings.hpp>

#include <gtest/gtest.h>

#include <deque>
#include <set>
#include <string>
#include <vector>

namespace {

namespace cpp = parley::cpp;
namespace domain = parley::domain;
namespace store = parley::store;
using domain::Code;
using store::ConversationField;
using store::Operator;

/// A parley_query with what it points to.
class Query {
public:
  Query() {
    query_.size = static_cast<std::uint32_t>(sizeof query_);
    query_.filter_size = static_cast<std::uint32_t>(sizeof(parley_filter));
    query_.sort_size = static_cast<std::uint32_t>(sizeof(parley_sort));
    query_.page_size = 25;
  }

  Query &filter(std::uint32_t operation, const char *field, const char *type, std::vector<std::string> values) {
    auto &shown = values_.emplace_back();
    for (std::string &value : values) {
      shown.push_back(cpp::str(texts_.emplace_back(std::move(value))));
    }
    parley_filter filter{};
    filter.size = static_cast<std::uint32_t>(sizeof filter);
    filter.operation = operation;
    filter.field = parley_str_of(field);
    filter.type = parley_str_of(type);
    filter.values = shown.data();
    filter.value_count = shown.size();
    filters_.push_back(filter);
    return *this;
  }
  Query &equal(const char *field, std::string value) {
    return filter(PARLEY_FILTER_EQUAL, field, "", {std::move(value)});
  }
  Query &sort(const char *field, bool descending = false) {
    parley_sort sort{};
    sort.size = static_cast<std::uint32_t>(sizeof sort);
    sort.descending = descending ? 1 : 0;
    sort.field = parley_str_of(field);
    sorts_.push_back(sort);
    return *this;
  }
  parley_query &raw() { return query_; }
  const parley_query &get() {
    query_.filters = filters_.data();
    query_.filter_count = filters_.size();
    query_.sorts = sorts_.data();
    query_.sort_count = sorts_.size();
    return query_;
  }

private:
  parley_query query_{};
  std::vector<parley_filter> filters_;
  std::vector<parley_sort> sorts_;
  std::deque<std::string> texts_;
  std::deque<std::vector<parley_str>> values_;
};

parley::abi::Types types() {
  parley::abi::Types result;
  result.records = {"orders", "rfqs", "users"};
  result.users = {"users"};
  result.customers = {"customers"};
  result.customer_users = {"customerusers"};
  return result;
}

template <class Value>
std::set<std::string> parameters(const domain::Result<Value> &read) {
  std::set<std::string> result;
  if (read.ok()) {
    ADD_FAILURE() << "was read";
    return result;
  }
  EXPECT_EQ(read.failure().code, Code::malformed);
  for (const domain::Fault &fault : read.failure().faults) {
    EXPECT_TRUE(fault.pointer.empty());
    result.insert(fault.parameter);
  }
  return result;
}

TEST(ConversationQuery, TranslatesFilters) {
  Query query;
  query.equal("name", "Größe")
      .filter(PARLEY_FILTER_GREATER_OR_EQUAL, "createdAt", "", {"1970-01-01T00:00:01Z"})
      .filter(PARLEY_FILTER_NOT_EQUAL, "status", "", {"active", "closed"})
      .equal("owner", "1")
      .filter(PARLEY_FILTER_EQUAL, "source", "orders", {"17", "18"})
      .filter(PARLEY_FILTER_EXISTS, "customer", "", {"false"})
      .equal("messagesNumber", "3");
  const auto read = parley::abi::conversation_query(query.get(), types(), domain::Audience::backoffice);
  ASSERT_TRUE(read);
  const auto &conditions = read->conditions;
  ASSERT_EQ(conditions.size(), 7U);
  EXPECT_EQ(conditions[0].values[0].text, "Größe");
  EXPECT_EQ(conditions[1].field, ConversationField::created);
  EXPECT_EQ(conditions[1].operation, Operator::greater_or_equal);
  EXPECT_EQ(conditions[1].values[0].number, 1'000'000);
  EXPECT_EQ(conditions[2].values[1].status, domain::Status::closed);
  EXPECT_EQ(conditions[3].values[0].reference, (domain::Reference{"users", "1"}));
  EXPECT_EQ(conditions[4].values[1].reference, (domain::Reference{"orders", "18"}));
  EXPECT_EQ(conditions[5].operation, Operator::exists);
  EXPECT_EQ(conditions[5].values[0].number, 0);
  EXPECT_EQ(conditions[6].values[0].number, 3);
}

TEST(ConversationQuery, A10_TakesWhatIsSearchedForAsItIs) {
  Query query;
  query.filter(PARLEY_FILTER_SEARCH, "", "", {"  late ", "order "});
  const auto read = parley::abi::conversation_query(query.get(), types(), domain::Audience::backoffice);
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->conditions.empty());
  EXPECT_TRUE(read->orders.empty());
  ASSERT_TRUE(read->search);
  EXPECT_EQ(read->search->text, "  late  order ");
}

TEST(ConversationQuery, A10_SearchesForTextAlone) {
  Query query;
  query.filter(PARLEY_FILTER_SEARCH, "", "", {"\xFF"});
  const auto read = parley::abi::conversation_query(query.get(), types(), domain::Audience::backoffice);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.failure().faults.front().parameter, "filter[search]");
}

TEST(ConversationQuery, B10_TakesOnesOwnAlone) {
  const auto read = [](Query &query, domain::Audience audience = domain::Audience::backoffice) {
    return parley::abi::conversation_query(query.get(), types(), audience);
  };
  Query own;
  own.equal("mine", "true");
  ASSERT_TRUE(read(own).ok());
  EXPECT_EQ(read(own)->own, true);
  EXPECT_TRUE(read(own)->conditions.empty());
  EXPECT_EQ(parameters(read(own, domain::Audience::storefront)), std::set<std::string>{"filter[mine]"});
  Query of_others;
  of_others.equal("mine", "false");
  ASSERT_TRUE(read(of_others).ok());
  EXPECT_EQ(read(of_others)->own, false);
  Query neither;
  neither.equal("mine", "perhaps");
  EXPECT_EQ(parameters(read(neither)), std::set<std::string>{"filter[mine]"});
  Query both;
  both.equal("mine", "true").equal("mine", "false");
  EXPECT_EQ(parameters(read(both)), std::set<std::string>{"filter[mine]"});
  Query greater;
  greater.filter(PARLEY_FILTER_GREATER, "mine", "", {"true"});
  EXPECT_EQ(parameters(read(greater)), std::set<std::string>{"filter[mine][greater]"});
}

TEST(ConversationQuery, A4_IdsOfSeveralTypesAreAlternatives) {
  Query query;
  query.filter(PARLEY_FILTER_EQUAL, "source", "orders", {"17", "18"})
      .filter(PARLEY_FILTER_EQUAL, "source", "rfqs", {"17"})
      .filter(PARLEY_FILTER_NOT_EQUAL, "source", "users", {"18"});
  const auto read = parley::abi::conversation_query(query.get(), types(), domain::Audience::backoffice);
  ASSERT_TRUE(read);
  ASSERT_EQ(read->conditions.size(), 2U);
  ASSERT_EQ(read->conditions[0].values.size(), 3U);
  EXPECT_EQ(read->conditions[0].values[2].reference, (domain::Reference{"rfqs", "17"}));
  EXPECT_EQ(read->conditions[1].operation, Operator::not_equal);
}

TEST(ConversationQuery, B7_TheAuthorOfTheLastMessageIsForTheBackOffice) {
  Query query;
  query.filter(PARLEY_FILTER_EQUAL, "lastMessageSender", "users", {"3"})
      .filter(PARLEY_FILTER_EQUAL, "lastMessageSender", "customerusers", {"3"});
  const auto read = parley::abi::conversation_query(query.get(), types(), domain::Audience::backoffice);
  ASSERT_TRUE(read);
  ASSERT_EQ(read->conditions.size(), 1U);
  EXPECT_EQ(read->conditions[0].field, ConversationField::last_sender);
  EXPECT_EQ(read->conditions[0].values.size(), 2U);
  EXPECT_EQ(parameters(parley::abi::conversation_query(query.get(), types(), domain::Audience::storefront)),
            (std::set<std::string>{"filter[lastMessageSender][users]", "filter[lastMessageSender][customerusers]"}));
}

TEST(MessageQuery, A10_IsByRelevanceUnlessItIsSorted) {
  Query query;
  query.filter(PARLEY_FILTER_SEARCH, "", "", {"late"});
  const auto read = parley::abi::message_query(query.get());
  ASSERT_TRUE(read);
  ASSERT_TRUE(read->search);
  EXPECT_EQ(read->search->text, "late");
  EXPECT_TRUE(read->by_relevance);
  query.sort("createdAt", true);
  EXPECT_FALSE(parley::abi::message_query(query.get())->by_relevance);
}

TEST(ConversationQuery, TranslatesSortAndPage) {
  Query query;
  query.sort("lastMessageAt", true).sort("name").sort("customerUser");
  query.raw().page_size = 1000;
  query.raw().flags = PARLEY_QUERY_WANT_TOTAL;
  query.raw().after = parley_str_of("cursor");
  const auto read = parley::abi::conversation_query(query.get(), types(), domain::Audience::backoffice);
  ASSERT_TRUE(read);
  ASSERT_EQ(read->orders.size(), 3U);
  EXPECT_EQ(read->orders[0].field, ConversationField::last_message);
  EXPECT_TRUE(read->orders[0].descending);
  EXPECT_FALSE(read->orders[1].descending);
  EXPECT_EQ(read->paging.size, 1000U);
  EXPECT_TRUE(read->paging.want_total);
  EXPECT_EQ(read->paging.after, "cursor");
}

TEST(ConversationQuery, TheStorefrontIsNotSortedByTheNamesOfRecords) {
  for (const char *field : {"owner", "customer", "customerUser"}) {
    Query query;
    query.sort(field);
    EXPECT_TRUE(parley::abi::conversation_query(query.get(), types(), domain::Audience::backoffice)) << field;
    EXPECT_EQ(parameters(parley::abi::conversation_query(query.get(), types(), domain::Audience::storefront)),
              (std::set<std::string>{"sort"}));
  }
}

TEST(ConversationQuery, NamesEveryWrongParameter) {
  Query query;
  query.equal("colour", "red")
      .filter(PARLEY_FILTER_GREATER, "createdAt", "", {"yesterday"})
      .filter(PARLEY_FILTER_LESS, "messagesNumber", "", {"1.5"})
      .filter(PARLEY_FILTER_GREATER, "name", "", {"a"})
      .filter(PARLEY_FILTER_CONTAINS, "name", "", {"a\xFF"})
      .equal("name", std::string("a\0", 2))
      .equal("status", "lost")
      .equal("source", "17")
      .filter(PARLEY_FILTER_EQUAL, "source", "conversations", {"17"})
      .filter(PARLEY_FILTER_EXISTS, "customer", "", {"maybe"})
      .filter(PARLEY_FILTER_LESS, "updatedAt", "", {"1970-01-01T00:00:01Z", "1970-01-01T00:00:01Z"})
      .equal("owner", "")
      .equal("customerUser", std::string(65, '7'))
      .filter(99, "createdAt", "", {"x"})
      .sort("source");
  query.raw().page_size = 1001;
  EXPECT_EQ(parameters(parley::abi::conversation_query(query.get(), types(), domain::Audience::backoffice)),
            (std::set<std::string>{"filter[colour]", "filter[createdAt][greater]", "filter[messagesNumber][less]",
                                   "filter[name][greater]", "filter[name][contains]", "filter[name]", "filter[status]",
                                   "filter[source]", "filter[source][conversations]", "filter[customer][exists]",
                                   "filter[updatedAt][less]", "filter[owner]", "filter[customerUser]",
                                   "filter[createdAt]", "sort", "page[size]"}));
}

TEST(ConversationQuery, TakesOneKindOfPaging) {
  Query cursors;
  cursors.raw().after = parley_str_of("a");
  cursors.raw().before = parley_str_of("b");
  EXPECT_EQ(parameters(parley::abi::conversation_query(cursors.get(), types(), domain::Audience::backoffice)),
            (std::set<std::string>{"page[before]"}));
  Query both;
  both.raw().after = parley_str_of("a");
  both.raw().page_number = 2;
  EXPECT_EQ(parameters(parley::abi::conversation_query(both.get(), types(), domain::Audience::backoffice)),
            (std::set<std::string>{"page[number]"}));
  Query none;
  none.raw().page_size = 0;
  EXPECT_EQ(parameters(parley::abi::conversation_query(none.get(), types(), domain::Audience::backoffice)),
            (std::set<std::string>{"page[size]"}));
}

TEST(MessageQuery, TranslatesFilters) {
  Query query;
  query.equal("conversation", "17")
      .filter(PARLEY_FILTER_LESS, "index", "", {"9"})
      .equal("messageType", "text")
      .sort("index");
  const auto read = parley::abi::message_query(query.get());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->conversation, 17);
  ASSERT_EQ(read->conditions.size(), 1U);
  EXPECT_EQ(read->conditions[0].operation, Operator::less);
  EXPECT_EQ(read->conditions[0].value, 9);
  EXPECT_EQ(read->type, domain::MessageType::text);
  EXPECT_FALSE(read->descending);
}

TEST(MessageQuery, NewestFirstWhenNothingIsSaid) {
  const auto read = parley::abi::message_query(Query().get());
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->descending);
  EXPECT_FALSE(read->conversation);
}

TEST(MessageQuery, WhatIsNoIdFindsNothing) {
  Query query;
  query.equal("conversation", "17x");
  const auto read = parley::abi::message_query(query.get());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->conversation, 0);
}

TEST(MessageQuery, NamesEveryWrongParameter) {
  Query query;
  query.filter(PARLEY_FILTER_EQUAL, "conversation", "", {"1", "2"})
      .equal("body", "x")
      .equal("index", "first")
      .equal("messageType", "song")
      .filter(PARLEY_FILTER_CONTAINS, "createdAt", "", {"x"})
      .sort("body");
  EXPECT_EQ(parameters(parley::abi::message_query(query.get())),
            (std::set<std::string>{"filter[conversation]", "filter[body]", "filter[index]", "filter[messageType]",
                                   "filter[createdAt][contains]", "sort"}));
}

TEST(ParticipantQuery, KnowsConversationsOnly) {
  Query query;
  query.equal("conversation", "17");
  const auto read = parley::abi::participant_query(query.get());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->conversation, 17);
  Query wrong;
  wrong.equal("author", "1").sort("author");
  EXPECT_EQ(parameters(parley::abi::participant_query(wrong.get())), (std::set<std::string>{"filter[author]", "sort"}));
}

TEST(Query, OfAnOlderWriterIsNotRead) {
  Query query;
  EXPECT_TRUE(parley::abi::readable(&query.get()));
  query.raw().size = 16;
  EXPECT_FALSE(parley::abi::readable(&query.get()));
  EXPECT_FALSE(parley::abi::readable(static_cast<const parley_query *>(nullptr)));
}

TEST(Query, HasSparseFields) {
  Query query;
  const parley_str fields[] = {parley_str_of("name")};
  query.raw().fields = fields;
  query.raw().field_count = 1;
  EXPECT_TRUE(parley::abi::fields_of(query.get()).has("name"));
  EXPECT_FALSE(parley::abi::fields_of(query.get()).has("owner"));
  query.raw().flags = PARLEY_QUERY_ALL_FIELDS;
  EXPECT_TRUE(parley::abi::fields_of(query.get()).has("owner"));
}

} // namespace
