// The query of a request: what plugins get of it, and what is refused.
#include "shop.hpp"

namespace parley::tests {
namespace {

using testing::ElementsAre;

class Queries : public Shop {
protected:
  std::vector<std::string> refused(const std::string &query) {
    const auto reply = get("/notes?" + query);
    EXPECT_EQ(reply.status, 400u);
    return reply.faults();
  }
};

TEST_F(Queries, FiltersByValue) {
  EXPECT_THAT(ids(get("/notes?filter[name]=Second").json()), ElementsAre("n2"));
}

TEST_F(Queries, FiltersBySeveralValues) {
  EXPECT_THAT(ids(get("/notes?filter%5Bname%5D=First%2CThird").json()), ElementsAre("n1", "n3"));
}

TEST_F(Queries, KeepsAnEscapedComma) {
  get("/notes?filter[name]=a%5C,b,c");
  EXPECT_THAT(notes.last_filters, ElementsAre("name 1 a,b c"));
}

TEST_F(Queries, KnowsTheOperators) {
  get("/notes?filter[number][not]=1,2&filter[number][greater]=3&filter[name][contains]=a,b&filter[author][exists]="
      "true");
  EXPECT_THAT(notes.last_filters, ElementsAre("number 2 1 2", "number 3 3", "name 7 a,b", "author 8 true"));
}

TEST_F(Queries, PassesTimesOnAsUtc) {
  get("/notes?filter[createdAt][less]=2026-01-31T01:00:00.5%2B02:00&filter[createdAt][greaterOrEqual]=2026-01-01");
  EXPECT_THAT(notes.last_filters,
              ElementsAre("createdAt 5 2026-01-30T23:00:00.5Z", "createdAt 4 2026-01-01T00:00:00Z"));
}

TEST_F(Queries, FiltersByAPolymorphicRelationship) {
  get("/notes?filter[about][orders]=17&filter[about][users][not]=2");
  EXPECT_THAT(notes.last_filters, ElementsAre("about/orders 1 17", "about/users 2 2"));
}

TEST_F(Queries, SearchesWords) {
  get("/notes?filter[search]=red+blue,green");
  EXPECT_THAT(notes.last_filters, ElementsAre(" 9 red blue,green"));
}

TEST_F(Queries, PassesSortOn) {
  get("/notes?sort=-number,name");
  EXPECT_THAT(notes.last_sorts, ElementsAre("-number", "name"));
}

TEST_F(Queries, RefusesEveryUnknownThingAtOnce) {
  EXPECT_THAT(
      refused("filter[color]=red&sort=color&include=color&fields[notes]=color&fields[cars]=x&color=red&page[x]=1"),
      ElementsAre("filter[color]: invalid-filter", "sort: invalid-sort", "include: invalid-include",
                  "fields[notes]: unknown-field", "fields[cars]: unknown-type", "color: unknown-parameter",
                  "page[x]: unknown-parameter"));
}

TEST_F(Queries, RefusesWrongValues) {
  EXPECT_THAT(refused("filter[number]=x&filter[done]=maybe&filter[createdAt][less]=today&filter[author]="),
              ElementsAre("filter[number]: invalid-filter", "filter[done]: invalid-filter",
                          "filter[createdAt][less]: invalid-filter", "filter[author]: invalid-filter"));
}

TEST_F(Queries, ComparesDecimalNumbers) {
  get("/notes?filter[price][greater]=9.50&sort=-price");
  EXPECT_THAT(notes.last_filters, ElementsAre("price 3 9.50"));
  EXPECT_THAT(refused("filter[price]=x&filter[price][contains]=9"),
              ElementsAre("filter[price]: invalid-filter", "filter[price][contains]: invalid-filter"));
}

TEST_F(Queries, RefusesAnUnknownOperator) {
  EXPECT_THAT(refused("filter[name][like]=x"), ElementsAre("filter[name][like]: invalid-filter"));
}

TEST_F(Queries, OffersTheOperatorsThatAFieldDeclares) {
  get("/notes?filter[code]=a&filter[code][contains]=b,c");
  EXPECT_THAT(notes.last_filters, ElementsAre("code 1 a", "code 7 b,c"));
  EXPECT_THAT(refused("filter[code][not]=a&filter[code][greater]=a&filter[code][exists]=true&filter[code]=a,b"),
              ElementsAre("filter[code][not]: invalid-filter", "filter[code][greater]: invalid-filter",
                          "filter[code][exists]: invalid-filter", "filter[code]: invalid-filter"));
  EXPECT_EQ(get("/lines?filter[note]=n1").status, 200U);
  for (const char *query : {"filter[note]=n1,n2", "filter[note][not]=n1", "filter[note][exists]=true"}) {
    EXPECT_EQ(get(std::string("/lines?") + query).status, 400U) << query;
  }
}

TEST_F(Queries, RefusesAPolymorphicFilterWithoutType) {
  EXPECT_THAT(refused("filter[about]=17"), ElementsAre("filter[about]: invalid-filter"));
  EXPECT_THAT(refused("filter[about][users][exists]=true"),
              ElementsAre("filter[about][users][exists]: invalid-filter"));
}

TEST_F(Queries, RefusesPagesThatThereCannotBe) {
  EXPECT_THAT(refused("page[size]=0&page[number]=x"),
              ElementsAre("page[size]: invalid-page", "page[number]: invalid-page"));
  EXPECT_THAT(refused("page[size]=1001"), ElementsAre("page[size]: page-too-large"));
  for (const char *size : {"0", "-1", "x", "99999999999999999999"}) {
    EXPECT_EQ(get("/notes?page[size]=" + std::string(size)).json()["errors"][0]["detail"],
              "It takes a number from 1 to 1000.");
  }
  EXPECT_THAT(refused("page[after]=a&page[before]=b"), ElementsAre("page[before]: range-of-pages"));
}

TEST_F(Queries, RefusesAParameterThatIsThereTwice) {
  EXPECT_THAT(refused("sort=name&sort=number"), ElementsAre("sort: duplicate-parameter"));
}

TEST_F(Queries, RefusesToIncludeWhatIsPaged) {
  EXPECT_THAT(refused("include=lines"), ElementsAre("include: invalid-include"));
}

TEST_F(Queries, RefusesToIncludeTooDeep) {
  EXPECT_THAT(refused("include=about.notes.about.notes.about.notes"), ElementsAre("include: invalid-include"));
}

TEST_F(Queries, DoesNotKnowFieldsOfTheOtherApplication) {
  EXPECT_EQ(get("/notes?filter[internal]=x").status, 200u);
  host.application = PARLEY_APPLICATION_STOREFRONT;
  EXPECT_THAT(refused("filter[internal]=x&fields[users]=email"),
              ElementsAre("filter[internal]: invalid-filter", "fields[users]: unknown-field"));
}

TEST_F(Queries, DoesNotKnowWriteOnlyFields) {
  EXPECT_THAT(refused("fields[notes]=secret"), ElementsAre("fields[notes]: unknown-field"));
}

TEST_F(Queries, AnswersJsonWhateverBytesWereSent) {
  for (const char *target : {"/notes?p\xff\xff=1", "/notes?fields[notes]=\xff", "/notes?sort=\xC3(",
                             "/notes?filter[name]=\xC3%A4", "/notes?%FF=1", "/\xC3%A4"}) {
    EXPECT_TRUE(nlohmann::json::accept(get(target).body)) << target;
  }
}

TEST_F(Queries, KnowsFewerParametersForOne) {
  EXPECT_THAT(get("/notes/n1?sort=name").faults(), ElementsAre("sort: unknown-parameter"));
}

} // namespace
} // namespace parley::tests
