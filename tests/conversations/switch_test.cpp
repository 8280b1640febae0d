// The switch (C2): every door is shut where conversations are off, and nothing is lost. And the jobs, through the library.
#include "tests/contract/bare_host.hpp"

#include <gmock/gmock.h>

#include <map>
#include <string>

namespace {

using contract::amanda;
using contract::Errors;
using contract::Host;
using contract::linkage;
using contract::Response;
using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

constexpr std::int64_t day = 86'400'000'000;

// Values by "name", "name@organization" and "name@organization/website"; the narrowest wins.
std::map<std::string, std::string> &values() {
  static std::map<std::string, std::string> all;
  return all;
}

std::int32_t PARLEY_ABI answer(const parley_host *, const parley_call *, const parley_setting_request *requests,
                               std::size_t count, std::uint32_t size, const parley_str_sink *result,
                               const parley_error_sink *) {
  for (std::size_t i = 0; i < count; ++i) {
    const auto *request = PARLEY_AT(parley_setting_request, requests, size, i);
    const std::string name = contract::copy(request->name);
    std::string value;
    for (const std::string &key :
         {name, name + "@" + contract::copy(request->organization),
          name + "@" + contract::copy(request->organization) + "/" + contract::copy(request->website)}) {
      if (const auto found = values().find(key); found != values().end()) {
        value = found->second;
      }
    }
    const parley_str text = contract::view(value);
    if (result->put(result, &text) != PARLEY_OK) {
      return PARLEY_SINK_REFUSED;
    }
  }
  return PARLEY_OK;
}
const parley_settings settings_table{sizeof settings_table, 0, answer};

class Switch : public testing::Test {
protected:
  void SetUp() override {
    values() = {{"conversations.enabled", "true"}};
    const std::string library = contract::environment("PARLEY_PLUGIN");
    const Errors errors;
    parley_runtime_plugin *plugin = host_.load(library, errors);
    ASSERT_NE(plugin, nullptr) << errors.text();
    ASSERT_EQ(Host::start(plugin, contract::configuration_of(library), errors), PARLEY_OK) << errors.text();
  }

  // Where a call happens.
  struct Place {
    std::string organization;
    std::string website;
  };

  parley_call call(const contract::Actor &actor, const Place &place) const {
    parley_call made{};
    c_host_call(host_.get(), actor.type.c_str(), actor.id.c_str(), &made);
    made.organization = contract::view(place.organization);
    made.website = contract::view(place.website);
    return made;
  }
  Response request(const contract::Actor &actor, const Place &place, const std::string &method,
                   const std::string &target, const json &body = nullptr) const {
    const parley_call made = call(actor, place);
    const std::string text = body.is_null() ? std::string() : body.dump();
    c_host_response raw;
    Response response;
    if (c_host_request(host_.get(), &made, method.c_str(), target.c_str(), text.c_str(), nullptr, &raw) == PARLEY_OK) {
      response.status = raw.status;
      response.body = raw.body_size == 0 ? json() : json::parse(raw.body, raw.body + raw.body_size);
    }
    c_host_response_free(&raw);
    return response;
  }
  std::string surface(const contract::Actor &actor, const Place &place) const {
    const parley_call made = call(actor, place);
    std::string text;
    const parley_sink sink{sizeof sink, 0, &text, Host::append};
    EXPECT_EQ(parley_runtime_surface(host_.runtime(), &made, &sink, nullptr), PARLEY_OK);
    json shown = json::parse(text);
    shown.erase("assets"); // files for whatever stands on a page: nothing does
    return shown.dump();
  }
  std::string start(const Place &place, const std::string &order = "1") {
    const Response made = request(
        contract::admin, place, "POST", "/conversations",
        contract::document("conversations", {{"firstMessage", "Hello"}}, {{"source", linkage("orders", order)}}));
    EXPECT_EQ(made.status, 201U) << made;
    return made.status == 201U ? made.body["data"]["id"].get<std::string>() : "0";
  }
  void run(const std::string &job) {
    const Errors errors;
    std::uint32_t more = 7;
    EXPECT_EQ(c_host_run_job(host_.get(), "parley-conversations", job.c_str(), 60, &more, errors), PARLEY_OK)
        << errors.text();
    EXPECT_EQ(more, 0U);
  }
  std::string status_of(const std::string &id, const Place &place) {
    const Response found = request(contract::admin, place, "GET", "/conversations/" + id);
    return found.status == 200U ? found.body["data"]["relationships"]["status"]["data"]["id"].get<std::string>()
                                : std::to_string(found.status);
  }
  void pass(std::int64_t days) {
    now_ += days * day;
    c_host_set_time(host_.get(), now_);
  }
  std::size_t logged(const std::string &what) const {
    char *log = c_host_log(host_.get());
    const std::string text = log;
    std::free(log);
    std::size_t count = 0;
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) {
      ++count;
    }
    return count;
  }

  // Every door, with the status that it has where conversations are on.
  struct Door {
    contract::Actor actor;
    std::string method;
    std::string target;
    json body;
  };
  std::vector<Door> doors(const std::string &id) const {
    const contract::Actor &admin = contract::admin;
    const json message = contract::document("conversationmessages", {{"body", "Anybody?"}},
                                            {{"conversation", linkage("conversations", id)}});
    const json targets{{"data", {{{"type", "orders"}, {"id", "2"}}}}};
    const json fresh = contract::document("conversations", {{"name", "Fresh"}, {"firstMessage", "Hello"}});
    return {
        {admin, "GET", "/conversations", {}},
        {admin, "GET", "/conversations/" + id, {}},
        {admin, "GET", "/conversations/" + id + "?include=lastMessage.participant", {}},
        {admin, "GET", "/conversations/" + id + "/messages", {}},
        {admin, "GET", "/conversations/" + id + "/relationships/activityTargets", {}},
        {admin, "GET", "/conversationmessages?filter[conversation]=" + id, {}},
        {admin, "GET", "/conversationmessages/" + id + "-1", {}},
        {admin, "GET", "/conversationparticipants?filter[conversation]=" + id, {}},
        {admin, "GET", "/conversationstatuses", {}},
        {admin, "GET", "/conversationmessagetypes/text", {}},
        {admin, "GET", "/conversations/" + id + "/transitions", {}},
        {admin, "GET", "/conversations/unread", {}},
        {admin, "GET", "/conversationevents", {}},
        {admin, "GET", "/conversationevents?filter[conversation]=" + id, {}},
        {admin, "GET", "/conversationevents/1", {}},
        {admin, "POST", "/conversations", fresh},
        {admin, "PATCH", "/conversations/" + id, contract::document("conversations", {{"name", "New"}}, nullptr, id)},
        {admin, "POST", "/conversations/" + id + "/relationships/activityTargets", targets},
        {admin, "DELETE", "/conversations/" + id + "/relationships/activityTargets", targets},
        {admin, "POST", "/conversationmessages", message},
        {admin, "POST", "/conversations/" + id + "/mark-read", {{"meta", {{"index", 1}}}}},
        {admin, "POST", "/conversations/" + id + "/mark-unread", {}},
        {admin, "POST", "/conversations/mark-all-read", {}},
        {admin, "POST", "/conversations/" + id + "/transitions/close", {}},
        {admin, "POST", "/conversations/" + id + "/transitions/reopen", {}},
        {admin, "POST", "/workflows/conversation_flow/deactivate", {}},
        {admin, "POST", "/workflows/conversation_flow/activate", {}},
        {amanda, "GET", "/conversations", {}},
        {amanda, "GET", "/conversations/" + id, {}},
        {amanda, "GET", "/conversationmessages?filter[conversation]=" + id, {}},
        {amanda, "GET", "/conversations/unread", {}},
        {amanda, "POST", "/conversationmessages", message},
        {amanda, "POST", "/conversations/" + id + "/mark-unread", {}},
        {amanda, "POST", "/conversations/mark-all-read", {}},
        {amanda, "POST", "/conversations", fresh},
        {admin, "DELETE", "/conversations/" + id, {}},
    };
  }

  Host host_{{{PARLEY_SETTINGS_ID, &settings_table}}};
  std::int64_t now_ = INT64_C(1769846400000000);
};

TEST_F(Switch, C2_EveryDoorIsShutWhereItIsOffAndOpenAgainAfterwards) {
  const Place x{"x", ""};
  const Place y{"y", ""};
  const Place second{"x", "2"};
  start(x);
  const std::string id = start(y);
  const json before = request(contract::admin, y, "GET", "/conversations/" + id).body;
  values()["conversations.enabled@y"] = "false";
  values()["conversations.enabled@x/2"] = "false";
  for (const Door &door : doors(id)) {
    for (const Place &place : {y, second}) {
      const Response shut = request(door.actor, place, door.method, door.target, door.body);
      EXPECT_EQ(shut.status, 404U) << door.actor.type << " " << door.method << " " << door.target << "\n" << shut;
      EXPECT_THAT(shut.body.dump(), Not(HasSubstr("Hello"))) << door.target;
    }
  }
  const Response panel = request(contract::admin, y, "GET", "/activity/orders/1");
  EXPECT_THAT(panel.body.dump(), Not(HasSubstr("\"conversations\""))) << panel;
  const json counted{{"data", {{{"type", "orders"}, {"id", "1"}}}}};
  EXPECT_THAT(request(contract::admin, y, "POST", "/activity/counts", counted).body.dump(),
              Not(HasSubstr("conversations")));
  const Response workflows = request(contract::admin, y, "GET", "/workflows");
  EXPECT_THAT(workflows.body.dump(), Not(HasSubstr("conversation_flow"))) << workflows;
  for (const contract::Actor &actor : {contract::admin, amanda}) {
    for (const Place &place : {y, second}) {
      EXPECT_THAT(surface(actor, place), Not(HasSubstr("onversation"))) << actor.type;
    }
    EXPECT_THAT(surface(actor, x), HasSubstr("onversation")) << "where it is on";
  }

  values().erase("conversations.enabled@y");
  EXPECT_EQ(request(contract::admin, y, "GET", "/conversations/" + id).body, before) << "as it was";
  for (const Door &door : doors(id)) {
    const Response open = request(door.actor, y, door.method, door.target, door.body);
    EXPECT_EQ(open.status / 100, 2U) << door.actor.type << " " << door.method << " " << door.target << "\n" << open;
  }
}

TEST_F(Switch, C2_OffForTheSystemAndOnForOneOrganization) {
  const std::string id = start({"x", ""});
  values() = {{"conversations.enabled", "false"}, {"conversations.enabled@x", "true"}};
  EXPECT_EQ(status_of(id, {"x", ""}), "active");
  EXPECT_EQ(status_of(id, {"y", ""}), "404");
  EXPECT_EQ(status_of(id, {"", ""}), "404");
  values().clear();
  EXPECT_EQ(status_of(id, {"x", ""}), "404") << "off is the default";
}

TEST_F(Switch, C2_TheBackOfficeIsToldWhereACustomerSeesNothing) {
  const Place office{"x", ""};
  const Place shop{"x", "2"};
  const json question = contract::document("conversations", {{"name", "From the shop"}, {"firstMessage", "Hello"}});
  const Response asked = request(amanda, shop, "POST", "/conversations", question);
  ASSERT_EQ(asked.status, 201U) << asked;
  const std::string id = asked.body["data"]["id"].get<std::string>();
  const std::string target = "/conversations/" + id;
  const auto told = [&](const contract::Actor &actor, const Place &place) {
    const Response found = request(actor, place, "GET", target);
    return found.status == 200U ? found.body["data"]["meta"].value("storefrontNotice", "") : "no answer";
  };
  EXPECT_EQ(told(contract::admin, office), "");
  values()["conversations.enabled@x/2"] = "false";
  EXPECT_THAT(told(contract::admin, office), HasSubstr("switched off in this customer's shop"));
  EXPECT_EQ(told(amanda, {"x", "1"}), "") << "the shop is told nothing of other websites";
  const Response closed = request(contract::admin, office, "POST", target + "/transitions/close");
  EXPECT_EQ(closed.status, 200U) << "it is theirs all the same\n" << closed;
  values().erase("conversations.enabled@x/2");
  EXPECT_EQ(told(contract::admin, office), "");

  const Response nobodys = request(contract::admin, office, "POST", "/conversations",
                                   contract::document("conversations", {{"name", "Own"}}));
  ASSERT_EQ(nobodys.status, 201U) << nobodys;
  values()["conversations.enabled@x/2"] = "false";
  EXPECT_FALSE(nobodys.body["data"]["meta"].contains("storefrontNotice")) << "no customer is meant to see it";
}

TEST_F(Switch, C2_D11_HostEventsAreTakenInWhereItIsOff) {
  const std::string id = start({"y", ""});
  values()["conversations.enabled"] = "false";
  EXPECT_EQ(c_host_rename(host_.get(), "users", "1", "Jane Roe"), PARLEY_OK);
  EXPECT_EQ(c_host_delete(host_.get(), "orders", "1"), PARLEY_OK);
  EXPECT_EQ(c_host_delete(host_.get(), "customerusers", "1"), PARLEY_OK);
  values()["conversations.enabled"] = "true";
  const Response found =
      request(contract::admin, {"y", ""}, "GET", "/conversations/" + id + "?include=lastMessage.participant");
  ASSERT_EQ(found.status, 200U) << found;
  EXPECT_EQ(found.body["data"]["meta"]["labels"]["owner"], "Jane Roe") << found;
  EXPECT_TRUE(found.body["data"]["relationships"]["source"]["data"].is_null()) << found;
  EXPECT_EQ(found.body["data"]["meta"]["labels"]["customerUser"], "Deleted user") << found;
}

TEST_F(Switch, D11_ADeletedAuthorStaysReadable) {
  const std::string id = start({"x", ""});
  const json message = contract::document("conversationmessages", {{"body", "From the shop"}},
                                          {{"conversation", linkage("conversations", id)}});
  ASSERT_EQ(request(amanda, {"x", ""}, "POST", "/conversationmessages", message).status, 201U);
  ASSERT_EQ(c_host_delete(host_.get(), "customerusers", "1"), PARLEY_OK);
  for (const char *target :
       {"/conversationmessages?filter[conversation]=", "/conversationparticipants?filter[conversation]="}) {
    const Response list = request(contract::admin, {"x", ""}, "GET", target + id);
    ASSERT_EQ(list.status, 200U) << list;
    EXPECT_THAT(list.body.dump(), HasSubstr("Deleted user")) << list;
    EXPECT_THAT(list.body.dump(), Not(HasSubstr("Amanda Cole"))) << list;
  }
  const Response one = request(contract::admin, {"x", ""}, "GET", "/conversations/" + id);
  EXPECT_EQ(one.body["data"]["meta"]["labels"]["lastMessageAuthor"], "Deleted user") << one;
}

TEST_F(Switch, W3_C2_TheJobMakesInactiveWhereItIsOn) {
  const Place x{"x", ""};
  const Place y{"y", ""};
  const std::string idle = start(x);
  const std::string off = start(y);
  values()["conversations.inactivity_days"] = "30";
  values()["conversations.enabled@y"] = "false";
  pass(20);
  const std::string young = start(x);
  pass(11);
  run("inactivity");
  EXPECT_EQ(status_of(idle, x), "inactive");
  EXPECT_EQ(status_of(young, x), "active");
  values().erase("conversations.enabled@y");
  EXPECT_EQ(status_of(off, y), "active") << "nothing happened there while it was off";
  run("inactivity");
  EXPECT_EQ(status_of(off, y), "inactive") << "nothing was lost";

  const Response thread = request(amanda, x, "GET", "/conversationmessages?sort=-index&filter[conversation]=" + idle);
  ASSERT_EQ(thread.status, 200U) << thread;
  EXPECT_EQ(thread.body["data"][0]["attributes"]["systemKind"], "transition") << thread;
  EXPECT_THAT(thread.body["data"][0]["attributes"]["body"].get<std::string>(), HasSubstr("Inactive")) << thread;
}

TEST_F(Switch, W4_TheJobRestsWhileTheWorkflowIsDeactivated) {
  const Place x{"x", ""};
  const std::string id = start(x);
  values()["conversations.inactivity_days"] = "1";
  ASSERT_EQ(request(contract::admin, x, "POST", "/workflows/conversation_flow/deactivate").status / 100, 2U);
  pass(5);
  run("inactivity");
  EXPECT_EQ(status_of(id, x), "active");
}

TEST_F(Switch, W4_StatusIsAFieldWhileTheWorkflowIsDeactivatedAndNothingIsLost) {
  const Place x{"x", ""};
  const auto set = [&](const std::string &id, const std::string &status) {
    return request(
        contract::admin, x, "PATCH", "/conversations/" + id,
        contract::document("conversations", json::object(), {{"status", linkage("conversationstatuses", status)}}, id));
  };
  const auto create = [&](const std::string &status) {
    return request(contract::admin, x, "POST", "/conversations",
                   contract::document("conversations", {{"name", "By hand"}},
                                      {{"status", linkage("conversationstatuses", status)}}));
  };
  const std::string id = start(x);
  for (const Response &refused : {set(id, "inactive"), create("inactive")}) {
    EXPECT_EQ(refused.status, 422U) << refused;
    EXPECT_EQ(refused.body["errors"][0]["source"]["pointer"], "/data/relationships/status");
  }
  ASSERT_EQ(request(contract::admin, x, "POST", "/workflows/conversation_flow/deactivate").status / 100, 2U);
  EXPECT_TRUE(
      request(contract::admin, x, "GET", "/conversations/" + id + "/transitions").body["meta"]["transitions"].empty());
  const Response performed = request(contract::admin, x, "POST", "/conversations/" + id + "/transitions/close");
  EXPECT_EQ(performed.status, 409U) << performed;
  EXPECT_THAT(performed.body.dump(), HasSubstr("The workflow is not active."));
  EXPECT_EQ(create("active").status, 201U);
  const Response begun = create("inactive");
  ASSERT_EQ(begun.status, 201U) << begun;
  EXPECT_EQ(create("closed").status, 422U);
  for (const char *status : {"inactive", "active", "closed"}) {
    EXPECT_EQ(set(id, status).status, 200U);
    EXPECT_EQ(status_of(id, x), status);
  }
  const json message = contract::document("conversationmessages", {{"body", "Too late"}},
                                          {{"conversation", linkage("conversations", id)}});
  EXPECT_EQ(request(contract::admin, x, "POST", "/conversationmessages", message).status, 409U);
  ASSERT_EQ(request(contract::admin, x, "POST", "/workflows/conversation_flow/activate").status / 100, 2U);
  EXPECT_EQ(request(contract::admin, x, "POST", "/conversationmessages", message).status, 409U) << "nor now";
  const auto offered = [&](const std::string &of) {
    return request(contract::admin, x, "GET", "/conversations/" + of + "/transitions").body["meta"];
  };
  EXPECT_EQ(offered(id)["step"], "closed");
  EXPECT_THAT(offered(id).dump(), HasSubstr("reopen"));
  EXPECT_EQ(offered(begun.body["data"]["id"])["step"], "inactive");
}

TEST_F(Switch, D11_TheJobFindsWhatALostHostEventLeft) {
  const Place x{"x", ""};
  const std::string id = start(x);
  c_host_lose(host_.get(), "orders", "1");
  c_host_lose(host_.get(), "customerusers", "1");
  run("references");
  EXPECT_EQ(request(contract::admin, x, "GET", "/conversations/" + id).body["data"]["meta"]["labels"]["source"],
            "Order ORD-1001")
      << "looked up today";
  pass(2);
  run("references");
  const Response found = request(contract::admin, x, "GET", "/conversations/" + id);
  EXPECT_TRUE(found.body["data"]["relationships"]["source"]["data"].is_null()) << found;
  EXPECT_EQ(found.body["data"]["meta"]["labels"]["customerUser"], "Deleted user") << found;
  EXPECT_EQ(found.body["data"]["meta"]["labels"]["owner"], "John Doe") << found;
}

TEST_F(Switch, C3_RecordsCarryConversationsWhereTheSettingNamesTheirType) {
  const Place x{"x", ""};
  const Place y{"y", ""};
  const std::string id = start(x);
  const std::string elsewhere = start(y);
  const json before = request(contract::admin, x, "GET", "/activity/orders/1").body;
  const auto about_order =
      contract::document("conversations", {{"name", "Again"}}, {{"source", linkage("orders", "1")}});
  const json targets{{"data", {{{"type", "orders"}, {"id", "2"}}}}};
  values()["conversations.record_types@x"] = R"(["users"])";

  EXPECT_EQ(request(contract::admin, x, "GET", "/activity/orders/1").status, 404U);
  EXPECT_EQ(request(contract::admin, x, "GET", "/activity/users/1").status, 200U);
  EXPECT_EQ(request(contract::admin, y, "GET", "/activity/orders/1").status, 200U) << "the other organization goes on";
  for (const contract::Actor &actor : {contract::admin, amanda}) {
    const Response refused = request(actor, x, "POST", "/conversations", about_order);
    EXPECT_EQ(refused.status, 422U) << refused;
    EXPECT_EQ(refused.body["errors"][0]["detail"], "Conversations are not enabled for records of this type.");
    EXPECT_EQ(refused.body["errors"][0]["source"]["pointer"], "/data/relationships/source");
  }
  const std::string contexts = "/conversations/" + id + "/relationships/activityTargets";
  EXPECT_EQ(request(contract::admin, x, "POST", contexts, targets).status, 422U);
  const json shown = json::parse(surface(contract::admin, x));
  EXPECT_FALSE(shown["panels"].contains("orders"));
  EXPECT_TRUE(shown["panels"].contains("users"));
  EXPECT_FALSE(shown["recordActions"].contains("orders"));
  EXPECT_FALSE(json::parse(surface(amanda, x))["recordActions"].contains("orders"));
  EXPECT_TRUE(json::parse(surface(amanda, y))["recordActions"].contains("orders"));

  // What there is stays, and can be written in.
  EXPECT_EQ(status_of(id, x), "active");
  const json message = contract::document("conversationmessages", {{"body", "Still here"}},
                                          {{"conversation", linkage("conversations", elsewhere)}});
  EXPECT_EQ(request(contract::admin, x, "POST", "/conversationmessages", message).status, 201U);
  values()["conversations.record_types@x"] = "\"orders\"";
  EXPECT_EQ(request(contract::admin, x, "GET", "/activity/orders/1").status, 200U) << "unusable: the default holds";
  EXPECT_EQ(request(contract::admin, x, "POST", "/conversations", about_order).status, 201U);
  EXPECT_EQ(logged("its default holds: \"orders\"\n"), 1U);
  values().erase("conversations.record_types@x");
  EXPECT_EQ(request(contract::admin, x, "GET", "/activity/orders/2").status, 200U);
}

TEST_F(Switch, C3_BadValuesOfAHostAreToldOnceAndTheDefaultHolds) {
  const Place x{"x", ""};
  const std::string id = start(x);
  pass(50);
  for (const char *value : {"\"abc\"", "-5", "1e300"}) {
    values()["conversations.inactivity_days"] = value;
    run("inactivity");
    run("inactivity");
    EXPECT_EQ(status_of(id, x), "active");
    EXPECT_EQ(logged(std::string("its default holds: ") + value + "\n"), 1U) << value;
  }
  values()["conversations.enabled"] = "\"yes\"";
  EXPECT_EQ(status_of(id, x), "404");
}

TEST_F(Switch, C3_SettingsAreRegisteredWithBoundsAndLabels) {
  std::map<std::string, json> settings;
  const json described = host_.describe();
  for (const json &each : described["settings"]) {
    settings[each["name"]] = each;
  }
  for (const char *name : {"conversations.inactivity_days", "conversations.event_retention_days"}) {
    const std::string text = settings[name].dump();
    for (const char *part : {"\"minimum\"", "\"maximum\"", "\"de\"", "\"en\""}) {
      EXPECT_THAT(text, HasSubstr(part)) << name;
    }
  }
}

TEST_F(Switch, JobsNeedNoMoreThanAName) {
  const Errors errors;
  std::uint32_t more = 7;
  EXPECT_EQ(c_host_run_job(host_.get(), "parley-conversations", "mow", 60, &more, errors), PARLEY_NOT_FOUND);
  EXPECT_THAT(errors.text(), HasSubstr("There is no such job."));
  EXPECT_EQ(c_host_run_jobs(host_.get(), 60, errors), PARLEY_OK);
}

} // namespace
