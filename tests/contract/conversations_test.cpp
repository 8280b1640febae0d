// The conversations plugin in a host that it has never seen: the same story as a person would live it.
#include "bare_host.hpp"

#include <gmock/gmock.h>

namespace {

using contract::admin;
using contract::amanda;
using contract::document;
using contract::Errors;
using contract::Host;
using contract::linkage;
using contract::nora;
using contract::Response;
using nlohmann::json;
using testing::HasSubstr;
using testing::SizeIs;

class Conversations : public testing::Test {
protected:
  void SetUp() override {
    const std::string library = contract::environment("PARLEY_PLUGIN");
    if (library.empty()) {
      GTEST_SKIP() << "PARLEY_PLUGIN is not built";
    }
    configuration_ = contract::configuration_of(library);
    Errors errors;
    plugin_ = host_.load(library, errors);
    ASSERT_NE(plugin_, nullptr) << errors.text();
    contract::migrate(parley_runtime_instance(plugin_), configuration_);
    ASSERT_EQ(Host::start(plugin_, configuration_, errors), PARLEY_OK) << errors.text();
  }

  // A conversation about Amanda's order, begun by her.
  std::string ask(const std::string &text) {
    const Response created = host_.request(amanda, "POST", "/conversations",
                                           document("conversations", {{"name", "Where is it?"}, {"firstMessage", text}},
                                                    {{"source", linkage("orders", "1")}}));
    EXPECT_EQ(created.status, 201U) << created;
    return created.status == 201U ? created.body["data"]["id"].get<std::string>() : "0";
  }

  Response say(const contract::Actor &actor, const std::string &conversation, const std::string &text) {
    return host_.request(
        actor, "POST", "/conversationmessages",
        document("conversationmessages", {{"body", text}}, {{"conversation", linkage("conversations", conversation)}}));
  }

  Host host_{{}, R"({"conversations.enabled":true})"};
  parley_runtime_plugin *plugin_ = nullptr;
  std::string configuration_;
};

TEST_F(Conversations, AQuestionAndItsAnswer) {
  const std::string id = ask("Has my order been sent?");
  const Response answer = say(admin, id, "It leaves **today**.");
  ASSERT_EQ(answer.status, 201U) << answer;
  EXPECT_EQ(answer.body["data"]["attributes"]["index"], 2);
  EXPECT_THAT(answer.body["data"]["attributes"]["bodyHtml"].get<std::string>(), HasSubstr("<strong>today</strong>"));

  const Response thread = host_.get(amanda, "/conversationmessages?filter[conversation]=" + id + "&sort=index");
  ASSERT_EQ(thread.status, 200U) << thread;
  ASSERT_THAT(thread.body["data"], SizeIs(2));
  EXPECT_EQ(thread.body["data"][0]["attributes"]["isMine"], true);
  EXPECT_EQ(thread.body["data"][1]["attributes"]["isMine"], false);
  EXPECT_EQ(host_.get(amanda, "/conversations/" + id).body["data"]["attributes"]["unread"], true);
  EXPECT_EQ(host_.request(amanda, "POST", "/conversations/" + id + "/mark-read", {{"meta", {{"index", 2}}}}).status /
                100,
            2U);
  EXPECT_EQ(host_.get(amanda, "/conversations/" + id).body["data"]["attributes"]["unread"], false);
}

TEST_F(Conversations, AnActionIsShownToWhoMayPerformIt) {
  const auto entity = [&](const char *type) {
    const json surface = host_.surface(admin);
    for (const json &each : surface["entities"]) {
      if (each["type"] == type) {
        return each;
      }
    }
    return json{};
  };
  EXPECT_EQ(entity("conversations")["actions"], json({"list", "get", "create", "update", "delete", "deleteMany"}));
  for (const char *permission : {"create", "edit", "delete"}) {
    c_host_grant(host_.get(), "users", "1", "conversations", permission, PARLEY_LEVEL_NONE);
  }
  EXPECT_EQ(entity("conversations")["actions"], json({"list", "get"}));
  EXPECT_EQ(entity("conversationstatuses")["traits"], json({"lookup"}));
  EXPECT_EQ(entity("conversationmessagetypes")["traits"], json({"lookup"}));
}

TEST_F(Conversations, StrangersSeeNothing) {
  const std::string id = ask("Has my order been sent?");
  EXPECT_EQ(host_.get(nora, "/conversations/" + id).status, 404U);
  EXPECT_THAT(host_.get(nora, "/conversations").body["data"], SizeIs(0));
  EXPECT_THAT(host_.get(nora, "/conversationmessages?filter[conversation]=" + id).body.value("data", json::array()),
              SizeIs(0));
  EXPECT_EQ(say(nora, id, "Hello").status / 100, 4U);
}

TEST_F(Conversations, TheStorefrontKnowsNoOrganization) {
  const std::string id = ask("Has my order been sent?");
  c_host_grant(host_.get(), nora.type.c_str(), nora.id.c_str(), "conversations", "view", PARLEY_LEVEL_ORGANIZATION);
  EXPECT_EQ(host_.get(nora, "/conversations/" + id).status, 404U);
  EXPECT_THAT(host_.get(nora, "/conversations").body.value("data", json::array()), SizeIs(0));
}

TEST_F(Conversations, ClosingEndsIt) {
  const std::string id = ask("Has my order been sent?");
  const Response before = host_.get(admin, "/conversations/" + id + "/transitions");
  EXPECT_EQ(before.body["meta"]["step"], "active") << before;
  const Response closed = host_.request(admin, "POST", "/conversations/" + id + "/transitions/close");
  ASSERT_EQ(closed.status, 200U) << closed;
  EXPECT_EQ(closed.body["data"]["relationships"]["status"]["data"]["id"], "closed");
  const Response refused = say(amanda, id, "One more thing");
  EXPECT_EQ(refused.status / 100, 4U);
  EXPECT_THAT(refused.body.dump(), HasSubstr("This conversation is closed."));
  EXPECT_EQ(host_.request(admin, "POST", "/conversations/" + id + "/transitions/close").status, 409U);
  EXPECT_EQ(host_.request(amanda, "POST", "/conversations/" + id + "/transitions/reopen").status / 100, 4U);
}

TEST_F(Conversations, ItStandsInTheActivityOfItsRecord) {
  const std::string id = ask("Has my order been sent?");
  const Response items = host_.get(admin, "/activity/orders/1");
  ASSERT_EQ(items.status, 200U) << items;
  ASSERT_THAT(items.body["data"], SizeIs(1));
  EXPECT_EQ(items.body["data"][0]["id"], id);
  const Response counts =
      host_.request(admin, "POST", "/activity/counts", {{"data", {{{"type", "orders"}, {"id", "1"}}}}});
  EXPECT_EQ(counts.body["meta"]["counts"][0]["panels"]["conversations"], 1) << counts;
}

TEST_F(Conversations, A10_ItsHistoryIsTheBackOffices) {
  const std::string id = ask("Has my order been sent?");
  ask("Another one");
  host_.request(admin, "POST", "/conversations/" + id + "/transitions/close");
  const Response history = host_.get(admin, "/conversationevents?filter[conversation]=" + id + "&include=actor");
  ASSERT_EQ(history.status, 200U) << history;
  ASSERT_THAT(history.body["data"], SizeIs(3));
  EXPECT_EQ(history.body["data"][0]["attributes"]["kind"], "status-changed") << "newest first";
  EXPECT_EQ(history.body["data"][0]["attributes"]["changes"]["status"]["to"], "closed");
  EXPECT_EQ(history.body["data"][2]["attributes"]["kind"], "created");
  EXPECT_THAT(history.body["included"], SizeIs(2)) << "the admin and Amanda";
  const std::string own = history.body["data"][0]["id"];
  EXPECT_EQ(host_.get(admin, "/conversationevents/" + own).body["data"]["id"], own);
  EXPECT_EQ(host_.get(admin, "/conversationevents?sort=createdAt&page[size]=1").body["data"][0]["id"], "1");
  EXPECT_EQ(host_.get(admin, "/conversationevents?sort=kind").status, 400U);
  EXPECT_EQ(host_.request(admin, "DELETE", "/conversationevents/" + own).status, 405U);
  EXPECT_EQ(host_.get(amanda, "/conversationevents").status / 100, 4U);
  EXPECT_EQ(host_.get(amanda, "/conversationevents/" + own).status / 100, 4U);
}

TEST_F(Conversations, FaultsHavePointers) {
  const std::string id = ask("Has my order been sent?");
  const Response blank = say(amanda, id, "  ");
  EXPECT_EQ(blank.status, 422U) << blank;
  EXPECT_EQ(blank.body["errors"][0]["detail"], "This value should not be blank.");
  EXPECT_EQ(blank.body["errors"][0]["source"]["pointer"], "/data/attributes/body");
}

TEST_F(Conversations, BesideAForeignPlugin) {
  parley_runtime_plugin *note = host_.load(contract::note_plugin());
  ASSERT_EQ(Host::start(note), PARLEY_OK);
  ask("Has my order been sent?");
  host_.request(admin, "POST", "/notes", document("notes", {{"text", "A"}}, {{"record", linkage("orders", "1")}}));
  EXPECT_THAT(host_.get(admin, "/activity/orders/1?filter[panel]=notes").body["data"], SizeIs(1));
  EXPECT_THAT(host_.get(admin, "/activity/orders/1?filter[panel]=conversations").body["data"], SizeIs(1));
  ASSERT_EQ(parley_runtime_stop(note, nullptr), PARLEY_OK);
  EXPECT_THAT(host_.get(admin, "/conversations").body["data"], SizeIs(1));
}

TEST_F(Conversations, StartAndStopMayRepeat) {
  ask("Has my order been sent?");
  for (int round = 0; round < 50; ++round) {
    ASSERT_EQ(parley_runtime_stop(plugin_, nullptr), PARLEY_OK);
    ASSERT_EQ(Host::start(plugin_, configuration_), PARLEY_OK);
  }
  EXPECT_THAT(host_.get(admin, "/conversations").body["data"], SizeIs(1));
}

} // namespace
