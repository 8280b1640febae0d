// Reading: lists, single documents, related documents, include, pages.
#include "shop.hpp"

namespace parley::tests {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

TEST_F(Shop, ListsDocuments) {
  const auto reply = get("/notes");
  EXPECT_EQ(reply.status, 200u);
  EXPECT_EQ(reply.headers.at("Content-Type"), "application/vnd.api+json");
  EXPECT_EQ(reply.json()["jsonapi"]["version"], "1.1");
  EXPECT_THAT(ids(reply.json()), ElementsAre("n1", "n2", "n3"));
}

TEST_F(Shop, PutsALinkIntoEveryDocument) {
  const auto document = get("/notes").json();
  EXPECT_EQ(document["data"][0]["links"]["self"], "/api/notes/n1");
  EXPECT_EQ(document["data"][0]["attributes"]["name"], "First");
}

TEST_F(Shop, EncodesIdsInLinks) {
  notes.row("a/b c", {{{"name", "x"}}, {}, 1});
  EXPECT_EQ(get("/notes/a%2Fb%20c").json()["data"]["links"]["self"], "/api/notes/a%2Fb%20c");
}

TEST_F(Shop, LinksToTheNextPageByTheLastCursor) {
  const auto document = get("/notes?page[size]=2&sort=name").json();
  EXPECT_EQ(document["links"]["next"], "/api/notes?page%5Bsize%5D=2&sort=name&page%5Bafter%5D=cn2");
  EXPECT_EQ(document["links"].at("prev"), nullptr) << "there, as the cursor pagination profile has it";
}

TEST_F(Shop, LinksToThePreviousPageByTheFirstCursor) {
  const auto document = get("/notes?page[size]=2&page[after]=cn2").json();
  EXPECT_EQ(document["links"]["prev"], "/api/notes?page%5Bsize%5D=2&page%5Bbefore%5D=cn3");
  EXPECT_EQ(document["links"].at("next"), nullptr);
}

TEST_F(Shop, SaysThatListsFollowTheCursorPaginationProfileWhereItIsAskedFor) {
  const std::string profile = "profile=\"https://jsonapi.org/profiles/ethanresnick/cursor-pagination/\"";
  const std::string type = "application/vnd.api+json; " + profile;
  EXPECT_EQ(host.send("GET", "/notes", {}, {{"Accept", type}}).headers.at("Content-Type"), type);
  EXPECT_EQ(host.send("GET", "/notes/n1", {}, {{"Accept", type}}).headers.at("Content-Type"),
            "application/vnd.api+json");
  const auto error = get("/notes?page[size]=1001").json()["errors"][0];
  EXPECT_EQ(error["links"]["type"], "https://jsonapi.org/profiles/ethanresnick/cursor-pagination/max-size-exceeded");
  EXPECT_EQ(error["meta"]["page"]["maxSize"], 1000);
}

TEST_F(Shop, CountsAllRowsWithPageNumbers) {
  const auto document = get("/notes?page[number]=2&page[size]=1").json();
  EXPECT_THAT(ids(document), ElementsAre("n2"));
  EXPECT_EQ(document["meta"]["page"]["total"], 3);
  EXPECT_EQ(document["links"]["next"], "/api/notes?page%5Bsize%5D=1&page%5Bnumber%5D=3");
  EXPECT_EQ(document["links"]["prev"], "/api/notes?page%5Bsize%5D=1&page%5Bnumber%5D=1");
  EXPECT_EQ(document["links"]["first"], "/api/notes?page%5Bsize%5D=1&page%5Bnumber%5D=1");
  EXPECT_EQ(document["links"]["last"], "/api/notes?page%5Bsize%5D=1&page%5Bnumber%5D=3");
}

TEST_F(Shop, A4_LeadsFromFarBehindTheEndToTheLastPage) {
  const auto beyond = get("/notes?page[number]=9&page[size]=2").json();
  EXPECT_THAT(ids(beyond), IsEmpty());
  EXPECT_EQ(beyond["links"]["prev"], "/api/notes?page%5Bsize%5D=2&page%5Bnumber%5D=2");
  EXPECT_EQ(beyond["links"].at("next"), nullptr);
  const auto none = get("/notes?page[number]=9&page[size]=2&filter[name]=nothing").json();
  EXPECT_EQ(none["links"]["prev"], none["links"]["first"]);
}

TEST_F(Shop, EndsNumberedPagesWithNull) {
  const auto first = get("/notes?page[number]=1&page[size]=2").json()["links"];
  EXPECT_EQ(first.at("prev"), nullptr) << "there, as with cursors";
  EXPECT_EQ(first.at("next"), "/api/notes?page%5Bsize%5D=2&page%5Bnumber%5D=2");
  const auto last = get("/notes?page[number]=2&page[size]=2").json()["links"];
  EXPECT_EQ(last.at("prev"), "/api/notes?page%5Bsize%5D=2&page%5Bnumber%5D=1");
  EXPECT_EQ(last.at("next"), nullptr);
}

TEST_F(Shop, CountsNothingUnlessAsked) {
  EXPECT_FALSE(get("/notes").json().contains("meta"));
}

TEST_F(Shop, CountsWhenAskedForTheTotal) {
  EXPECT_EQ(get("/notes?page[total]=true").json()["meta"]["page"]["total"], 3);
}

TEST_F(Shop, GetsOneWithItsVersionAsETag) {
  const auto reply = get("/notes/n1");
  EXPECT_EQ(reply.status, 200u);
  EXPECT_THAT(reply.headers.at("ETag"), testing::MatchesRegex("\"7-[0-9a-f]+\""));
  EXPECT_EQ(reply.headers.at("Cache-Control"), "no-store");
}

TEST_F(Shop, ShowsNoETagWithoutVersion) {
  EXPECT_EQ(get("/users/1").headers.count("ETag"), 0u);
}

TEST_F(Shop, AnswersNotModifiedForAKnownETag) {
  const std::string known = get("/notes/n1").headers.at("ETag");
  const auto reply = host.send("GET", "/notes/n1", {}, {{"If-None-Match", "\"6\", W/" + known}});
  EXPECT_EQ(reply.status, 304u);
  EXPECT_EQ(reply.body, "");
}

TEST_F(Shop, AnswersWhatIsNewThoughItIsTheSameVersion) {
  const std::string known = get("/notes/n1").headers.at("ETag");
  EXPECT_EQ(host.send("GET", "/notes/n1?fields[notes]=name", {}, {{"If-None-Match", known}}).status, 200u);
  notes.rows["n1"].attributes["name"] = "Changed by nobody's edit";
  EXPECT_EQ(host.send("GET", "/notes/n1", {}, {{"If-None-Match", known}}).status, 200u);
  EXPECT_EQ(host.send("GET", "/notes/n1", {}, {{"If-Match", known}}).status, 200u);
}

TEST_F(Shop, AnswersHeadWithoutBody) {
  const auto reply = host.send("HEAD", "/notes/n1");
  EXPECT_EQ(reply.status, 200u);
  EXPECT_EQ(reply.body, "");
}

TEST_F(Shop, IncludesRelatedDocumentsOnce) {
  const auto document = get("/notes?include=author,readers").json();
  EXPECT_THAT(ids(document, "included"), UnorderedElementsAre("1", "2"));
}

TEST_F(Shop, FetchesIncludedDocumentsOfOneTypeInOneGo) {
  users.get_many_calls = 0;
  get("/notes?include=author,readers,about");
  EXPECT_EQ(users.get_many_calls, 1u);
}

TEST_F(Shop, IncludesAlongNestedPaths) {
  const auto document = get("/notes?include=about.owner").json();
  EXPECT_THAT(ids(document, "included"), UnorderedElementsAre("17", "2"));
}

TEST_F(Shop, DoesNotRepeatPrimaryDocumentsInIncluded) {
  EXPECT_THAT(ids(get("/notes?include=about.notes").json(), "included"), UnorderedElementsAre("17", "2"));
}

TEST_F(Shop, LeavesOutWhatCannotBeSeen) {
  EXPECT_THAT(ids(get("/notes/n3?include=about").json(), "included"), ElementsAre());
}

TEST_F(Shop, IncludesThroughARelationshipThatASparseFieldsetLeavesOut) {
  const auto document = get("/notes/n1?include=author&fields[notes]=name").json();
  EXPECT_THAT(ids(document, "included"), ElementsAre("1"));
  EXPECT_FALSE(document["data"].contains("relationships"));
}

TEST_F(Shop, GivesOnlyTheFieldsThatWereAskedFor) {
  const auto document = get("/notes/n1?fields[notes]=author").json();
  EXPECT_FALSE(document["data"].contains("attributes"));
  EXPECT_TRUE(document["data"]["relationships"].contains("author"));
}

TEST_F(Shop, ShowsARelatedDocument) {
  EXPECT_EQ(get("/notes/n1/author").json()["data"]["id"], "1");
}

TEST_F(Shop, IncludesFromWhateverAPolymorphicRelationshipPointsTo) {
  EXPECT_THAT(ids(get("/notes/n1/about?include=owner").json(), "included"), ElementsAre("2"));
}

TEST_F(Shop, ShowsNullWhereNothingIsRelated) {
  EXPECT_TRUE(get("/notes/n3/author").json()["data"].is_null());
}

TEST_F(Shop, ShowsRelatedDocumentsInTheirOrder) {
  EXPECT_THAT(ids(get("/notes/n1/readers").json()), ElementsAre("1", "2"));
}

TEST_F(Shop, PagesThroughARelationshipByItsInverse) {
  const auto document = get("/notes/n1/lines?page[size]=1").json();
  EXPECT_THAT(ids(document), ElementsAre("l1"));
  EXPECT_THAT(lines.last_filters, ElementsAre("note 1 n1"));
  EXPECT_EQ(document["links"]["next"], "/api/notes/n1/lines?page%5Bsize%5D=1&page%5Bafter%5D=cl1");
}

TEST_F(Shop, HidesTheRowsOfWhatIsNotThere) {
  EXPECT_EQ(get("/notes/nobody/lines").status, 404u);
}

TEST_F(Shop, ShowsLinkage) {
  const auto document = get("/notes/n1/relationships/readers").json();
  EXPECT_EQ(document["data"], nlohmann::json::parse(R"([{"type":"users","id":"1"},{"type":"users","id":"2"}])"));
  EXPECT_EQ(document["links"]["related"], "/api/notes/n1/readers");
}

TEST_F(Shop, ShowsLinkageToOne) {
  EXPECT_EQ(get("/notes/n1/relationships/about").json()["data"]["id"], "17");
  EXPECT_TRUE(get("/notes/n3/relationships/author").json()["data"].is_null());
}

TEST_F(Shop, ShowsPagedLinkage) {
  EXPECT_THAT(ids(get("/notes/n1/relationships/lines").json()), ElementsAre("l1", "l2"));
}

TEST_F(Shop, PerformsAnOperationOnOne) {
  const auto reply = host.send("POST", "/notes/n1/pin", R"({"meta":{"index":3}})");
  EXPECT_EQ(reply.json()["meta"]["done"], "pin n1");
  EXPECT_EQ(notes.last_input, R"({"index":3})");
}

TEST_F(Shop, PerformsASafeOperationOnTheCollection) {
  EXPECT_EQ(get("/notes/unread").json()["meta"]["done"], "unread ");
  const auto reply = host.send("POST", "/notes/unread");
  EXPECT_EQ(reply.status, 405u);
  EXPECT_EQ(reply.headers.at("Allow"), "GET, HEAD");
}

TEST_F(Shop, AnswersOfOperationsOnlyTheFieldsThatWereAskedFor) {
  notes.invoke_answers = {"n1", "n2"};
  const auto list = get("/notes/unread?fields[notes]=name,author&include=author").json();
  ASSERT_THAT(ids(list), ElementsAre("n1", "n2"));
  for (const auto &document : list["data"]) {
    EXPECT_EQ(document["attributes"].size(), 1U) << document;
    EXPECT_TRUE(document["attributes"].contains("name"));
    EXPECT_EQ(document["relationships"].size(), 1U) << document;
    EXPECT_TRUE(document["relationships"].contains("author"));
    EXPECT_TRUE(document.contains("links"));
  }
  EXPECT_THAT(ids(list, "included"), ElementsAre("1"));
  notes.invoke_answers = {"n1"};
  const auto one = host.send("POST", "/notes/n1/pin?fields[notes]=&include=author").json();
  EXPECT_EQ(one["data"]["id"], "n1");
  EXPECT_FALSE(one["data"].contains("attributes"));
  EXPECT_FALSE(one["data"].contains("relationships"));
  EXPECT_THAT(ids(one, "included"), ElementsAre("1")) << "through what was left out, too";
}

TEST_F(Shop, KeepsWholeWhatOperationsAnswerOfOtherTypes) {
  notes.invoke_answers = {"n1"};
  const auto document = get("/notes/unread?fields[users]=username").json()["data"][0];
  EXPECT_TRUE(document["relationships"].contains("readers")) << document;
}

TEST_F(Shop, RefusesARepresentationWhereAnOperationAnswersNoDocuments) {
  EXPECT_THAT(host.send("POST", "/notes/n1/count?fields[notes]=name&include=author").faults(),
              ElementsAre("fields[notes]: unknown-parameter", "include: unknown-parameter"));
  EXPECT_EQ(host.send("POST", "/notes/n1/count", R"({"meta":{"from":1}})").json()["meta"]["done"], "count n1");
}

TEST_F(Shop, DoesNotKnowOtherTypes) {
  const auto reply = get("/nothing");
  EXPECT_EQ(reply.status, 404u);
  EXPECT_EQ(reply.json()["errors"][0]["status"], "404");
  EXPECT_EQ(reply.json()["errors"][0]["title"], "Not Found");
}

TEST_F(Shop, DoesNotKnowOtherRelationships) {
  EXPECT_EQ(get("/notes/n1/nothing").status, 404u);
}

TEST_F(Shop, NamesTheMethodsThatThereAre) {
  const auto reply = host.send("POST", "/orders", "{}");
  EXPECT_EQ(reply.status, 405u);
  EXPECT_EQ(reply.headers.at("Allow"), "GET, HEAD");
}

TEST_F(Shop, AnswersOptionsWithTheMethodsThatThereAre) {
  const auto reply = host.send("OPTIONS", "/orders");
  EXPECT_EQ(reply.status, 204u);
  EXPECT_EQ(reply.headers.at("Allow"), "GET, HEAD");
  EXPECT_EQ(reply.body, "");
  EXPECT_EQ(host.send("OPTIONS", "/nothing").status, 404u);
}

TEST_F(Shop, RefusesBadEscapes) {
  EXPECT_EQ(get("/notes/%zz").status, 400u);
  EXPECT_EQ(get("/notes/%ff").status, 400u);
  EXPECT_EQ(get("/notes/%00").status, 400u);
  EXPECT_EQ(get("/notes?sort=%4").status, 400u);
}

TEST_F(Shop, RefusesLongIds) {
  EXPECT_EQ(get("/notes/" + std::string(65, 'a')).status, 404u);
}

TEST_F(Shop, RefusesMediaTypesThatItCannotAnswer) {
  const auto status = [&](const std::string &accept) {
    return host.send("GET", "/notes", {}, {{"Accept", accept}}).status;
  };
  EXPECT_EQ(status("text/html"), 406u);
  EXPECT_EQ(status("application/vnd.api+json; version=1"), 406u);
  EXPECT_EQ(status("application/vnd.api+json; version=1, application/vnd.api+json"), 200u);
  EXPECT_EQ(status("application/vnd.api+json;profile=\"http://example.com/a,b\""), 200u);
  EXPECT_EQ(status("application/vnd.api+json; version=1, */*"), 406u);
  EXPECT_EQ(status("text/html, */*;q=0.1"), 200u);
  EXPECT_EQ(status("application/json"), 200u);
  const auto error = host.send("GET", "/notes", {}, {{"Accept", "text/html"}}).json()["errors"][0];
  EXPECT_EQ(error["source"]["header"], "Accept");
}

TEST_F(Shop, SaysWhenToTryAgain) {
  notes.before_query = [] { return PARLEY_BUSY; };
  const auto reply = get("/notes");
  EXPECT_EQ(reply.status, 503u);
  EXPECT_EQ(reply.headers.at("Retry-After"), "1");
}

TEST_F(Shop, KeepsDetailsOfDefectsToItself) {
  notes.before_query = [] { return PARLEY_INTERNAL; };
  EXPECT_EQ(get("/notes").status, 500u);
  EXPECT_EQ(get("/notes").body.find("planned"), std::string::npos);
}

TEST_F(Shop, TakesAnUnknownStatusForADefect) {
  notes.before_query = [] { return 4711; };
  EXPECT_EQ(get("/notes").status, 500u);
}

} // namespace
} // namespace parley::tests
