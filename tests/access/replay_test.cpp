// Requests that are sent again with their Idempotency-Key (A8) by somebody who has lost sight of what they made.
#include "tests/access/doors.hpp"

#include <gmock/gmock.h>

namespace {

using namespace access_test;
using nlohmann::json;

std::map<std::string, std::uint32_t> levels(std::uint32_t level) {
  return {{"view", level}, {"create", level}, {"edit", level}, {"delete", level}, {"assign", level}};
}

class Replay : public testing::Test {
protected:
  Answer post(const Person &person, const std::string &target, const json &body, const std::string &key) const {
    return shop_.request(person, "POST", target, body, {{"Idempotency-Key", key}});
  }
  Answer start(const Person &person, const std::string &key = "start") const {
    return post(person, "/conversations", document("conversations", {{"name", "zname"}, {"firstMessage", "zfirst"}}),
                key);
  }
  Answer say(const Person &person, const std::string &id, const std::string &key = "say") const {
    return post(
        person, "/conversationmessages",
        document("conversationmessages", {{"body", "zsaid"}}, {{"conversation", to_one({"conversations", id})}}), key);
  }
  std::int64_t total(const std::string &type) const {
    return shop_.request(admin_, "GET", "/" + type + "?page[total]=true&page[size]=1").json()["meta"]["page"]["total"];
  }

  const Person admin_{"admin", {"users", "1"}, PARLEY_APPLICATION_BACKOFFICE, "o1", levels(PARLEY_LEVEL_GLOBAL), ""};
  const Person buyer_{"buyer", {"customerusers", "11"},   PARLEY_APPLICATION_STOREFRONT,
                      "o1",    levels(PARLEY_LEVEL_USER), ""};
  const Person other_{"other", {"customerusers", "12"},   PARLEY_APPLICATION_STOREFRONT,
                      "o1",    levels(PARLEY_LEVEL_USER), ""};
  Catalogue all_ = catalogue();
  Shop shop_{all_, fresh_database("replay")};
};

TEST_F(Replay, A8_WhatMovedAwayAnswersLikeWhatIsGone) {
  const Answer made = start(buyer_);
  ASSERT_EQ(made.status, 201U) << made.bytes();
  const std::string id = made.json()["data"]["id"];
  const Answer said = say(buyer_, id);
  ASSERT_EQ(said.status, 201U) << said.bytes();
  EXPECT_EQ(start(buyer_).json()["data"]["id"], id) << "the same as long as it is seen";
  EXPECT_EQ(say(buyer_, id).json()["data"]["id"], said.json()["data"]["id"]);
  const std::int64_t messages = total("conversationmessages");

  const Answer moved =
      shop_.request(admin_, "PATCH", "/conversations/" + id,
                    document("conversations", json::object(),
                             {{"customer", to_one({"customers", "4"})}, {"customerUser", to_one({})}}, id));
  ASSERT_EQ(moved.status, 200U) << moved.bytes();
  const std::int64_t after_moving = total("conversationmessages");
  EXPECT_GE(after_moving, messages);
  const Answer hidden_start = start(buyer_);
  const Answer hidden_say = say(buyer_, id);
  EXPECT_EQ(hidden_start.status, 404U) << hidden_start.bytes();
  EXPECT_EQ(hidden_say.status, 404U) << hidden_say.bytes();
  EXPECT_EQ(total("conversations"), 1);
  EXPECT_EQ(total("conversationmessages"), after_moving);

  const Answer others = start(other_);
  EXPECT_EQ(others.status, 201U) << others.bytes();
  EXPECT_NE(others.json()["data"]["id"], id) << "a key is its actor's";
  EXPECT_EQ(total("conversations"), 2);

  ASSERT_EQ(shop_.request(admin_, "DELETE", "/conversations/" + id).status / 100, 2U);
  EXPECT_EQ(start(buyer_).bytes(), hidden_start.bytes());
  EXPECT_EQ(say(buyer_, id).bytes(), hidden_say.bytes());
  EXPECT_EQ(total("conversations"), 1);
}

// In the back office who made something takes part in it, so that sight is lost with the right, or with the organization,
// where the same words are another request. What was made stays, and is not made again.
TEST_F(Replay, A8_WhoLosesSightInTheBackOfficeMakesNothingAgain) {
  const Person seller{"seller", {"users", "2"}, PARLEY_APPLICATION_BACKOFFICE, "o1", levels(PARLEY_LEVEL_USER), ""};
  Person elsewhere = seller;
  elsewhere.organization = "o2";
  Person blind = seller;
  blind.levels["view"] = PARLEY_LEVEL_NONE;
  const Answer made = start(seller);
  ASSERT_EQ(made.status, 201U) << made.bytes();
  const std::string id = made.json()["data"]["id"];
  const Answer said = say(seller, id);
  ASSERT_EQ(said.status, 201U) << said.bytes();
  const std::int64_t messages = total("conversationmessages");

  const Answer blind_start = start(blind);
  const Answer blind_say = say(blind, id);
  EXPECT_EQ(blind_start.status, 404U) << blind_start.bytes();
  EXPECT_EQ(blind_say.status, 404U) << blind_say.bytes();
  EXPECT_EQ(start(blind, "fresh").bytes(), blind_start.bytes()) << "not even that the key was used";
  EXPECT_EQ(say(blind, id, "fresh").bytes(), blind_say.bytes());
  for (const Answer &answer : {start(elsewhere), say(elsewhere, id)}) {
    EXPECT_EQ(answer.status, 422U) << answer.bytes();
    EXPECT_EQ(answer.body.find(R"("data")"), std::string::npos) << answer.bytes();
  }
  EXPECT_EQ(start(seller).json()["data"]["id"], id) << "seen again";
  EXPECT_EQ(say(seller, id).json()["data"]["id"], said.json()["data"]["id"]);
  EXPECT_EQ(total("conversations"), 1);
  EXPECT_EQ(total("conversationmessages"), messages);

  ASSERT_EQ(shop_.request(admin_, "DELETE", "/conversations/" + id).status / 100, 2U);
  EXPECT_EQ(start(seller).status, 404U) << "gone is gone";
  EXPECT_EQ(say(seller, id).status, 404U);
  EXPECT_EQ(total("conversations"), 0);
}

// D3: without view on a kind of people one names nobody, and does not learn who is there.
TEST_F(Replay, D3_WhoMayNotPostForOthersDoesNotLearnWhoIsThere) {
  const Answer made = start(admin_);
  ASSERT_EQ(made.status, 201U) << made.bytes();
  const std::string id = made.json()["data"]["id"];
  for (const char *kind : {"users.view", "customerusers.view"}) {
    Person person = admin_;
    person.levels[kind] = PARLEY_LEVEL_NONE;
    for (const Ref &ref :
         {Ref("users", "4"), Ref("users", "9"), Ref("customerusers", "41"), Ref("customerusers", "91")}) {
      const auto answers = [&](const Ref &named) {
        const Answer message =
            shop_.request(person, "POST", "/conversationmessages",
                          document("conversationmessages", {{"body", "zfor"}},
                                   {{"conversation", to_one({"conversations", id})}, {"sender", to_one(named)}}));
        const Answer first = shop_.request(person, "POST", "/conversations",
                                           document("conversations", {{"name", "zname"}, {"firstMessage", "zfor"}},
                                                    {{"firstMessageSender", to_one(named)}}));
        EXPECT_EQ(message.status, 403U) << message.bytes();
        EXPECT_EQ(first.status, 403U) << first.bytes();
        return message.bytes() + first.bytes();
      };
      EXPECT_EQ(answers(ref), answers({ref.first, "none"})) << kind << " " << ref.first << "/" << ref.second;
    }
  }
  EXPECT_EQ(total("conversations"), 1);
}

} // namespace
