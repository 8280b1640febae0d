// The history of a conversation: conversationevents (N4, A10).
#include "feed_fixture.hpp"

namespace {

using contract::BareHost;
using contract::Documents;
using contract::Errors;
using contract::Feed;
using contract::view;
using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

TEST_F(Feed, N4_TheHistoryOfAConversation) {
  const std::string id = begin();
  begin();
  note(id);
  rename(id, "A new name");
  const std::string field = "conversation";
  const parley_str value = view(id);
  parley_filter filter{};
  filter.size = sizeof filter;
  filter.operation = PARLEY_FILTER_EQUAL;
  filter.field = view(field);
  filter.values = &value;
  filter.value_count = 1;
  parley_query query = BareHost::query();
  query.filters = &filter;
  query.filter_count = 1;
  const parley_entity &entity = host_->entity("conversationevents");
  const Documents documents;
  const Errors errors;
  ASSERT_EQ(entity.query(entity.context, &admin_.call, &query, documents, errors), PARLEY_OK) << errors.text();
  ASSERT_THAT(documents.all(), SizeIs(3));
  const json &newest = documents.all()[0];
  EXPECT_EQ(newest["type"], "conversationevents");
  EXPECT_EQ(newest["id"], "4");
  EXPECT_EQ(newest["attributes"]["kind"], "edited");
  EXPECT_EQ(newest["attributes"]["actorName"], "A title");
  EXPECT_EQ(newest["attributes"]["changes"], json({{"name", {{"from", "Where is it?"}, {"to", "A new name"}}}}));
  EXPECT_EQ(newest["relationships"]["conversation"]["data"]["id"], id);
  EXPECT_EQ(newest["relationships"]["actor"]["data"]["id"], "1");
  EXPECT_EQ(documents.all()[1]["attributes"]["messageIndex"], 1);
  EXPECT_THAT(documents.all()[1].dump(), Not(HasSubstr("words")));

  const std::vector<parley_str> ids{view("2"), view("4"), view("nonsense"), view("99")};
  parley_get get{};
  get.size = sizeof get;
  get.flags = PARLEY_QUERY_ALL_FIELDS;
  get.ids = ids.data();
  get.id_count = ids.size();
  const Documents found;
  ASSERT_EQ(entity.get_many(entity.context, &admin_.call, &get, found, errors), PARLEY_OK);
  EXPECT_THAT(found.all(), SizeIs(2));
  const Documents none;
  ASSERT_EQ(entity.get_many(entity.context, &dana_.call, &get, none, errors), PARLEY_OK);
  EXPECT_THAT(none.all(), IsEmpty()) << "she takes no part in it";
  EXPECT_NE(entity.query(entity.context, &amanda_.call, &query, none, errors), PARLEY_OK) << "not in the storefront";
  EXPECT_THAT(none.all(), IsEmpty());
}

} // namespace
