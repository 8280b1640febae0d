// /openapi.json: what is registered, as the actor finds it. That every operation answers as it says is tested over HTTP.
#include "shop.hpp"

#include <algorithm>
#include <set>

namespace parley::tests {
namespace {

using namespace nlohmann::literals;
using testing::Contains;
using testing::ElementsAre;
using testing::IsSupersetOf;
using testing::Not;

class OpenApi : public Shop {
protected:
  nlohmann::json document() {
    const Reply reply = get("/openapi.json");
    EXPECT_EQ(reply.status, 200U) << reply.body;
    return reply.json();
  }
  static std::vector<std::string> methods(const nlohmann::json &document, const std::string &path) {
    std::vector<std::string> names;
    const nlohmann::json operations = document["paths"].value(path, nlohmann::json::object());
    for (const auto &item : operations.items()) {
      names.push_back(item.key());
    }
    return names;
  }
  static nlohmann::json properties(const nlohmann::json &document, const std::string &schema) {
    return document["components"]["schemas"][schema]["properties"];
  }
  // Names of the query parameters of an operation.
  static std::vector<std::string> parameters(const nlohmann::json &document, const std::string &path,
                                             const char *method = "get") {
    std::vector<std::string> names;
    for (const auto &each : document["paths"][path][method]["parameters"]) {
      const nlohmann::json::json_pointer at(each.value("$ref", "#").substr(1));
      names.push_back(each.contains("$ref") ? document[at]["name"] : each["name"]);
    }
    return names;
  }
};

TEST_F(OpenApi, IsNoJsonApiDocument) {
  const Reply reply = host.send("GET", "/openapi.json", {}, {{"Accept", "application/json"}});
  EXPECT_EQ(reply.status, 200U);
  EXPECT_EQ(reply.headers.at("Content-Type"), "application/json");
  EXPECT_EQ(reply.json()["openapi"], "3.1.0");
  EXPECT_EQ(reply.json()["servers"][0]["url"], "/api");
  EXPECT_EQ(host.send("POST", "/openapi.json").headers.at("Allow"), "GET, HEAD");
}

TEST_F(OpenApi, HasWhatTheRouterOffers) {
  const auto all = document();
  EXPECT_THAT(methods(all, "/notes"), ElementsAre("delete", "get", "post"));
  EXPECT_THAT(methods(all, "/notes/{id}"), ElementsAre("delete", "get", "patch"));
  EXPECT_THAT(methods(all, "/orders/{id}"), ElementsAre("get"));
  EXPECT_THAT(methods(all, "/notes/{id}/relationships/readers"), ElementsAre("delete", "get", "patch", "post"));
  EXPECT_THAT(methods(all, "/notes/{id}/relationships/lines"), ElementsAre("get"));
  EXPECT_THAT(methods(all, "/notes/{id}/lines"), ElementsAre("get"));
  EXPECT_THAT(methods(all, "/notes/{id}/pin"), ElementsAre("post"));
  EXPECT_THAT(methods(all, "/notes/unread"), ElementsAre("get"));
}

TEST_F(OpenApi, NamesEveryParameterThatTheQueryKnows) {
  const auto names = parameters(document(), "/notes");
  EXPECT_THAT(names,
              IsSupersetOf({"filter[search]", "filter[name]", "filter[name][contains]", "filter[price][greater]",
                            "filter[createdAt][lessOrEqual]", "filter[author]", "filter[author][not]",
                            "filter[about][orders]", "filter[about][users][not]", "filter[about][exists]", "sort",
                            "include", "fields[notes]", "fields[users]", "page[size]", "page[after]", "page[number]"}));
  EXPECT_THAT(names, Not(Contains("filter[done][contains]")));
  for (const auto &name : names) { // none of them is unknown to the router
    for (const std::string value : {"1", "true", "name", "2026-01-01T00:00:00Z", "about"}) {
      const auto faults = get("/notes?" + name + "=" + value).status == 200
                              ? std::vector<std::string>{}
                              : get("/notes?" + name + "=" + value).faults();
      EXPECT_THAT(faults, Not(Contains(name + ": unknown-parameter")));
    }
  }
}

TEST_F(OpenApi, OffersARepresentationOnlyWhereDocumentsAreAnswered) {
  const auto all = document();
  const auto names = [&](const char *path) { return parameters(all, path, "post"); };
  EXPECT_THAT(names("/notes/{id}/pin"), IsSupersetOf({"include", "fields[notes]"}));
  EXPECT_THAT(names("/notes/{id}/count"), Not(Contains("include")));
  EXPECT_THAT(names("/notes/{id}/count"), Not(Contains("fields[notes]")));
}

TEST_F(OpenApi, KeepsTheApplicationsApart) {
  const auto backoffice = document();
  host.application = PARLEY_APPLICATION_STOREFRONT;
  const auto storefront = document();
  EXPECT_TRUE(properties(backoffice, "notes")["attributes"]["properties"].contains("internal"));
  EXPECT_FALSE(properties(storefront, "notes")["attributes"]["properties"].contains("internal"));
  EXPECT_THAT(parameters(storefront, "/notes"), Not(Contains("filter[internal]")));
}

TEST_F(OpenApi, KnowsEveryPlaceThatAFaultNames) {
  const auto source = properties(document(), "Errors")["errors"]["items"]["properties"]["source"];
  ASSERT_EQ(source["additionalProperties"], false);
  const std::string note = R"({"data":{"type":"notes","id":"n1","attributes":{"colour":"red"}}})";
  std::set<std::string> seen;
  for (const auto &reply :
       {host.send("PATCH", "/notes/n1", note), host.send("PATCH", "/notes/n1", note, {{"If-Match", "seven"}}),
        host.send("PATCH", "/notes/n1", note, {{"Content-Type", "text/plain"}}), get("/notes?colour=red"),
        host.send("POST", "/notes/n1/pin", {}, {{"Idempotency-Key", std::string(256, 'k')}}),
        host.send("GET", "/notes", {}, {{"Accept", "text/html"}})}) {
    ASSERT_GE(reply.status, 400U);
    const auto errors = reply.json().at("errors");
    for (const auto &place : errors[0].at("source").items()) {
      EXPECT_TRUE(source["properties"].contains(place.key())) << reply.body;
      seen.insert(place.key());
    }
  }
  EXPECT_THAT(seen, ElementsAre("header", "parameter", "pointer"));
}

TEST_F(OpenApi, SaysWhatMayBeWrittenAndWhatMust) {
  const auto all = document();
  const auto create = properties(all, "NotesCreate")["data"];
  EXPECT_EQ(create["properties"]["attributes"]["required"], nlohmann::json({"name"}));
  EXPECT_THAT(create["required"], ElementsAre("type", "attributes"));
  EXPECT_TRUE(create["properties"]["attributes"]["properties"].contains("secret"));
  EXPECT_FALSE(properties(all, "notes")["attributes"]["properties"].contains("secret")) << "it is never in a document";
  const auto update = properties(all, "NotesUpdate")["data"];
  EXPECT_FALSE(update["properties"]["attributes"]["properties"].contains("secret"));
  EXPECT_FALSE(update["properties"]["attributes"]["properties"].contains("createdAt"));
  EXPECT_EQ(create["properties"]["attributes"]["properties"]["done"]["type"], nlohmann::json({"boolean", "null"}));
}

TEST_F(OpenApi, SaysWhichOperationsNeedABody) {
  const auto all = document();
  const auto body = [&](const char *path) { return all["paths"][path]["post"]["requestBody"]; };
  const auto content = body("/notes/{id}/count")["content"]["application/vnd.api+json"]["schema"];
  EXPECT_EQ(body("/notes/{id}/count")["required"], true);
  EXPECT_EQ(content["required"], nlohmann::json({"meta"}));
  EXPECT_EQ(body("/notes/tidy")["required"], false) << "nothing of its input has to be there";
  EXPECT_FALSE(all["paths"]["/notes/{id}/pin"]["post"].contains("requestBody"));
}

TEST_F(OpenApi, PointsToNothingThatIsNotThere) {
  const auto all = document();
  const std::function<void(const nlohmann::json &)> walk = [&](const nlohmann::json &value) {
    if (value.is_object() && value.contains("$ref")) {
      EXPECT_TRUE(all.contains(nlohmann::json::json_pointer(value["$ref"].get<std::string>().substr(1)))) << value;
    }
    for (const auto &inner : value) {
      if (inner.is_structured()) {
        walk(inner);
      }
    }
  };
  walk(all);
}

TEST_F(OpenApi, NamesTheOperatorsThatFiltersOffer) {
  const auto all = document();
  std::vector<std::string> of_code;
  for (const auto &name : parameters(all, "/notes")) {
    if (name.rfind("filter[code]", 0) == 0) {
      of_code.push_back(name);
    }
  }
  EXPECT_THAT(of_code, ElementsAre("filter[code]", "filter[code][contains]"));
  const auto &filters = all["components"]["parameters"];
  EXPECT_EQ(filters["notes.filter.code"]["schema"]["type"], "string") << "it takes one value";
  EXPECT_EQ(filters["lines.filter.note"]["schema"]["type"], "string");
  EXPECT_FALSE(filters.contains("lines.filter.note.not"));
  EXPECT_FALSE(filters.contains("lines.filter.note.exists"));
}

TEST_F(OpenApi, NamesTheFailuresThatEveryRequestMayMeet) {
  const auto all = document();
  for (const auto &path : all["paths"].items()) {
    for (const auto &operation : path.value().items()) {
      for (const char *status : {"405", "500", "503", "504"}) {
        EXPECT_TRUE(operation.value()["responses"].contains(status)) << operation.key() << path.key() << status;
      }
    }
  }
  EXPECT_TRUE(all.contains("/components/responses/MethodNotAllowed/headers/Allow"_json_pointer));
}

TEST_F(OpenApi, SaysThatListsMayHaveATotal) {
  const auto all = document();
  const auto total = [&](const char *path) {
    const auto &schema = all["paths"][path]["get"]["responses"]["200"]["content"]["application/vnd.api+json"]["schema"];
    const auto &meta = schema["properties"]["meta"];
    const auto &resolved =
        meta.contains("$ref") ? all[nlohmann::json::json_pointer(meta["$ref"].get<std::string>().substr(1))] : meta;
    return resolved.value("/properties/page/properties/total/type"_json_pointer, std::string());
  };
  for (const char *path : {"/notes", "/notes/{id}/lines", "/notes/{id}/relationships/lines"}) {
    EXPECT_EQ(total(path), "integer") << path;
  }
  EXPECT_EQ(total("/notes/{id}"), "");
  EXPECT_EQ(total("/notes/{id}/readers"), "");
}

// The rest of the world stays as it is: an attribute is added in its descriptor, and nowhere else.
TEST(OpenApiOf, ANewAttributeComesOfItself) {
  for (const bool with : {false, true}) {
    MemoryEntity things("things", PARLEY_ACTION_LIST | PARLEY_ACTION_GET);
    things.attribute("name", PARLEY_TYPE_STRING, PARLEY_FIELD_TITLE);
    if (with) {
      things.attribute("colour", PARLEY_TYPE_STRING, PARLEY_FIELD_FILTER);
    }
    TestHost host;
    ASSERT_EQ(host.register_own(
                  [&](const parley_host *self, const parley_registry *registry, const parley_error_sink *errors) {
                    return registry->add_entity(self, &things.descriptor(), errors);
                  }),
              PARLEY_OK);
    const std::string text = host.send("GET", "/openapi.json").body;
    EXPECT_EQ(text.find("colour") != std::string::npos, with);
    EXPECT_EQ(text.find("filter[colour][contains]") != std::string::npos, with);
  }
}

} // namespace
} // namespace parley::tests
