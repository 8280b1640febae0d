// Internal notes through the plugin and the router: written by the back office, and no trace of them outside (B13).
#include "tests/conversations/started_plugin.hpp"

namespace {

using contract::admin;
using contract::amanda;
using contract::document;
using contract::Response;
using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

class Notes : public contract::StartedPlugin {
protected:
  void SetUp() override {
    StartedPlugin::SetUp();
    ASSERT_NE(plugin_, nullptr);
    conversation_ = ask("Where is it?", "Has it been sent?");
  }

  Response send(const contract::Actor &actor, const json &attributes) const {
    return StartedPlugin::send(actor, conversation_, attributes);
  }

  // Everything that the storefront is told of the conversation.
  std::string storefront() {
    std::string all;
    for (const std::string &path :
         {"/conversations/" + conversation_ + "?include=lastMessage,participants,activityTargets",
          "/conversationmessages?filter[conversation]=" + conversation_ + "&page[total]=true",
          std::string("/conversations"), std::string("/conversations/unread"),
          "/conversationparticipants?filter[conversation]=" + conversation_}) {
      all += host_.get(amanda, path).body.dump() + "\n";
    }
    return all;
  }

  std::string conversation_;
};

TEST_F(Notes, B13_AreWrittenByTheBackOfficeAndLeaveNoTraceOutside) {
  ASSERT_EQ(send(admin, {{"body", "It left today."}}).status, 201U);
  const std::string before = storefront();
  const Response note = send(admin, {{"body", "Say nothing of the strike."}, {"visibility", "internal"}});
  ASSERT_EQ(note.status, 201U) << note;
  EXPECT_EQ(note.body["data"]["attributes"]["visibility"], "internal");
  EXPECT_EQ(note.body["data"]["attributes"]["index"], 3);
  EXPECT_EQ(storefront(), before);
  EXPECT_EQ(host_.get(amanda, "/conversationmessages/" + note.body["data"]["id"].get<std::string>()).status, 404U);
  EXPECT_EQ(host_.get(admin, "/conversations/" + conversation_).body["data"]["attributes"]["messagesNumber"], 3);
}

TEST_F(Notes, B13_NeverBecomePublic) {
  const Response note = send(admin, {{"body", "Between us"}, {"visibility", "internal"}});
  ASSERT_EQ(note.status, 201U) << note;
  const std::string id = note.body["data"]["id"].get<std::string>();
  json change = document("conversationmessages", {{"visibility", "public"}}, json::object());
  change["data"]["id"] = id;
  EXPECT_EQ(host_.request(admin, "PATCH", "/conversationmessages/" + id, change).status, 405U);
}

TEST_F(Notes, B13_AreNotOfferedToTheStorefront) {
  const Response refused = send(amanda, {{"body", "Hello"}, {"visibility", "internal"}});
  EXPECT_EQ(refused.status, 422U) << refused;
  EXPECT_EQ(refused.body["errors"][0]["source"]["pointer"], "/data/attributes/visibility");
  EXPECT_THAT(storefront(), Not(HasSubstr("Hello")));
}

TEST_F(Notes, HaveOneOfTwoVisibilities) {
  for (const json &wrong : {json("secret"), json(""), json(7), json(nullptr)}) {
    const Response refused = send(admin, {{"body", "Hello"}, {"visibility", wrong}});
    EXPECT_EQ(refused.status, 422U) << wrong << refused;
    EXPECT_EQ(refused.body["errors"][0]["source"]["pointer"], "/data/attributes/visibility") << wrong;
  }
  EXPECT_EQ(send(admin, {{"body", "Hello"}, {"visibility", "public"}}).status, 201U);
}

} // namespace
