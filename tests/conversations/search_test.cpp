// Search through the plugin and the router (A10, B7, B13): what people type is what they find, in both applications.
#include "tests/conversations/started_plugin.hpp"

namespace {

using contract::admin;
using contract::amanda;
using contract::document;
using contract::Response;
using nlohmann::json;
using testing::ElementsAre;
using testing::IsEmpty;

class Search : public contract::StartedPlugin {
protected:
  std::vector<std::string> found(const contract::Actor &actor, const std::string &path) {
    const Response response = host_.get(actor, path);
    EXPECT_EQ(response.status, 200U) << path << response;
    std::vector<std::string> ids;
    for (const json &each : response.body["data"]) {
      ids.push_back(each["id"]);
    }
    EXPECT_EQ(response.body["meta"]["page"]["total"], ids.size()) << path << response;
    return ids;
  }
  std::vector<std::string> conversations(const contract::Actor &actor, const std::string &query) {
    return found(actor, "/conversations?page[total]=true&" + query);
  }
  std::vector<std::string> messages(const contract::Actor &actor, const std::string &query) {
    return found(actor, "/conversationmessages?page[total]=true&" + query);
  }
};

TEST_F(Search, A10_InNamesAndMessagesOfBothApplications) {
  const std::string first = ask("Caf\u00e9 chairs", "Where is **ORD-1001**?");
  const std::string second = ask("Tables", "The caf\u00e9 waits");
  for (const auto &actor : {admin, amanda}) {
    EXPECT_THAT(conversations(actor, "filter[search]=CAFE"), ElementsAre(first, second));
    EXPECT_THAT(conversations(actor, "filter[search]=CAFE&sort=-lastMessageAt"), ElementsAre(second, first));
    EXPECT_THAT(conversations(actor, "filter[search]=ord-10"), ElementsAre(first));
    EXPECT_THAT(conversations(actor, "filter[search]=cafe%20waits&filter[status]=active"), ElementsAre(second));
    EXPECT_THAT(conversations(actor, "filter[search]=cafe,waits"), ElementsAre(second));
    EXPECT_THAT(messages(actor, "filter[search]=1001"), ElementsAre(first + "-1"));
    EXPECT_THAT(messages(actor, "filter[search]=cafe&filter[conversation]=" + second), ElementsAre(second + "-1"));
    EXPECT_THAT(messages(actor, "filter[search]=cafe&filter[conversation]=" + first), IsEmpty());
  }
}

TEST_F(Search, A10_ANewNameIsFound) {
  const std::string id = ask("Before", "x");
  ASSERT_EQ(host_
                .request(admin, "PATCH", "/conversations/" + id,
                         document("conversations", {{"name", "Afterwards"}}, nullptr, id))
                .status,
            200U);
  EXPECT_THAT(conversations(admin, "filter[search]=after"), ElementsAre(id));
  EXPECT_THAT(conversations(admin, "filter[search]=before"), IsEmpty());
}

TEST_F(Search, B13_NotesAreFoundInTheBackOfficeAlone) {
  const std::string id = ask("Chairs", "x");
  ASSERT_EQ(send(admin, id, {{"body", "A secret"}, {"visibility", "internal"}}).status, 201U);
  EXPECT_THAT(conversations(admin, "filter[search]=secret"), ElementsAre(id));
  EXPECT_THAT(messages(admin, "filter[search]=secret"), ElementsAre(id + "-2"));
  EXPECT_THAT(conversations(amanda, "filter[search]=secret"), IsEmpty());
  EXPECT_THAT(messages(amanda, "filter[search]=secret"), IsEmpty());
  EXPECT_THAT(messages(amanda, "filter[search]=secret&sort=createdAt&filter[conversation]=" + id), IsEmpty());
}

TEST_F(Search, A10_BlankIsNoSearchAndPunctuationFindsNothing) {
  const std::string id = ask("Chairs?!", "...");
  EXPECT_THAT(conversations(admin, "filter[search]=%20"), ElementsAre(id));
  EXPECT_THAT(messages(admin, "filter[search]=%20"), ElementsAre(id + "-1"));
  EXPECT_THAT(conversations(admin, "filter[search]=...%20!"), IsEmpty());
  EXPECT_THAT(messages(admin, "filter[search]=..."), IsEmpty());
}

TEST_F(Search, A4_WhatNoIndexWouldTakeIsNoFault) {
  ask("Chairs", "x");
  for (const char *words : {"%22", "chairs%20AND", "chairs*", "NEAR(chairs)", "name_words:chairs", "%27%20or%201=1--",
                            "%25", "_", "-chairs", "%2Bchairs%20-x", "(", "%5C"}) {
    EXPECT_EQ(host_.get(admin, std::string("/conversations?filter[search]=") + words).status, 200U) << words;
    EXPECT_EQ(host_.get(amanda, std::string("/conversationmessages?filter[search]=") + words).status, 200U) << words;
  }
  EXPECT_EQ(host_.get(admin, "/conversations?filter[search]=%00").status, 400U);
}

} // namespace
