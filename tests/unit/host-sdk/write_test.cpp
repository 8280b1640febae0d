// Writing: bodies, every fault at once, versions, relationships, deleting.
#include "shop.hpp"

namespace parley::tests {
namespace {

using testing::ElementsAre;

class Writes : public Shop {
protected:
  Reply create(const std::string &data) { return host.send("POST", "/notes", "{\"data\":" + data + "}"); }
  Reply update(const std::string &data) { return host.send("PATCH", "/notes/n1", "{\"data\":" + data + "}"); }
};

TEST_F(Writes, CreatesAndSaysWhere) {
  const auto reply = create(R"({"type":"notes","attributes":{"name":"New"}})");
  EXPECT_EQ(reply.status, 201u);
  EXPECT_EQ(reply.headers.at("Location"), "/api/notes/new%201");
  EXPECT_EQ(reply.json()["data"]["attributes"]["name"], "New");
}

TEST_F(Writes, PassesTheIdempotencyKeyOn) {
  host.send("POST", "/notes", R"({"data":{"type":"notes","attributes":{"name":"x"}}})", {{"Idempotency-Key", "k-1"}});
  EXPECT_EQ(notes.last_idempotency_key, "k-1");
}

TEST_F(Writes, RefusesAnIdempotencyKeyThatIsNone) {
  for (const std::string &key :
       {std::string(256, 'k'), std::string(), std::string("a\tb"), std::string("k\xC3\xA9y")}) {
    const auto reply = host.send("POST", "/notes", R"({"data":{"type":"notes","attributes":{"name":"x"}}})",
                                 {{"Idempotency-Key", key}});
    EXPECT_EQ(reply.status, 400u) << key;
    EXPECT_THAT(reply.json()["errors"][0]["detail"].get<std::string>(), testing::HasSubstr("Idempotency-Key")) << key;
  }
  EXPECT_TRUE(notes.last_idempotency_key.empty());
}

TEST_F(Writes, TakesAnIdempotencyKeyOfAnyPrintableCharacters) {
  const std::string key = "\"~ !" + std::string(251, 'k');
  host.send("POST", "/notes", R"({"data":{"type":"notes","attributes":{"name":"x"}}})", {{"Idempotency-Key", key}});
  EXPECT_EQ(notes.last_idempotency_key, key);
}

TEST_F(Writes, RefusesTwoIdempotencyKeys) {
  const auto reply = host.send("POST", "/notes", R"({"data":{"type":"notes","attributes":{"name":"x"}}})",
                               {{"Idempotency-Key", "a"}, {"Idempotency-Key", "b"}});
  EXPECT_EQ(reply.status, 400u);
}

TEST_F(Writes, ReportsEveryFaultAtOnceTogetherWithThePlugins) {
  const auto reply = create(R"({"type":"notes","attributes":{"name":"","color":"red","number":"1","createdAt":"x"},
    "relationships":{"author":{"data":{"type":"orders","id":"1"}},"owner":{"data":null},"readers":{"data":null}}})");
  EXPECT_EQ(reply.status, 422u);
  EXPECT_THAT(reply.faults(),
              testing::UnorderedElementsAre(
                  "/data/attributes/color: unknown-member", "/data/attributes/number: wrong-type",
                  "/data/attributes/createdAt: not-writable", "/data/relationships/author/data/type: wrong-target",
                  "/data/relationships/owner: unknown-member", "/data/relationships/readers/data: wrong-linkage",
                  "/data/attributes/name: not-blank"));
  EXPECT_EQ(notes.writes, 0u);
}

TEST_F(Writes, TakesDecimalNumbersAsTexts) {
  EXPECT_EQ(create(R"({"type":"notes","attributes":{"name":"x","price":"978.00"}})").status, 201u);
  for (const char *wrong : {"978.00", "\"978,00\"", "\"1e3\"", "\"\"", "true"}) {
    const auto reply = create(R"({"type":"notes","attributes":{"name":"x","price":)" + std::string(wrong) + "}}");
    EXPECT_THAT(reply.faults(), ElementsAre("/data/attributes/price: wrong-type")) << wrong;
  }
}

TEST_F(Writes, DoesNotRepeatAFaultThatThePluginFindsToo) {
  notes.blank_names = {"name", "color"};
  const auto reply = create(R"({"type":"notes","attributes":{"name":"x","color":""}})");
  EXPECT_THAT(reply.faults(), ElementsAre("/data/attributes/color: unknown-member"));
}

TEST_F(Writes, MissesWhatIsRequired) {
  const auto reply = create(R"({"type":"notes"})");
  EXPECT_EQ(reply.status, 422u);
  EXPECT_THAT(reply.faults(), ElementsAre("/data/attributes/name: required"));
}

TEST_F(Writes, ToleratesWhatIsIgnored) {
  EXPECT_EQ(create(R"({"type":"notes","attributes":{"name":"x","count":5}})").status, 201u);
}

TEST_F(Writes, KnowsWhereNullIsAllowed) {
  EXPECT_EQ(update(R"({"type":"notes","id":"n1","attributes":{"done":null}})").status, 200u);
  EXPECT_THAT(update(R"({"type":"notes","id":"n1","attributes":{"number":null}})").faults(),
              ElementsAre("/data/attributes/number: not-null"));
}

TEST_F(Writes, DoesNotKnowAttributesOfTheOtherApplication) {
  host.application = PARLEY_APPLICATION_STOREFRONT;
  EXPECT_THAT(update(R"({"type":"notes","id":"n1","attributes":{"internal":"x"}})").faults(),
              ElementsAre("/data/attributes/internal: unknown-member"));
}

TEST_F(Writes, RefusesAnotherType) {
  const auto reply = create(R"({"type":"orders","attributes":{"name":"x"}})");
  EXPECT_EQ(reply.status, 409u);
  EXPECT_THAT(reply.faults(), ElementsAre("/data/type: type-mismatch"));
}

TEST_F(Writes, LetsTheWrongTypeOrIdDecideAmongOtherFaults) {
  const auto created = create(R"({"type":"orders","attributes":{"name":"","color":"red"}})");
  EXPECT_EQ(created.status, 409u);
  EXPECT_THAT(created.faults(), ElementsAre("/data/type: type-mismatch", "/data/attributes/color: unknown-member",
                                            "/data/attributes/name: not-blank"));
  EXPECT_EQ(created.json()["errors"][1]["status"], "422") << "each keeps its own";
  EXPECT_EQ(create(R"({"type":"orders","id":"9","attributes":{"name":"x"}})").status, 409u);
  EXPECT_EQ(update(R"({"type":"notes","id":"n2","attributes":{"color":"red"}})").status, 409u);
}

TEST_F(Writes, OverlooksAtMembers) {
  const auto reply = host.send("POST", "/notes", R"({"@context":1,"data":{"@id":2,"type":"notes",
      "attributes":{"@type":3,"name":"x"},"relationships":{"@graph":4}}})");
  EXPECT_EQ(reply.status, 201u) << reply.body;
}

TEST_F(Writes, TakesALocalIdThatIsAText) {
  const auto send = [&](const std::string &lid) {
    return host.send("POST", "/notes", R"({"data":{"type":"notes","lid":)" + lid + R"(,"attributes":{"name":"x"}}})");
  };
  EXPECT_EQ(send("\"a\"").status, 201u);
  EXPECT_THAT(send("1").faults(), ElementsAre("/data/lid: wrong-type"));
}

TEST_F(Writes, RefusesIdsOfClients) {
  const auto reply = create(R"({"type":"notes","id":"9","attributes":{"name":"x"}})");
  EXPECT_EQ(reply.status, 403u);
  EXPECT_THAT(reply.faults(), ElementsAre("/data/id: client-id"));
}

TEST_F(Writes, RefusesAnotherIdThanThatOfTheAddress) {
  const auto reply = update(R"({"type":"notes","id":"n2"})");
  EXPECT_EQ(reply.status, 409u);
  EXPECT_THAT(reply.faults(), ElementsAre("/data/id: id-mismatch"));
}

TEST_F(Writes, NeedsData) {
  const auto reply = host.send("POST", "/notes", "{}");
  EXPECT_EQ(reply.status, 422u);
  EXPECT_THAT(reply.faults(), ElementsAre("/data: no-data"));
}

TEST_F(Writes, RefusesWhatIsNoDocument) {
  const auto status = [&](const std::string &body) { return host.send("POST", "/notes", body).status; };
  EXPECT_EQ(status("{"), 400u);
  EXPECT_EQ(status("[]"), 400u);
  EXPECT_EQ(status("{\"data\":\"\xff\"}"), 400u);
  EXPECT_EQ(status(R"({"data":1,"data":2})"), 400u);
  EXPECT_EQ(status("{\"a\":" + std::string(64, '[') + std::string(64, ']') + "}"), 400u);
  EXPECT_EQ(status(std::string(1000000, '[')), 400u);
}

TEST_F(Writes, TakesDocumentsOf64Levels) {
  EXPECT_EQ(host.send("POST", "/notes", "{\"a\":" + std::string(63, '[') + std::string(63, ']') + "}").status, 422u);
}

TEST_F(Writes, NeedsTheMediaTypeOfJsonApi) {
  const auto status = [&](const std::string &type) {
    return host
        .send("POST", "/notes", R"({"data":{"type":"notes","attributes":{"name":"x"}}})", {{"Content-Type", type}})
        .status;
  };
  EXPECT_EQ(status("application/json"), 415u);
  EXPECT_EQ(status("application/vnd.api+json; charset=utf-8"), 415u);
  EXPECT_EQ(status("application/vnd.api+json; profile=\"http://example.com/\""), 201u);
}

TEST_F(Writes, UpdatesTheVersionThatWasExpected) {
  const auto reply = host.send("PATCH", "/notes/n1", R"({"data":{"type":"notes","id":"n1"}})", {{"If-Match", "\"7\""}});
  EXPECT_EQ(reply.status, 200u);
  EXPECT_EQ(notes.last_expected_version, 7u);
}

TEST_F(Writes, TellsTheNewerVersion) {
  const auto reply = host.send("PATCH", "/notes/n1", R"({"data":{"type":"notes","id":"n1"}})", {{"If-Match", "\"6\""}});
  EXPECT_EQ(reply.status, 412u);
  auto error = reply.json()["errors"][0];
  EXPECT_EQ(error["meta"]["version"], 7);
  EXPECT_EQ(error["meta"]["header"], "If-Match");
  EXPECT_EQ(error["source"], nlohmann::json({{"header", "If-Match"}}));
}

TEST_F(Writes, CallsItAConflictWhereNoVersionWasNamed) {
  notes.always_stale = true;
  for (const auto &headers : {std::vector<std::pair<std::string, std::string>>{}, {{"If-Match", "*"}}}) {
    const auto reply = host.send("PATCH", "/notes/n1", R"({"data":{"type":"notes","id":"n1"}})", headers);
    EXPECT_EQ(reply.status, 409u);
    EXPECT_EQ(reply.json()["errors"][0]["status"], "409");
    EXPECT_FALSE(reply.json()["errors"][0].contains("source")) << "no header asked for it";
    EXPECT_EQ(reply.json()["errors"][0]["meta"]["version"], 7);
  }
}

TEST_F(Writes, MatchesNoWeakETag) {
  EXPECT_EQ(host.send("PATCH", "/notes/n1", R"({"data":{"type":"notes","id":"n1"}})", {{"If-Match", "W/\"7\""}}).status,
            412u);
}

TEST_F(Writes, DoesNotUpdateWhatIsNotThere) {
  EXPECT_EQ(host.send("PATCH", "/notes/n9", R"({"data":{"type":"notes","id":"n9"}})").status, 404u);
  EXPECT_EQ(host.send("PATCH", "/notes/n9", R"({"data":{"type":"notes","id":"n9","attributes":{"x":1}}})").status,
            404u);
}

TEST_F(Writes, DeletesOne) {
  const auto reply = host.send("DELETE", "/notes/n1", {}, {{"If-Match", "\"7\""}});
  EXPECT_EQ(reply.status, 204u);
  EXPECT_EQ(reply.headers.count("Content-Type"), 0u);
  EXPECT_EQ(notes.last_expected_version, 7u);
  EXPECT_EQ(notes.rows.count("n1"), 0u);
}

TEST_F(Writes, DeletesManyOnlyWithAFilter) {
  EXPECT_EQ(host.send("DELETE", "/notes").status, 400u);
  const auto reply = host.send("DELETE", "/notes?filter[author]=1");
  EXPECT_EQ(reply.json()["meta"]["removed"], 2);
  EXPECT_EQ(notes.last_expected_count, 2u);
  EXPECT_EQ(notes.rows.size(), 1u);
}

TEST_F(Writes, AddsAndRemovesMembers) {
  const auto reply = host.send("POST", "/notes/n2/relationships/readers", R"({"data":[{"type":"users","id":"2"}]})");
  EXPECT_EQ(reply.status, 200u);
  EXPECT_THAT(ids(reply.json()), ElementsAre("2"));
  host.send("DELETE", "/notes/n1/relationships/readers", R"({"data":[{"type":"users","id":"1"}]})");
  EXPECT_EQ(notes.rows["n1"].related["readers"], (Refs{{"users", "2"}}));
}

TEST_F(Writes, ReplacesARelationship) {
  const auto reply = host.send("PATCH", "/notes/n1/relationships/author", R"({"data":null})");
  EXPECT_EQ(reply.status, 200u);
  EXPECT_TRUE(reply.json()["data"].is_null());
}

TEST_F(Writes, RefusesWrongLinkage) {
  const auto reply =
      host.send("PATCH", "/notes/n1/relationships/readers", R"({"data":[{"type":"orders","id":"1"},{}]})");
  EXPECT_EQ(reply.status, 400u); // several statuses
  EXPECT_THAT(reply.faults(), ElementsAre("/data/0/type: wrong-target", "/data/1/type: no-type", "/data/1/id: no-id"));
}

TEST_F(Writes, ChangesOnlyWhatHasMembersOneByOne) {
  const auto reply = host.send("POST", "/notes/n1/relationships/author", R"({"data":[]})");
  EXPECT_EQ(reply.status, 405u);
  EXPECT_EQ(reply.headers.at("Allow"), "GET, HEAD, PATCH");
}

} // namespace
} // namespace parley::tests
