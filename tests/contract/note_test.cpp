// The note plugin in the C host, over JSON:API: what libparley-host makes of any plugin.
#include "support.hpp"

#include <gmock/gmock.h>

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
using testing::IsEmpty;
using testing::SizeIs;

class Notes : public testing::Test {
protected:
  void SetUp() override {
    ASSERT_EQ(host_.status(), PARLEY_OK) << host_.errors().text();
    Errors errors;
    plugin_ = host_.load(contract::note_plugin(), errors);
    ASSERT_NE(plugin_, nullptr) << errors.text();
    ASSERT_EQ(Host::start(plugin_, "{}", errors), PARLEY_OK) << errors.text();
  }

  // Creates a note a second later than the last one; answers its id.
  std::string add(const std::string &text, const std::string &order = {}, const contract::Actor &actor = admin) {
    c_host_set_time(host_.get(), now_ += 1'000'000);
    const json relationships = order.empty() ? json{} : json{{"record", linkage("orders", order)}};
    const Response response =
        host_.request(actor, "POST", "/notes", document("notes", {{"text", text}}, relationships));
    EXPECT_EQ(response.status, 201U) << response;
    return response.body["data"]["id"];
  }

  std::vector<std::string> texts(const Response &response) const {
    std::vector<std::string> found;
    for (const json &each : response.body["data"]) {
      found.push_back(each["attributes"]["text"]);
    }
    return found;
  }

  // The texts that a list answers, from the target's query on.
  std::vector<std::string> list(const std::string &query, const contract::Actor &actor = admin) const {
    const Response response = host_.get(actor, "/notes?" + query);
    EXPECT_EQ(response.status, 200U) << response;
    return texts(response);
  }

  Host host_;
  parley_runtime_plugin *plugin_ = nullptr;
  std::int64_t now_ = 1'769'846'400'000'000;
};

TEST_F(Notes, CreatedOnARecord) {
  const Response created = host_.request(admin, "POST", "/notes",
                                         document("notes", {{"text", "Call \"back\"\n\u00e4\u20ac"}, {"pinned", true}},
                                                  {{"record", linkage("orders", "1")}}));
  ASSERT_EQ(created.status, 201U) << created;
  EXPECT_THAT(created.content_type, HasSubstr("application/vnd.api+json"));
  EXPECT_THAT(created.location, HasSubstr("/admin/api/notes/1"));
  const json &data = created.body["data"];
  EXPECT_EQ(data["type"], "notes");
  EXPECT_EQ(data["attributes"]["text"], "Call \"back\"\n\u00e4\u20ac");
  EXPECT_EQ(data["attributes"]["pinned"], true);
  EXPECT_EQ(data["attributes"]["createdAt"], "2026-01-31T08:00:00.000000Z");
  EXPECT_EQ(data["relationships"]["record"]["data"], json({{"type", "orders"}, {"id", "1"}}));
  EXPECT_EQ(data["relationships"]["author"]["data"], json({{"type", "users"}, {"id", "1"}}));
  EXPECT_EQ(data["meta"]["can"], json({{"update", true}, {"delete", true}}));
}

TEST_F(Notes, FaultsHavePointers) {
  const Response refused = host_.request(admin, "POST", "/notes",
                                         document("notes", {{"text", " \n"}}, {{"record", linkage("orders", "99")}}));
  EXPECT_EQ(refused.status, 422U) << refused;
  ASSERT_THAT(refused.body["errors"], SizeIs(2));
  EXPECT_EQ(refused.body["errors"][0]["detail"], "This value should not be blank.");
  EXPECT_EQ(refused.body["errors"][0]["source"]["pointer"], "/data/attributes/text");
  EXPECT_EQ(refused.body["errors"][0]["status"], "422");
  EXPECT_EQ(refused.body["errors"][1]["source"]["pointer"], "/data/relationships/record");
}

TEST_F(Notes, TheRouterRefusesWhatIsNotDeclared) {
  const std::string id = add("One", "1");
  EXPECT_EQ(host_.request(admin, "POST", "/notes", document("notes", {{"text", "A"}, {"colour", "red"}})).status / 100,
            4U);
  EXPECT_EQ(host_.request(admin, "POST", "/notes", document("notes", json::object())).status, 422U);
  EXPECT_EQ(host_.request(admin, "POST", "/notes", document("orders", {{"text", "A"}})).status, 409U);
  EXPECT_EQ(host_.send(admin, "POST", "/notes", "{").status, 400U);
  EXPECT_EQ(host_.request(amanda, "POST", "/notes", document("notes", {{"text", "A"}})).status, 405U);
  EXPECT_EQ(host_.request(admin, "DELETE", "/notes?filter[pinned]=true").status, 405U);
  EXPECT_EQ(host_.get(admin, "/notes?filter[colour]=red").status, 400U);
  EXPECT_EQ(host_.get(admin, "/notes?sort=record").status, 400U);
  EXPECT_EQ(host_.get(admin, "/notes?include=colour").status, 400U);
  EXPECT_EQ(host_.get(admin, "/notes?page[size]=0").status, 400U);
  EXPECT_EQ(host_.get(admin, "/notes/" + id + "/colour").status, 404U);
  EXPECT_EQ(host_.get(admin, "/nothing").status, 404U);
}

TEST_F(Notes, ReadOneByOne) {
  const std::string id = add("One", "1");
  EXPECT_EQ(host_.get(admin, "/notes/" + id).body["data"]["attributes"]["text"], "One");
  for (const char *unknown : {"99", "0", "x", "1x", "99999999999999999999"}) {
    EXPECT_EQ(host_.get(admin, std::string{"/notes/"} + unknown).status, 404U) << unknown;
  }
}

TEST_F(Notes, Filtered) {
  add("Alpha beta", "1");
  const std::string pinned = add("Beta gamma", "2");
  add("Gamma");
  EXPECT_EQ(
      host_.request(admin, "PATCH", "/notes/" + pinned, document("notes", {{"pinned", true}}, nullptr, pinned)).status,
      200U);
  EXPECT_THAT(list("filter[pinned]=true"), ElementsAre("Beta gamma"));
  EXPECT_THAT(list("filter[text]=Gamma"), ElementsAre("Gamma"));
  EXPECT_THAT(list("filter[text][contains]=BETA"), ElementsAre("Beta gamma", "Alpha beta"));
  EXPECT_THAT(list("filter[search]=beta%20alp"), ElementsAre("Alpha beta"));
  EXPECT_THAT(list("filter[record][orders]=1,2&sort=createdAt"), ElementsAre("Alpha beta", "Beta gamma"));
  EXPECT_THAT(list("filter[record][exists]=false"), ElementsAre("Gamma"));
  EXPECT_THAT(list("filter[author]=1&filter[text][not]=Gamma,Alpha%20beta"), ElementsAre("Beta gamma"));
  EXPECT_THAT(list("filter[author]=3"), IsEmpty());
  EXPECT_THAT(list("filter[createdAt][greater]=2026-01-31T08:00:02Z"), ElementsAre("Gamma"));
  EXPECT_THAT(list("filter[createdAt][lessOrEqual]=2026-01-31T08:00:01.000000Z"), ElementsAre("Alpha beta"));
}

TEST_F(Notes, SortedAndPagedByCursor) {
  for (const char *text : {"C", "A", "E", "B", "D"}) {
    add(text);
  }
  EXPECT_THAT(list(""), ElementsAre("D", "B", "E", "A", "C"));
  EXPECT_THAT(list("sort=text"), ElementsAre("A", "B", "C", "D", "E"));
  EXPECT_THAT(list("sort=-pinned,-text"), ElementsAre("E", "D", "C", "B", "A"));
  EXPECT_THAT(list("sort=text&page[size]=2&page[number]=2"), ElementsAre("C", "D"));

  // Follow "next" to the end, and "prev" back.
  std::vector<std::string> seen;
  std::string target = "/notes?sort=text&page[size]=2";
  std::string last;
  for (int page = 0; page < 3; ++page) {
    const Response response = host_.get(admin, target);
    ASSERT_EQ(response.status, 200U) << response;
    for (const std::string &text : texts(response)) {
      seen.push_back(text);
    }
    last = target;
    const json next = response.body["links"].value("next", json{});
    EXPECT_EQ(next.is_null(), page == 2) << response;
    if (next.is_null()) {
      const std::string previous = response.body["links"]["prev"];
      EXPECT_THAT(texts(host_.get(admin, previous.substr(std::strlen("/admin/api")))), ElementsAre("C", "D"));
      break;
    }
    target = next.get<std::string>().substr(std::strlen("/admin/api"));
  }
  EXPECT_THAT(seen, ElementsAre("A", "B", "C", "D", "E"));
  EXPECT_EQ(host_.get(admin, "/notes?page[after]=77").status, 400U);
}

TEST_F(Notes, IncludedAndSparse) {
  add("One", "1");
  const Response response =
      host_.get(admin, "/notes?include=record,author,record.customer&fields[notes]=text,record,author"
                       "&fields[orders]=number,customer");
  ASSERT_EQ(response.status, 200U) << response;
  const json &data = response.body["data"][0];
  EXPECT_EQ(data["attributes"], json({{"text", "One"}}));
  std::vector<std::string> included;
  for (const json &each : response.body["included"]) {
    included.push_back(each["type"].get<std::string>() + "/" + each["id"].get<std::string>());
  }
  EXPECT_THAT(included, testing::UnorderedElementsAre("orders/1", "users/1", "customers/1"));
}

TEST_F(Notes, RelatedAndLinkage) {
  const std::string id = add("One", "2");
  EXPECT_EQ(host_.get(admin, "/notes/" + id + "/record").body["data"]["attributes"]["number"], "ORD-1002");
  EXPECT_EQ(host_.get(admin, "/notes/" + id + "/relationships/record").body["data"],
            json({{"type", "orders"}, {"id", "2"}}));
  EXPECT_EQ(
      host_.request(admin, "PATCH", "/notes/" + id + "/relationships/record", linkage("orders", "1")).status / 100, 4U);
}

TEST_F(Notes, UpdatedWithAnExpectedVersion) {
  const std::string id = add("One");
  const Response first = host_.get(admin, "/notes/" + id);
  ASSERT_FALSE(first.etag.empty());
  const json change = document("notes", {{"text", "Two"}}, nullptr, id);
  const Response second = host_.request(admin, "PATCH", "/notes/" + id, change, first.etag);
  EXPECT_EQ(second.status, 200U) << second;
  EXPECT_EQ(second.body["data"]["attributes"]["text"], "Two");
  EXPECT_NE(second.etag, first.etag);

  const Response stale = host_.request(admin, "PATCH", "/notes/" + id, change, first.etag);
  EXPECT_EQ(stale.status, 412U) << stale;
  EXPECT_EQ(stale.body["errors"][0]["meta"]["version"], 2);
  EXPECT_EQ(host_.request(admin, "DELETE", "/notes/" + id, nullptr, first.etag).status, 412U);
  EXPECT_EQ(host_.request(admin, "PATCH", "/notes/" + id, change).status, 200U) << "without one any version will do";
}

TEST_F(Notes, Deleted) {
  const std::string id = add("One");
  EXPECT_EQ(host_.request(admin, "DELETE", "/notes/" + id).status, 204U);
  EXPECT_EQ(host_.get(admin, "/notes/" + id).status, 404U);
  EXPECT_EQ(host_.request(admin, "DELETE", "/notes/" + id).status, 404U);
}

TEST_F(Notes, NamedOperations) {
  const std::string id = add("One");
  EXPECT_EQ(host_.get(admin, "/notes/pinned").body["meta"]["count"], 0);
  const Response pinned = host_.request(admin, "POST", "/notes/" + id + "/pin");
  EXPECT_EQ(pinned.status, 200U) << pinned;
  EXPECT_EQ(pinned.body["data"]["attributes"]["pinned"], true);
  EXPECT_EQ(host_.get(admin, "/notes/pinned").body["meta"]["count"], 1);
  EXPECT_EQ(host_.get(admin, "/notes/" + id + "/pin").status, 405U);
  EXPECT_EQ(host_.request(admin, "POST", "/notes/99/pin").status, 404U);
  EXPECT_EQ(host_.request(amanda, "POST", "/notes/" + id + "/pin").status / 100, 4U);
}

TEST_F(Notes, Transitions) {
  const std::string id = add("One");
  const Response before = host_.get(admin, "/notes/" + id + "/transitions");
  EXPECT_EQ(before.body["meta"]["step"], "open") << before;
  EXPECT_EQ(before.body["meta"]["transitions"][0]["name"], "finish");
  EXPECT_EQ(before.body["meta"]["transitions"][0]["to"], "done");
  const Response done = host_.request(admin, "POST", "/notes/" + id + "/transitions/finish");
  EXPECT_EQ(done.status, 200U) << done;
  const Response again = host_.request(admin, "POST", "/notes/" + id + "/transitions/finish");
  EXPECT_EQ(again.status, 409U) << again;
  EXPECT_EQ(again.body["errors"][0]["meta"]["step"], "done");
  EXPECT_EQ(host_.get(admin, "/notes/" + id + "/transitions").body["meta"]["step"], "done");
  EXPECT_EQ(host_.request(admin, "POST", "/notes/" + id + "/transitions/reopen").status, 404U);
}

TEST_F(Notes, TheWorkflowCanBeSwitchedOff) {
  const std::string id = add("One");
  EXPECT_EQ(host_.get(admin, "/workflows/note_flow").body["data"]["attributes"]["active"], true);
  EXPECT_EQ(host_.request(admin, "POST", "/workflows/note_flow/deactivate").status, 200U);
  EXPECT_EQ(host_.get(admin, "/workflows/note_flow").body["data"]["attributes"]["active"], false);
  EXPECT_THAT(host_.get(admin, "/notes/" + id + "/transitions").body["meta"]["transitions"], IsEmpty());
  EXPECT_EQ(host_.request(admin, "POST", "/notes/" + id + "/transitions/finish").status, 409U);
  EXPECT_EQ(host_.request(admin, "POST", "/workflows/note_flow/activate").status, 200U);
  EXPECT_EQ(host_.request(admin, "POST", "/notes/" + id + "/transitions/finish").status, 200U);

  c_host_grant(host_.get(), "users", "3", "note_flow", "configure", PARLEY_LEVEL_NONE);
  EXPECT_EQ(host_.request(dana, "POST", "/workflows/note_flow/deactivate").status, 403U);
}

TEST_F(Notes, Activity) {
  add("One", "1");
  add("Two", "1");
  add("Three", "2");
  const Response items = host_.get(admin, "/activity/orders/1");
  ASSERT_EQ(items.status, 200U) << items;
  EXPECT_THAT(texts(items), ElementsAre("Two", "One"));
  EXPECT_EQ(host_.get(admin, "/activity/orders/99").status, 404U);

  const Response counts =
      host_.request(admin, "POST", "/activity/counts",
                    {{"data", {{{"type", "orders"}, {"id", "1"}}, {{"type", "orders"}, {"id", "3"}}}}});
  ASSERT_EQ(counts.status, 200U) << counts;
  EXPECT_EQ(counts.body["meta"]["counts"][0]["panels"]["notes"], 2);
  EXPECT_EQ(counts.body["meta"]["counts"][1]["panels"]["notes"], 0);
}

TEST_F(Notes, RightsDecideWhatIsSeen) {
  add("Admin's", "1");
  const std::string own = add("Dana's", "1", dana);
  c_host_grant(host_.get(), "users", "3", "notes", nullptr, PARLEY_LEVEL_USER);
  EXPECT_THAT(list("", dana), ElementsAre("Dana's"));
  EXPECT_EQ(host_.get(dana, "/notes/1").status, 404U);

  c_host_grant(host_.get(), "users", "3", "notes", "edit", PARLEY_LEVEL_NONE);
  const Response refused =
      host_.request(dana, "PATCH", "/notes/" + own, document("notes", {{"text", "B"}}, nullptr, own));
  EXPECT_EQ(refused.status, 403U) << refused;
  EXPECT_NE(host_.get(dana, "/notes/" + own).body["data"]["meta"]["can"]["update"], true);

  c_host_grant(host_.get(), "users", "3", "notes", "create", PARLEY_LEVEL_NONE);
  EXPECT_EQ(host_.request(dana, "POST", "/notes", document("notes", {{"text", "C"}})).status, 403U);
}

TEST_F(Notes, TheStorefrontSeesNotesOnItsOwnRecords) {
  add("On Acme's order", "1");
  add("On the order of Globex", "3");
  add("On nothing");
  EXPECT_THAT(list("", amanda), ElementsAre("On Acme's order"));
  const Response response = host_.get(amanda, "/notes/1");
  EXPECT_EQ(response.status, 200U);
  EXPECT_FALSE(response.body["data"]["relationships"].contains("author")) << "a field of the back office";
  EXPECT_EQ(host_.get(amanda, "/notes/2").status, 404U);
}

TEST_F(Notes, TheHostTellsOfADeletion) {
  add("One", "1");
  add("Two", "2");
  EXPECT_EQ(c_host_delete(host_.get(), "orders", "1"), PARLEY_OK);
  EXPECT_THAT(list(""), ElementsAre("Two"));
}

TEST_F(Notes, Surface) {
  const json surface = host_.surface(admin);
  EXPECT_EQ(surface["assets"][0]["path"], "notes.js");
  EXPECT_EQ(surface["assets"][0]["kind"], "module");
  EXPECT_EQ(surface["menus"]["backoffice.activities"][0]["label"], "Notes");
  EXPECT_EQ(surface["pages"][0]["entity"], "notes");
  EXPECT_EQ(surface["pages"][0]["actions"][0]["element"], "note-form");
  EXPECT_EQ(surface["recordActions"]["orders"][0]["name"], "add-note");
  EXPECT_EQ(surface["recordActions"]["orders"][0]["placement"], "menu");
  EXPECT_EQ(surface["panels"]["users"][0]["element"], "note-panel");
  EXPECT_FALSE(surface["panels"].contains("customers")) << "customers are no records here";
  EXPECT_EQ(surface["indicators"][0]["element"], "note-indicator");
  EXPECT_EQ(surface["workflows"][0]["transitions"][0]["label"], "Finish");
  EXPECT_EQ(surface["workflows"][0]["mayPerform"], true);
  for (const json &element : {surface["pages"][0], surface["pages"][0]["actions"][0], surface["panels"]["users"][0],
                              surface["recordActions"]["orders"][0], surface["indicators"][0]}) {
    EXPECT_EQ(element.value("plugin", ""), "parley-note") << element;
  }

  const json shop = host_.surface(amanda);
  EXPECT_TRUE(shop["menus"].empty()) << shop.dump(2);
  EXPECT_TRUE(shop["indicators"].empty());
}

TEST_F(Notes, GatesAreAskedEachTime) {
  c_host_grant(host_.get(), "users", "3", "notes", "create", PARLEY_LEVEL_NONE);
  EXPECT_FALSE(host_.surface(dana)["recordActions"].contains("orders"));
  EXPECT_TRUE(host_.surface(admin)["recordActions"].contains("orders"));
  c_host_grant(host_.get(), "users", "3", "notes", "view", PARLEY_LEVEL_NONE);
  EXPECT_TRUE(host_.surface(dana)["menus"].empty());
  EXPECT_EQ(host_.get(dana, "/notes").status / 100, 4U);
}

TEST_F(Notes, AnActionIsShownToWhoMayPerformIt) {
  const auto actions = [&](const contract::Actor &actor) {
    const json surface = host_.surface(actor);
    for (const json &entity : surface["entities"]) {
      if (entity["type"] == "notes") {
        EXPECT_EQ(entity["plugin"], "parley-note");
        return entity["actions"];
      }
    }
    return json{};
  };
  c_host_grant(host_.get(), "users", "3", "notes", "create", PARLEY_LEVEL_NONE);
  c_host_grant(host_.get(), "users", "3", "notes", "edit", PARLEY_LEVEL_NONE);
  EXPECT_EQ(actions(dana), json({"list", "get", "delete"}));
  EXPECT_EQ(actions(admin), json({"list", "get", "create", "update", "delete"}));
}

TEST(NotesSwitchedOff, AreNotThere) {
  Host host{{}, R"({"notes.enabled":false})"};
  ASSERT_EQ(Host::start(host.load(contract::note_plugin())), PARLEY_OK);
  EXPECT_TRUE(host.surface(admin)["menus"].empty());
  EXPECT_EQ(host.get(admin, "/notes").status, 404U);
}

TEST_F(Notes, Assets) {
  std::string bytes;
  const parley_asset_sink sink{sizeof sink, 0, &bytes,
                               [](const parley_asset_sink *self, const parley_asset *asset) -> std::int32_t {
                                 *static_cast<std::string *>(self->context) = contract::copy(asset->bytes);
                                 return PARLEY_OK;
                               }};
  const parley_str name = parley_str_of("parley-note");
  const parley_str path = parley_str_of("notes.js");
  const parley_str unknown = parley_str_of("../notes.js");
  EXPECT_EQ(parley_runtime_asset(host_.runtime(), &name, &path, &sink), PARLEY_OK);
  EXPECT_THAT(bytes, HasSubstr("customElements.define('note-form'"));
  EXPECT_EQ(parley_runtime_asset(host_.runtime(), &name, &unknown, &sink), PARLEY_NOT_FOUND);
  EXPECT_EQ(parley_runtime_asset(host_.runtime(), &path, &path, &sink), PARLEY_NOT_FOUND);
}

TEST_F(Notes, Description) {
  const json described = host_.describe();
  EXPECT_EQ(described["plugins"][0]["name"], "parley-note");
  EXPECT_THAT(described["permissions"], SizeIs(6));
  EXPECT_EQ(described["settings"][0]["name"], "notes.enabled");
  EXPECT_EQ(described["settings"][0]["default"], true);
}

} // namespace
