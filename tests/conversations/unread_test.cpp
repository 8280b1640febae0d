// Unread, through the plugin and the router: GET /conversations/unread, mark-all-read, mark-unread (B10, B11, A10).
#include "tests/conversations/started_plugin.hpp"

namespace {

using contract::admin;
using contract::amanda;
using contract::nora;
using contract::Response;
using nlohmann::json;
using testing::SizeIs;

class Unread : public contract::StartedPlugin {
protected:
  std::string ask(const std::string &text) const { return StartedPlugin::ask("Where is it?", text); }

  void say(const contract::Actor &actor, const std::string &conversation, const std::string &text) const {
    const Response said = send(actor, conversation, {{"body", text}});
    ASSERT_EQ(said.status, 201U) << said;
  }

  json unread(const contract::Actor &actor) {
    const Response response = host_.get(actor, "/conversations/unread");
    EXPECT_EQ(response.status, 200U) << response;
    return response.body;
  }
};

TEST_F(Unread, B10_NobodyHasAnythingUnreadAtFirst) {
  const json nothing = unread(amanda);
  EXPECT_EQ(nothing["meta"]["count"], 0);
  EXPECT_EQ(nothing["meta"]["more"], false);
  EXPECT_THAT(nothing["data"], SizeIs(0)) << "documents, though there are none";
}

TEST_F(Unread, B10_AnAnswerIsUnreadAndComesWithItsPreview) {
  const std::string id = ask("Has my order been sent?");
  EXPECT_EQ(unread(amanda)["meta"]["count"], 0) << "her own words";
  say(admin, id, "It leaves **today**.");
  const json one = unread(amanda);
  EXPECT_EQ(one["meta"]["count"], 1);
  ASSERT_THAT(one["data"], SizeIs(1));
  EXPECT_EQ(one["data"][0]["id"], id);
  EXPECT_EQ(one["data"][0]["meta"]["labels"]["lastMessagePreview"], "It leaves today.");
  EXPECT_EQ(one["data"][0]["meta"]["labels"]["lastMessageAuthor"], "John Doe");
  EXPECT_EQ(one["data"][0]["meta"]["lastMessageMine"], false);
  EXPECT_TRUE(one["data"][0]["attributes"]["lastMessageAt"].is_string());
  EXPECT_EQ(unread(nora)["meta"]["count"], 0);
}

TEST_F(Unread, B10_MarksAllAsRead) {
  for (int each = 0; each < 7; ++each) {
    say(admin, ask("Hello"), "Hello to you");
  }
  const json before = unread(amanda);
  EXPECT_EQ(before["meta"]["count"], 7);
  EXPECT_THAT(before["data"], SizeIs(5)) << "the latest alone";
  const Response marked = host_.request(amanda, "POST", "/conversations/mark-all-read");
  EXPECT_EQ(marked.status, 200U) << marked;
  EXPECT_EQ(marked.body["meta"]["marked"], 7);
  EXPECT_EQ(unread(amanda)["meta"]["count"], 0);
}

TEST_F(Unread, B11_MarksOneAsUnread) {
  const std::string id = ask("Hello");
  const Response set = host_.request(amanda, "POST", "/conversations/" + id + "/mark-unread");
  ASSERT_EQ(set.status, 200U) << set;
  EXPECT_EQ(set.body["data"]["attributes"]["unread"], true);
  EXPECT_EQ(unread(amanda)["meta"]["count"], 1);
  EXPECT_EQ(host_.request(nora, "POST", "/conversations/" + id + "/mark-unread").status, 404U);
  EXPECT_EQ(host_.request(admin, "POST", "/conversations/" + id + "/mark-unread").status, 409U) << "takes no part";
}

TEST_F(Unread, B11_ToMarkAsReadNeedsANumber) {
  const std::string id = ask("Hello");
  say(admin, id, "Hello to you");
  const std::string mark = "/conversations/" + id + "/mark-read";
  for (const json &body :
       {json(), json::object(), json{{"meta", json::object()}}, json{{"meta", {{"index", "one"}}}}}) {
    const Response refused = host_.request(amanda, "POST", mark, body);
    EXPECT_EQ(refused.status, 422U) << refused;
    ASSERT_THAT(refused.body["errors"], SizeIs(1)) << refused;
    EXPECT_EQ(refused.body["errors"][0]["source"]["pointer"], "/meta/index") << refused;
    EXPECT_EQ(refused.body["errors"][0]["code"],
              body.dump().find("one") == std::string::npos ? "missing" : "wrong-type");
  }
  EXPECT_EQ(unread(amanda)["meta"]["count"], 1);
  EXPECT_EQ(host_.request(amanda, "POST", mark, {{"meta", {{"index", 2}}}}).status, 200U);
  EXPECT_EQ(unread(amanda)["meta"]["count"], 0);
}

TEST_F(Unread, OnlyItsMethodsAreAnswered) {
  EXPECT_EQ(host_.request(amanda, "POST", "/conversations/unread").status, 405U);
  EXPECT_EQ(host_.get(amanda, "/conversations/mark-all-read").status, 405U);
}

} // namespace
