// Scopes of 50,000: a customer with as many subsidiaries, a unit with as many below it. Right answers at every door.
#include "tests/access/doors.hpp"

#include <gmock/gmock.h>

namespace {

using namespace access_test;
using nlohmann::json;

constexpr int width = 50'000;

std::string wide_id(int number) {
  return "w" + std::to_string(number);
}

class WideScope : public testing::Test {
protected:
  // A conversation that nobody but its owner and its customer has to do with.
  void start(const std::string &owner, const std::string &unit, const std::string &customer) {
    const int id = static_cast<int>(world_.conversations.size()) + 1;
    all_.records[{"users", owner}] = {{"users", owner}, "user" + owner, owner, unit, "", "", "o1"};
    all_.records[{"customers", customer}] = {
        {"customers", customer}, "customer" + customer, "", "", customer, "", "o1"};
    Conversation made;
    made.id = id;
    made.name = "zc" + std::to_string(id) + "q";
    made.organization = "o1";
    made.owner = owner;
    made.unit = unit;
    made.customer = customer;
    for (const Ref &each : {Ref("users", owner), Ref("orders", "11")}) {
      made.contexts[each] = true;
    }
    made.participants[{"users", owner}] = true;
    const Person builder{
        "builder",
        {"users", "1"},
        PARLEY_APPLICATION_BACKOFFICE,
        "o1",
        {{"view", PARLEY_LEVEL_GLOBAL}, {"create", PARLEY_LEVEL_GLOBAL}, {"assign", PARLEY_LEVEL_GLOBAL}},
        ""};
    const Answer answer =
        shop_.request(builder, "POST", "/conversations",
                      document("conversations", {{"name", made.name}},
                               {{"owner", to_one({"users", owner})},
                                {"customer", to_one({"customers", customer})},
                                {"activityTargets", {{"data", json::array({identifier({"orders", "11"})})}}}}));
    ASSERT_EQ(answer.status, 201U) << answer.bytes();
    world_.conversations[id] = made;
    shop_.now += 1'000'000;
  }

  void try_doors(const Person &person, std::size_t expected) {
    for (const Door &door : doors()) {
      // The others name data of the other test, or add nothing here.
      const std::set<std::string> here{"list", "get", "count", "panel page", "panel badge", "transitions", "write"};
      if (here.count(door.name) > 0) {
        Visit visit(shop_, all_, world_, person);
        ASSERT_EQ(visit.allowed.size(), expected);
        door.go(visit);
        EXPECT_THAT(visit.faults, testing::IsEmpty()) << person.name << " at " << door.name;
      }
    }
  }

  Catalogue all_ = catalogue();
  Shop shop_{all_, fresh_database("wide")};
  World world_;
};

TEST_F(WideScope, OfSubsidiaries) {
  for (int number = 0; number < width; ++number) {
    all_.customer_above[wide_id(number)] = "1";
  }
  for (const int number : {0, 1, 777, 24'999, 25'000, 49'998, width - 1}) {
    start("4", "4", wide_id(number));
  }
  start("4", "4", "1");
  start("4", "4", "4");            // another customer
  start("4", "4", wide_id(width)); // that nobody has
  start("4", "4", wide_id(width) + "0");
  const std::uint32_t level = PARLEY_LEVEL_DIVISION;
  const Person buyer{"storefront division",
                     {"customerusers", "11"},
                     PARLEY_APPLICATION_STOREFRONT,
                     "o1",
                     {{"view", level}, {"create", level}, {"edit", level}},
                     ""};
  try_doors(buyer, 8);
}

TEST_F(WideScope, OfUnits) {
  for (int number = 0; number < width; ++number) {
    all_.unit_above[wide_id(number)] = "2";
  }
  int user = 100;
  for (const int number : {0, 1, 777, 24'999, 25'000, 49'998, width - 1, width, width + 1}) {
    start(std::to_string(++user), wide_id(number), "1");
  }
  start("4", "4", "1");
  start("2", "2", "1");
  const std::uint32_t level = PARLEY_LEVEL_DIVISION;
  const Person sales{"backoffice division",
                     {"users", "2"},
                     PARLEY_APPLICATION_BACKOFFICE,
                     "o1",
                     {{"view", level}, {"create", level}, {"edit", level}, {"delete", level}, {"perform", level}},
                     ""};
  try_doors(sales, 8);
}

} // namespace
