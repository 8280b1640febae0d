#include "tests/conversations/started_plugin.hpp"

#include <string>

namespace {

using contract::admin;
using contract::amanda;
using contract::dana;
using contract::document;
using contract::Errors;
using contract::Host;
using contract::linkage;
using contract::Response;
using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

class Backoffice : public contract::StartedPlugin {
protected:
  std::string start(const json &attributes = {{"firstMessage", "Hello"}}, const std::string &order = "1") {
    const Response created = host_.request(
        admin, "POST", "/conversations", document("conversations", attributes, {{"source", linkage("orders", order)}}));
    EXPECT_EQ(created.status, 201U) << created;
    return created.status == 201U ? created.body["data"]["id"].get<std::string>() : "0";
  }

  Response say(const contract::Actor &actor, const std::string &conversation, const std::string &text,
               const std::string &client_id = {}) {
    json attributes{{"body", text}};
    if (!client_id.empty()) {
      attributes["clientId"] = client_id;
    }
    return send(actor, conversation, attributes);
  }

  static std::vector<std::string> ids(const Response &response) {
    std::vector<std::string> result;
    for (const json &each : response.body.value("data", json::array())) {
      result.push_back(each["id"]);
    }
    return result;
  }
};

TEST_F(Backoffice, AConversationIsMadeFromItsSource) {
  const Response made = host_.get(admin, "/conversations/" + start());
  ASSERT_EQ(made.status, 200U) << made;
  const json &data = made.body["data"];
  EXPECT_EQ(data["attributes"]["name"], "Order ORD-1001");
  EXPECT_EQ(data["attributes"]["messagesNumber"], 1);
  EXPECT_EQ(data["attributes"]["unread"], false);
  EXPECT_EQ(data["relationships"]["status"]["data"]["id"], "active");
  EXPECT_EQ(data["relationships"]["customerUser"]["data"]["id"], "1");
  EXPECT_EQ(data["relationships"]["customer"]["data"]["id"], "1");
  EXPECT_EQ(data["relationships"]["owner"]["data"]["id"], "1");
  EXPECT_EQ(data["relationships"]["source"]["data"]["type"], "orders");
  EXPECT_EQ(data["meta"]["can"]["update"], true) << data["meta"];
  EXPECT_EQ(data["meta"]["labels"]["source"], "Order ORD-1001");
  EXPECT_EQ(data["meta"]["labels"]["owner"], "John Doe");
  EXPECT_EQ(data["meta"]["labels"]["lastMessageAuthor"], "John Doe");
  EXPECT_EQ(data["meta"]["labels"]["lastMessagePreview"], "Hello");
  EXPECT_EQ(data["meta"]["lastMessageMine"], true);
  EXPECT_EQ(data["meta"]["pages"]["source"], true);
  EXPECT_EQ(data["meta"]["pages"]["owner"], true);
  EXPECT_EQ(data["meta"]["pages"]["customerUser"], true);
  EXPECT_FALSE(made.etag.empty());
}

TEST_F(Backoffice, WhatIsRelatedCanBeIncluded) {
  const std::string id = start();
  const Response made =
      host_.get(admin, "/conversations/" + id +
                           "?include=owner,customer,customerUser,status,source,lastMessage.participant.author");
  ASSERT_EQ(made.status, 200U) << made;
  std::set<std::string> types;
  for (const json &each : made.body["included"]) {
    types.insert(each["type"]);
  }
  EXPECT_THAT(types, ElementsAre("conversationmessages", "conversationparticipants", "conversationstatuses",
                                 "customers", "customerusers", "orders", "users"));
  const Response sparse = host_.get(admin, "/conversations/" + id + "?fields[conversations]=name,owner");
  EXPECT_THAT(sparse.body["data"]["attributes"], SizeIs(1)) << sparse;
  EXPECT_THAT(sparse.body["data"]["relationships"], SizeIs(1)) << sparse;
}

TEST_F(Backoffice, MessagesAndParticipantsAreReadAtTheirAddress) {
  const std::string id = start();
  ASSERT_EQ(say(admin, id, "Two").status, 201U);
  ASSERT_EQ(say(admin, id, "Three").status, 201U);
  const Response newest = host_.get(admin, "/conversations/" + id + "/messages?page[size]=2");
  ASSERT_EQ(newest.status, 200U) << newest;
  EXPECT_THAT(ids(newest), ElementsAre(id + "-3", id + "-2"));
  ASSERT_TRUE(newest.body["links"].contains("next")) << newest;
  const Response older = host_.get(admin, newest.body["links"]["next"].get<std::string>().substr(
                                              newest.body["links"]["next"].get<std::string>().find("/conversations")));
  EXPECT_THAT(ids(older), ElementsAre(id + "-1")) << older;
  EXPECT_THAT(
      ids(host_.get(admin, "/conversationmessages?filter[conversation]=" + id + "&filter[index][less]=3&sort=index")),
      ElementsAre(id + "-1", id + "-2"));
  const Response people = host_.get(admin, "/conversations/" + id + "/participants");
  ASSERT_EQ(people.status, 200U) << people;
  EXPECT_THAT(people.body["data"], SizeIs(2)) << people;
  EXPECT_EQ(host_.get(admin, "/conversationmessages/" + id + "-2").body["data"]["attributes"]["plainBody"], "Two");
  EXPECT_EQ(host_.get(admin, "/conversationmessages/" + id + "-99").status, 404U);
  EXPECT_EQ(host_.request(admin, "DELETE", "/conversationmessages/" + id + "-2").status, 405U);
}

TEST_F(Backoffice, ARetryIsStoredOnce) {
  const std::string id = start();
  const Response first = say(admin, id, "Once", "client-1");
  const Response again = say(admin, id, "Once", "client-1");
  ASSERT_EQ(first.status, 201U) << first;
  EXPECT_EQ(again.status / 100, 2U) << again;
  EXPECT_EQ(first.body["data"]["id"], again.body["data"]["id"]);
  EXPECT_EQ(host_.get(admin, "/conversations/" + id).body["data"]["attributes"]["messagesNumber"], 2);
}

TEST_F(Backoffice, MembersAreEditedAndOldEditsRefused) {
  const std::string id = start();
  const std::string etag = host_.get(admin, "/conversations/" + id).etag;
  const auto rename = [&](const std::string &name, const std::string &if_match) {
    return host_.request(admin, "PATCH", "/conversations/" + id,
                         document("conversations", {{"name", name}}, {{"owner", linkage("users", "3")}}, id), if_match);
  };
  const Response renamed = rename("New name", etag);
  ASSERT_EQ(renamed.status, 200U) << renamed;
  EXPECT_EQ(renamed.body["data"]["attributes"]["name"], "New name");
  EXPECT_EQ(renamed.body["data"]["relationships"]["owner"]["data"]["id"], "3");
  EXPECT_NE(renamed.etag, etag);
  const Response late = rename("Late name", etag);
  EXPECT_EQ(late.status, 412U) << late;
  EXPECT_TRUE(late.body["errors"][0]["meta"]["version"].is_number()) << late;
  const Response wrong = host_.request(
      admin, "PATCH", "/conversations/" + id,
      document("conversations", {{"name", std::string(256, 'x')}}, {{"customer", linkage("customers", "2")}}, id));
  EXPECT_EQ(wrong.status, 422U) << wrong;
  EXPECT_THAT(wrong.body["errors"], SizeIs(2)) << wrong;
  EXPECT_THAT(wrong.body.dump(), HasSubstr("The customer user does not belong to the customer."));
}

TEST_F(Backoffice, N4_TheHistoryNamesTheRecordsOfAChange) {
  const std::string id = start();
  const auto change = [&](const json &attributes, const json &relationships) {
    return host_.request(admin, "PATCH", "/conversations/" + id,
                         document("conversations", attributes, relationships, id));
  };
  ASSERT_EQ(change({{"name", "users/3"}}, {{"owner", linkage("users", "3")}}).status, 200U);
  const Response history = host_.get(admin, "/conversationevents?filter[conversation]=" + id);
  ASSERT_EQ(history.status, 200U) << history;
  const json &assigned = history.body["data"][0];
  EXPECT_EQ(assigned["attributes"]["changes"], json({{"owner", {{"from", "users/1"}, {"to", "users/3"}}}})) << history;
  EXPECT_EQ(assigned["meta"]["labels"], json({{"users/1", "John Doe"}, {"users/3", "Dana Reyes"}})) << history;
  const json &renamed = history.body["data"][1];
  EXPECT_EQ(renamed["attributes"]["changes"], json({{"name", {{"from", "Order ORD-1001"}, {"to", "users/3"}}}}));
  EXPECT_EQ(renamed["meta"]["labels"], json::object()) << "a name is no record, whatever it looks like";
}

TEST_F(Backoffice, StatusIsTheWorkflowsWhileItIsActive) {
  const std::string id = start();
  const json close =
      document("conversations", json::object(), {{"status", linkage("conversationstatuses", "closed")}}, id);
  EXPECT_EQ(host_.request(admin, "PATCH", "/conversations/" + id, close).status, 422U);
  EXPECT_EQ(host_.request(admin, "POST", "/workflows/conversation_flow/deactivate").status / 100, 2U);
  EXPECT_THAT(host_.get(admin, "/conversations/" + id + "/transitions").body["meta"]["transitions"], SizeIs(0));
  const Response closed = host_.request(admin, "PATCH", "/conversations/" + id, close);
  EXPECT_EQ(closed.status, 200U) << closed;
  EXPECT_EQ(host_.request(admin, "POST", "/workflows/conversation_flow/activate").status / 100, 2U);
  const Response reopened = host_.request(admin, "POST", "/conversations/" + id + "/transitions/reopen");
  ASSERT_EQ(reopened.status, 200U) << reopened;
  EXPECT_EQ(reopened.body["data"]["relationships"]["status"]["data"]["id"], "active");
  const Response thread =
      host_.get(admin, "/conversationmessages?filter[conversation]=" + id + "&filter[messageType]=system");
  ASSERT_FALSE(thread.body["data"].empty()) << thread;
  EXPECT_EQ(thread.body["data"][0]["attributes"]["systemKind"], "transition");
  EXPECT_THAT(thread.body["data"][0]["attributes"]["body"].get<std::string>(), HasSubstr("Active")) << thread;
}

TEST_F(Backoffice, ContextsComeAndGo) {
  const std::string id = start();
  const std::string targets = "/conversations/" + id + "/relationships/activityTargets";
  const json order{{"data", {{{"type", "orders"}, {"id", "3"}}}}};
  EXPECT_EQ(host_.request(admin, "POST", targets, order).status / 100, 2U);
  EXPECT_THAT(ids(host_.get(admin, "/activity/orders/3")), ElementsAre(id));
  EXPECT_THAT(ids(host_.get(admin, "/conversations?filter[activityTargets][orders]=3")), ElementsAre(id));
  EXPECT_EQ(host_.request(admin, "DELETE", targets, order).status / 100, 2U);
  EXPECT_THAT(host_.get(admin, "/activity/orders/3").body["data"], SizeIs(0));
  const Response unknown = host_.request(admin, "POST", targets, {{"data", {{{"type", "orders"}, {"id", "999"}}}}});
  EXPECT_EQ(unknown.status, 422U) << unknown;
}

TEST_F(Backoffice, ListsAreFilteredSortedAndPaged) {
  const std::string first = start({{"name", "Alpha"}, {"firstMessage", "1"}}, "1");
  const std::string second = start({{"name", "Beta"}}, "2");
  const std::string third = start({{"name", "Gamma ray"}, {"firstMessage", "1"}}, "3");
  const auto list = [&](const std::string &query) {
    const Response response = host_.get(admin, "/conversations?" + query);
    EXPECT_EQ(response.status, 200U) << query << response;
    return ids(response);
  };
  EXPECT_THAT(list("sort=name"), ElementsAre(first, second, third));
  EXPECT_THAT(list("sort=-name&page[size]=2"), ElementsAre(third, second));
  EXPECT_THAT(list("sort=name&page[size]=2&page[number]=2"), ElementsAre(third));
  EXPECT_THAT(list("filter[name][contains]=GAMMA"), ElementsAre(third));
  EXPECT_THAT(list("filter[search]=ray"), ElementsAre(third));
  EXPECT_THAT(list("filter[source][orders]=2"), ElementsAre(second));
  EXPECT_THAT(list("filter[customer]=2"), ElementsAre(third));
  EXPECT_THAT(list("filter[status]=closed"), SizeIs(0));
  EXPECT_THAT(list("filter[lastMessageAt][exists]=false"), ElementsAre(second));
  for (const char *sort :
       {"messagesNumber", "createdAt", "updatedAt", "lastMessageAt", "owner", "customer", "customerUser", "status"}) {
    EXPECT_THAT(list(std::string("sort=") + sort), SizeIs(3)) << sort;
    EXPECT_THAT(list(std::string("sort=-") + sort), SizeIs(3)) << sort;
  }
  EXPECT_EQ(host_.get(admin, "/conversations?filter[createdAt][greater]=yesterday").status, 400U);
  EXPECT_EQ(host_.get(admin, "/conversations?sort=source").status, 400U);
  EXPECT_EQ(host_.get(admin, "/conversations?page[after]=nonsense").status, 400U);
}

TEST_F(Backoffice, TheReadMarkIsOnesOwn) {
  const std::string id = start();
  ASSERT_EQ(say(amanda, id, "From the shop").status, 201U);
  EXPECT_EQ(host_.get(admin, "/conversations/" + id).body["data"]["attributes"]["unread"], true);
  const Response people = host_.get(admin, "/conversationparticipants?filter[conversation]=" + id);
  ASSERT_EQ(people.status, 200U) << people;
  for (const json &each : people.body["data"]) {
    const std::string participant = each["id"];
    const bool me = each["attributes"]["isMe"];
    const Response marked =
        host_.request(admin, "PATCH", "/conversationparticipants/" + participant,
                      document("conversationparticipants", json::object(),
                               {{"lastReadMessage", linkage("conversationmessages", id + "-2")}}, participant));
    EXPECT_EQ(marked.status, me ? 200U : 403U) << marked;
  }
  EXPECT_EQ(host_.get(admin, "/conversations/" + id).body["data"]["attributes"]["unread"], false);
}

TEST_F(Backoffice, FixedValuesAreListed) {
  EXPECT_THAT(ids(host_.get(admin, "/conversationstatuses")), ElementsAre("active", "inactive", "closed"));
  EXPECT_THAT(ids(host_.get(amanda, "/conversationmessagetypes")), ElementsAre("text", "system"));
  EXPECT_EQ(host_.get(admin, "/conversationstatuses/closed").body["data"]["attributes"]["name"], "Closed");
  EXPECT_EQ(host_.get(admin, "/conversationstatuses/lost").status, 404U);
}

TEST_F(Backoffice, DeletedIsGone) {
  const std::string id = start();
  EXPECT_EQ(host_.request(admin, "DELETE", "/conversations/" + id).status, 204U);
  EXPECT_EQ(host_.get(admin, "/conversations/" + id).status, 404U);
  EXPECT_THAT(host_.get(admin, "/conversationmessages?filter[conversation]=" + id).body["data"], SizeIs(0));
}

TEST_F(Backoffice, RecordsOfTheHostChangeAndGo) {
  const std::string id = start();
  ASSERT_EQ(c_host_rename(host_.get(), "users", "1", "Joan Doe"), PARLEY_OK);
  EXPECT_EQ(host_.get(admin, "/conversations/" + id).body["data"]["meta"]["labels"]["owner"], "Joan Doe");
  ASSERT_EQ(c_host_delete(host_.get(), "orders", "1"), PARLEY_OK);
  const Response left = host_.get(admin, "/conversations/" + id);
  ASSERT_EQ(left.status, 200U) << left;
  EXPECT_TRUE(left.body["data"]["relationships"]["source"]["data"].is_null()) << left;
  for (const json &target : left.body["data"]["relationships"]["activityTargets"]["data"]) {
    EXPECT_NE(target["type"], "orders");
  }
  ASSERT_EQ(c_host_delete(host_.get(), "customerusers", "1"), PARLEY_OK);
  EXPECT_EQ(host_.get(admin, "/conversations/" + id).body["data"]["meta"]["labels"]["customerUser"], "Deleted user");
}

TEST_F(Backoffice, SwitchedOffItIsNowhere) {
  const std::string id = start();
  Host other{{}, R"({"conversations.enabled":false})"};
  parley_runtime_plugin *plugin = other.load(contract::environment("PARLEY_PLUGIN"));
  ASSERT_EQ(Host::start(plugin, configuration_), PARLEY_OK);
  for (const char *path :
       {"/conversations", "/conversationmessages", "/conversationstatuses", "/conversationparticipants"}) {
    EXPECT_EQ(other.get(admin, path).status, 404U) << path;
  }
  EXPECT_EQ(other.get(admin, "/conversations/" + id).status, 404U);
  EXPECT_FALSE(other.surface(admin)["pages"].dump().find("conversations") != std::string::npos);
}

TEST_F(Backoffice, PermissionsDecide) {
  const std::string id = start();
  c_host_grant(host_.get(), "users", "3", "conversations", nullptr, PARLEY_LEVEL_NONE);
  EXPECT_EQ(host_.get(dana, "/conversations/" + id).status, 404U);
  c_host_grant(host_.get(), "users", "3", "conversations", "view", PARLEY_LEVEL_GLOBAL);
  const Response seen = host_.get(dana, "/conversations/" + id);
  ASSERT_EQ(seen.status, 200U) << seen;
  EXPECT_TRUE(seen.body["data"]["meta"]["can"]["update"].is_string());
  EXPECT_TRUE(seen.body["data"]["meta"]["can"]["delete"].is_string());
  EXPECT_EQ(say(dana, id, "Hello").status, 403U);
  EXPECT_EQ(host_.request(dana, "DELETE", "/conversations/" + id).status, 403U);
  EXPECT_EQ(
      host_.request(dana, "PATCH", "/conversations/" + id, document("conversations", {{"name", "x"}}, nullptr, id))
          .status,
      403U);
}

TEST_F(Backoffice, TheSurfaceIsThere) {
  const json surface = host_.surface(admin);
  EXPECT_EQ(surface["menus"]["backoffice.activities"][0]["page"], "conversations") << surface.dump(2);
  EXPECT_EQ(surface["pages"][0]["actions"][0]["label"], "Create Conversation");
  EXPECT_EQ(surface["recordActions"]["orders"][0]["label"], "Start Conversation");
  EXPECT_EQ(surface["recordActions"]["users"][0]["element"], "parley-conversation-form");
  EXPECT_EQ(surface["panels"]["orders"][0]["element"], "parley-activity-panel");
  EXPECT_EQ(surface["workflows"][0]["label"], "Conversation Workflow");
  EXPECT_THAT(surface["assets"], SizeIs(2));
  const json shop = host_.surface(amanda);
  EXPECT_EQ(shop["menus"]["storefront.account"][0]["page"], "my-conversations") << shop.dump(2);
  EXPECT_EQ(shop["recordActions"]["orders"][0]["placement"], "inline");
  EXPECT_FALSE(shop["recordActions"].contains("customerusers"));
}

TEST_F(Backoffice, TheSurfaceOffersWhatOneMayDo) {
  c_host_grant(host_.get(), "users", "3", "conversations", nullptr, PARLEY_LEVEL_NONE);
  c_host_grant(host_.get(), "users", "3", "conversations", "view", PARLEY_LEVEL_USER);
  const auto actions = [this](const contract::Actor &actor) {
    json result;
    const json surface = host_.surface(actor);
    for (const json &entity : surface["entities"]) {
      if (entity["type"] == "conversations") {
        result = entity["actions"];
      }
    }
    return result;
  };
  EXPECT_EQ(actions(admin), json({"list", "get", "create", "update", "delete", "deleteMany"}));
  EXPECT_EQ(actions(dana), json({"list", "get"}));
}

class Schema : public testing::Test {
protected:
  std::string library_ = contract::environment("PARLEY_PLUGIN");
  json configuration_ = json::parse(contract::configuration_of(library_));
  Host host_;
};

TEST_F(Schema, IsRefusedWithTheCommandWhereNobodyMayMakeIt) {
  configuration_["migrations"] = "manual";
  parley_runtime_plugin *plugin = host_.load(library_);
  const Errors errors;
  EXPECT_EQ(Host::start(plugin, configuration_.dump(), errors), PARLEY_SCHEMA);
  EXPECT_THAT(errors.text(), HasSubstr("parley-migrate up --database '" + parley::tests::chosen_database() + ":"));
  contract::migrate(parley_runtime_instance(plugin), configuration_.dump());
  EXPECT_EQ(Host::start(plugin, configuration_.dump(), errors), PARLEY_OK) << errors.text();
}

TEST_F(Schema, SaysWhereItStands) {
  parley_runtime_plugin *loaded = host_.load(library_);
  const parley_plugin *plugin = parley_runtime_instance(loaded);
  const parley_str id = parley_str_of(PARLEY_MIGRATIONS_ID);
  const auto *table = static_cast<const parley_migrations *>(plugin->get_extension(plugin, &id));
  const std::string text = configuration_.dump();
  const parley_str configuration = contract::view(text);
  parley_schema_status status{};
  status.size = sizeof status;
  ASSERT_EQ(table->status(plugin, &configuration, &status, nullptr), PARLEY_OK);
  EXPECT_EQ(status.state, PARLEY_SCHEMA_EMPTY);
  std::string sql;
  const parley_sink sink{sizeof sink, 0, &sql, Host::append};
  ASSERT_EQ(table->plan(plugin, &configuration, &sink, nullptr), PARLEY_OK);
  EXPECT_THAT(sql, HasSubstr("create table"));
  EXPECT_EQ(table->verify(plugin, &configuration, nullptr), PARLEY_SCHEMA);
  ASSERT_EQ(table->apply(plugin, &configuration, nullptr), PARLEY_OK);
  ASSERT_EQ(table->status(plugin, &configuration, &status, nullptr), PARLEY_OK);
  EXPECT_EQ(status.state, PARLEY_SCHEMA_CURRENT);
  EXPECT_EQ(status.current, status.target);
  const Errors errors;
  EXPECT_EQ(table->verify(plugin, &configuration, errors), PARLEY_OK) << errors.text();
}

} // namespace
