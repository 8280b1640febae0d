// Messages for another person (D3), idempotency keys (A8) and races (W6, D15, D16), as clients of the API meet them.
#include "tests/conversations/started_plugin.hpp"

#include <atomic>
#include <string>
#include <thread>

namespace {

using contract::Actor;
using contract::admin;
using contract::amanda;
using contract::dana;
using contract::document;
using contract::linkage;
using contract::Response;
using nlohmann::json;
using testing::HasSubstr;
using testing::SizeIs;

class Keys : public contract::StartedPlugin {
protected:
  /// A POST with an Idempotency-Key.
  Response post(const Actor &actor, const std::string &target, const json &body, const std::string &key) const {
    parley_call call;
    c_host_call(host_.get(), actor.type.c_str(), actor.id.c_str(), &call);
    call.idempotency_key = contract::view(key);
    const std::string text = body.is_null() ? std::string{} : body.dump();
    c_host_response raw;
    Response response;
    if (c_host_request(host_.get(), &call, "POST", target.c_str(), text.c_str(), nullptr, &raw) == PARLEY_OK) {
      response.status = raw.status;
      response.body = raw.body_size == 0 ? json{} : json::parse(raw.body, raw.body + raw.body_size);
      response.location = raw.location != nullptr ? raw.location : "";
    }
    c_host_response_free(&raw);
    return response;
  }

  static json conversation(const json &attributes = {{"firstMessage", "Hello"}}, json relationships = json::object()) {
    relationships["source"] = linkage("orders", "1");
    return document("conversations", attributes, relationships);
  }
  static json message(const std::string &conversation, const std::string &text, const json &sender = nullptr,
                      const std::string &client_id = {}) {
    json relationships{{"conversation", linkage("conversations", conversation)}};
    if (!sender.is_null()) {
      relationships["sender"] = sender;
    }
    json attributes{{"body", text}};
    if (!client_id.empty()) {
      attributes["clientId"] = client_id;
    }
    return document("conversationmessages", attributes, relationships);
  }

  std::string start() const {
    const Response created = host_.request(admin, "POST", "/conversations", conversation());
    EXPECT_EQ(created.status, 201U) << created;
    return created.status == 201U ? created.body["data"]["id"].get<std::string>() : "0";
  }
  Response say(const Actor &actor, const json &what) const {
    return host_.request(actor, "POST", "/conversationmessages", what);
  }
  json attributes(const Actor &actor, const std::string &path) const {
    return host_.get(actor, path).body["data"]["attributes"];
  }
  std::int64_t messages(const std::string &id) const {
    return attributes(admin, "/conversations/" + id)["messagesNumber"].get<std::int64_t>();
  }
  std::string status(const std::string &id) const {
    return host_.get(admin, "/conversations/" + id).body["data"]["relationships"]["status"]["data"]["id"];
  }
};

using SentFor = Keys;

TEST_F(SentFor, D3_TheBackOfficeSeesBothTheStorefrontTheSender) {
  const std::string id = start();
  const Response said = say(admin, message(id, "For Dana", linkage("users", "3"), "client-1"));
  ASSERT_EQ(said.status, 201U) << said;
  const json &data = said.body["data"];
  EXPECT_EQ(data["relationships"]["sender"]["data"]["id"], "3");
  EXPECT_EQ(data["relationships"]["postedBy"]["data"]["id"], "1");
  EXPECT_EQ(data["attributes"]["senderName"], "Dana Reyes");
  EXPECT_EQ(data["attributes"]["postedByName"], "John Doe");
  EXPECT_EQ(data["attributes"]["isMine"], false);
  const Response shop = host_.get(amanda, "/conversationmessages/" + id + "-2");
  ASSERT_EQ(shop.status, 200U) << shop;
  EXPECT_EQ(shop.body["data"]["attributes"]["senderName"], "Dana Reyes");
  EXPECT_THAT(shop.body.dump(), testing::Not(HasSubstr("John")));
  EXPECT_THAT(shop.body.dump(), testing::Not(HasSubstr("postedBy")));
}

TEST_F(SentFor, D10_ItIsUnreadForThePersonAndNotForTheAuthor) {
  const std::string id = start();
  ASSERT_EQ(say(admin, message(id, "For Dana", linkage("users", "3"))).status, 201U);
  EXPECT_EQ(attributes(dana, "/conversations/" + id)["unread"], true);
  EXPECT_EQ(attributes(admin, "/conversations/" + id)["unread"], false);
}

TEST_F(SentFor, D3_ACustomerUserSpeaksOnlyWhereItBelongs) {
  const std::string id = start();
  const Response said = say(admin, message(id, "She called", linkage("customerusers", "1"), "client-1"));
  ASSERT_EQ(said.status, 201U) << said;
  const json shop = attributes(amanda, "/conversationmessages/" + id + "-2");
  EXPECT_EQ(shop["isMine"], true) << "it is shown as hers";
  EXPECT_TRUE(shop["clientId"].is_null()) << "of the program of who typed it";
  const Response stranger = say(admin, message(id, "She called", linkage("customerusers", "3")));
  EXPECT_EQ(stranger.status, 422U) << stranger;
  EXPECT_EQ(stranger.body["errors"][0]["source"]["pointer"], "/data/relationships/sender");
  EXPECT_EQ(stranger.body["errors"][0]["detail"], "The customer user does not belong to the customer.");
}

TEST_F(SentFor, D3_TheDeletedAndTheUnknownDoNotSpeak) {
  const std::string id = start();
  ASSERT_EQ(c_host_delete(host_.get(), "users", "3"), PARLEY_OK);
  for (const char *user : {"3", "99"}) {
    const Response refused = say(admin, message(id, "x", linkage("users", user)));
    EXPECT_EQ(refused.status, 422U) << refused;
    EXPECT_EQ(refused.body["errors"][0]["code"], "unknown-record");
    EXPECT_EQ(refused.body["errors"][0]["source"]["pointer"], "/data/relationships/sender");
  }
}

TEST_F(SentFor, D3_NeedsAViewOfUsersAndCustomerUsers) {
  const std::string id = start();
  for (const char *subject : {"users", "customerusers"}) {
    c_host_grant(host_.get(), "users", "1", subject, "view", PARLEY_LEVEL_NONE);
    const Response refused = say(admin, message(id, "x", linkage("users", "3")));
    EXPECT_EQ(refused.status, 403U) << subject << refused;
    const Response first =
        host_.request(admin, "POST", "/conversations",
                      conversation({{"firstMessage", "x"}}, {{"firstMessageSender", linkage("users", "3")}}));
    EXPECT_EQ(first.status, 403U) << subject << first;
    c_host_grant(host_.get(), "users", "1", subject, "view", PARLEY_LEVEL_USER);
  }
  EXPECT_EQ(say(admin, message(id, "x", linkage("users", "3"))).status, 201U);
}

TEST_F(SentFor, D3_TheStorefrontSpeaksForItself) {
  const std::string id = start();
  const Response refused = say(amanda, message(id, "x", linkage("customerusers", "2")));
  EXPECT_EQ(refused.status, 422U) << refused;
  EXPECT_EQ(messages(id), 1);
  const Response first = host_.request(amanda, "POST", "/conversations",
                                       document("conversations", {{"name", "x"}, {"firstMessage", "x"}},
                                                {{"firstMessageSender", linkage("users", "3")}}));
  EXPECT_EQ(first.status, 422U) << first;
}

TEST_F(SentFor, A6_TheFirstMessageMayBeSentForAnother) {
  const Response made =
      host_.request(admin, "POST", "/conversations",
                    conversation({{"firstMessage", "Hello"}}, {{"firstMessageSender", linkage("customerusers", "1")}}));
  ASSERT_EQ(made.status, 201U) << made;
  const std::string id = made.body["data"]["id"];
  const Response first = host_.get(admin, "/conversationmessages/" + id + "-1");
  EXPECT_EQ(first.body["data"]["relationships"]["sender"]["data"]["type"], "customerusers") << first;
  EXPECT_EQ(first.body["data"]["attributes"]["postedByName"], "John Doe");
  EXPECT_FALSE(made.body["data"]["relationships"].contains("firstMessageSender"));
  EXPECT_EQ(host_.get(admin, "/conversations/" + id + "/relationships/firstMessageSender").status, 404U);
  EXPECT_EQ(host_.get(admin, "/conversations/" + id + "/firstMessageSender").status, 404U);
  const Response stranger =
      host_.request(admin, "POST", "/conversations",
                    conversation({{"firstMessage", "Hello"}}, {{"firstMessageSender", linkage("customerusers", "3")}}));
  EXPECT_EQ(stranger.status, 422U) << stranger;
  EXPECT_EQ(stranger.body["errors"][0]["source"]["pointer"], "/data/relationships/firstMessageSender");
}

TEST_F(Keys, A8_ARetryGetsTheSameConversation) {
  const Response first = post(admin, "/conversations", conversation(), "k1");
  const Response again = post(admin, "/conversations", conversation(), "k1");
  ASSERT_EQ(first.status, 201U) << first;
  ASSERT_EQ(again.status, 201U) << again;
  EXPECT_EQ(first.body, again.body);
  EXPECT_EQ(first.location, again.location);
  EXPECT_THAT(host_.get(admin, "/conversations").body["data"], SizeIs(1));
}

TEST_F(Keys, A8_ARetryGetsTheSameMessageAlsoWhenItWasClosedSince) {
  const std::string id = start();
  const Response first = post(amanda, "/conversationmessages", message(id, "Once"), "k1");
  ASSERT_EQ(first.status, 201U) << first;
  ASSERT_EQ(host_.request(admin, "POST", "/conversations/" + id + "/transitions/close").status, 200U);
  const Response again = post(amanda, "/conversationmessages", message(id, "Once"), "k1");
  EXPECT_EQ(again.status, 201U) << again;
  EXPECT_EQ(first.body, again.body);
  EXPECT_EQ(messages(id), 2);
  EXPECT_EQ(post(amanda, "/conversationmessages", message(id, "Once"), "k2").status, 409U);
}

TEST_F(Keys, A8_ARetryIsAnsweredAlsoWhenWhatItNamedIsGoneSince) {
  const Response first = post(admin, "/conversations", conversation(), "k1");
  ASSERT_EQ(first.status, 201U) << first;
  ASSERT_EQ(c_host_delete(host_.get(), "orders", "1"), PARLEY_OK);
  const Response again = post(admin, "/conversations", conversation(), "k1");
  EXPECT_EQ(again.status, 201U) << again;
  EXPECT_EQ(again.body["data"]["id"], first.body["data"]["id"]);
  EXPECT_EQ(post(admin, "/conversations", conversation(), "k2").status, 422U);
}

TEST_F(Keys, A8_ARetryIsJudgedByTodaysAccess) {
  const Response made = post(admin, "/conversations", conversation(), "k1");
  ASSERT_EQ(made.status, 201U) << made;
  const std::string id = made.body["data"]["id"];
  ASSERT_EQ(post(admin, "/conversationmessages", message(id, "x"), "k2").status, 201U);
  ASSERT_EQ(post(admin, "/conversations/" + id + "/transitions/close", nullptr, "k3").status, 200U);
  const std::string member = "/conversations/" + id;
  ASSERT_EQ(host_.request(admin, "DELETE", member).status, 204U);
  EXPECT_EQ(post(admin, "/conversations", conversation(), "k1").status, 404U);
  EXPECT_EQ(post(admin, "/conversationmessages", message(id, "x"), "k2").status, 404U);
  EXPECT_EQ(post(admin, member + "/transitions/close", nullptr, "k3").status, 404U);
}

TEST_F(Keys, A8_WhatOneMayNotSeeAnyMoreIsNotFound) {
  const Response made = post(dana, "/conversations", conversation(), "k1");
  ASSERT_EQ(made.status, 201U) << made;
  const std::string id = made.body["data"]["id"];
  const std::string close = "/conversations/" + id + "/transitions/close";
  ASSERT_EQ(post(dana, close, nullptr, "k2").status, 200U);
  // Hers no more, and she sees her own alone.
  ASSERT_EQ(host_
                .request(admin, "PATCH", "/conversations/" + id,
                         document("conversations", json::object(), {{"owner", linkage("users", "1")}}, id))
                .status,
            200U);
  c_host_grant(host_.get(), "users", "3", "conversations", "view", PARLEY_LEVEL_UNIT);
  const std::uint32_t seen = host_.get(dana, "/conversations/" + id).status;
  EXPECT_EQ(post(dana, "/conversations", conversation(), "k1").status, seen == 200U ? 201U : seen);
  c_host_grant(host_.get(), "users", "3", "conversations", "view", PARLEY_LEVEL_NONE);
  EXPECT_EQ(post(dana, "/conversations", conversation(), "k1").status, 404U);
  EXPECT_EQ(post(dana, close, nullptr, "k2").status, 404U);
}

TEST_F(Keys, A8_AnotherRequestUnderTheSameKeyIsRefused) {
  const std::string id = start();
  ASSERT_EQ(post(admin, "/conversationmessages", message(id, "One"), "k1").status, 201U);
  const Response body = post(admin, "/conversationmessages", message(id, "Two"), "k1");
  EXPECT_EQ(body.status, 422U) << body;
  EXPECT_EQ(body.body["errors"][0]["code"], "idempotency-key-used");
  EXPECT_THAT(body.body["errors"][0]["detail"].get<std::string>(), HasSubstr("Idempotency-Key"));
  EXPECT_EQ(body.body["errors"][0]["meta"]["header"], "Idempotency-Key");
  EXPECT_EQ(post(admin, "/conversations", conversation(), "k1").status, 422U) << "another operation";
  EXPECT_EQ(post(admin, "/conversations/" + id + "/transitions/close", nullptr, "k1").status, 422U);
  EXPECT_EQ(post(admin, "/workflows/conversation_flow/deactivate", nullptr, "k1").status, 422U);
  EXPECT_EQ(messages(id), 1 + 1);
  EXPECT_EQ(status(id), "active");
}

TEST_F(Keys, A8_ARefusedRequestKeepsNoKey) {
  const std::string id = start();
  ASSERT_EQ(host_.request(admin, "POST", "/conversations/" + id + "/transitions/close").status, 200U);
  EXPECT_EQ(post(admin, "/conversationmessages", message(id, "One"), "k1").status, 409U);
  EXPECT_EQ(post(admin, "/conversationmessages", message(id, " "), "k1").status, 422U);
  ASSERT_EQ(host_.request(admin, "POST", "/conversations/" + id + "/transitions/reopen").status, 200U);
  EXPECT_EQ(post(admin, "/conversationmessages", message(id, "Mended"), "k1").status, 201U);
  EXPECT_EQ(messages(id), 2);
}

TEST_F(Keys, A8_KeysOfDifferentPeopleNeverMeet) {
  const std::string id = start();
  EXPECT_EQ(post(admin, "/conversationmessages", message(id, "John's"), "same").status, 201U);
  EXPECT_EQ(post(dana, "/conversationmessages", message(id, "Dana's"), "same").status, 201U);
  EXPECT_EQ(post(amanda, "/conversationmessages", message(id, "Amanda's"), "same").status, 201U);
  EXPECT_EQ(messages(id), 4);
}

TEST_F(Keys, A8_TransitionsContextsMarksAndWorkflowsAreDoneOnce) {
  const std::string id = start();
  const std::string member = "/conversations/" + id;
  ASSERT_EQ(post(admin, member + "/transitions/close", nullptr, "k1").status, 200U);
  ASSERT_EQ(host_.request(admin, "POST", member + "/transitions/reopen").status, 200U);
  const Response again = post(admin, member + "/transitions/close", nullptr, "k1");
  EXPECT_EQ(again.status, 200U) << again;
  EXPECT_EQ(status(id), "active") << "it was not closed a second time";

  const json order{{"data", {{{"type", "orders"}, {"id", "3"}}}}};
  const std::string targets = member + "/relationships/activityTargets";
  const Response added = post(admin, targets, order, "k2");
  ASSERT_EQ(added.status / 100, 2U) << added;
  ASSERT_EQ(host_.request(admin, "DELETE", targets, order).status / 100, 2U);
  EXPECT_EQ(post(admin, targets, order, "k2").status, added.status);
  EXPECT_THAT(host_.get(admin, "/activity/orders/3").body["data"], SizeIs(0)) << "it was not added a second time";

  ASSERT_EQ(say(amanda, message(id, "x")).status, 201U);
  const json mark{{"meta", {{"index", 99}}}};
  ASSERT_EQ(post(admin, member + "/mark-read", mark, "k3").status, 200U);
  ASSERT_EQ(say(amanda, message(id, "y")).status, 201U);
  EXPECT_EQ(post(admin, member + "/mark-read", mark, "k3").status, 200U);
  EXPECT_EQ(attributes(admin, member)["unread"], true) << "the later message was not read";

  const std::string flow = "/workflows/conversation_flow";
  ASSERT_EQ(post(admin, flow + "/deactivate", nullptr, "k4").status, 200U);
  ASSERT_EQ(host_.request(admin, "POST", flow + "/activate").status, 200U);
  EXPECT_EQ(post(admin, flow + "/deactivate", nullptr, "k4").status, 200U);
  EXPECT_EQ(attributes(admin, flow)["active"], true) << "it was not deactivated a second time";
}

TEST_F(Keys, A8_B10_AllIsMarkedAsReadOnce) {
  const std::string id = start();
  ASSERT_EQ(say(amanda, message(id, "x")).status, 201U);
  const std::string all = "/conversations/mark-all-read";
  EXPECT_EQ(post(admin, all, nullptr, "k1").body["meta"]["marked"], 1);
  ASSERT_EQ(say(amanda, message(id, "y")).status, 201U);
  const Response again = post(admin, all, nullptr, "k1");
  EXPECT_EQ(again.status, 200U) << again;
  EXPECT_EQ(again.body["meta"]["marked"], 0) << "nothing was done again";
  EXPECT_EQ(attributes(admin, "/conversations/" + id)["unread"], true) << "the later message was not read";
  EXPECT_EQ(post(admin, "/conversations/" + id + "/mark-unread", nullptr, "k1").status, 422U) << "another request";
}

TEST_F(Keys, A8_AKeyThatIsNoneIsRefusedWhereAHostPassesItOn) {
  const std::string id = start();
  for (const std::string &key : {std::string(256, 'k'), std::string("a\nb"), std::string("k\xC3\xA9y")}) {
    const Response refused = post(admin, "/conversationmessages", message(id, "x"), key);
    EXPECT_EQ(refused.status, 400U) << refused;
    EXPECT_EQ(refused.body["errors"][0]["code"], "bad-idempotency-key");
    EXPECT_EQ(refused.body["errors"][0]["meta"]["header"], "Idempotency-Key");
  }
  EXPECT_EQ(messages(id), 1);
}

TEST_F(Keys, A8_AKeyLastsADay) {
  const std::string id = start();
  constexpr std::int64_t begin = 1'769'846'400'000'000; // 2026-01-31T08:00:00Z
  constexpr std::int64_t day = std::int64_t{24} * 3600 * 1'000'000;
  c_host_set_time(host_.get(), begin);
  ASSERT_EQ(post(admin, "/conversationmessages", message(id, "x"), "k1").status, 201U);
  c_host_set_time(host_.get(), begin + day - 1);
  ASSERT_EQ(post(admin, "/conversationmessages", message(id, "x"), "k1").status, 201U);
  EXPECT_EQ(messages(id), 2);
  c_host_set_time(host_.get(), begin + day);
  ASSERT_EQ(post(admin, "/conversationmessages", message(id, "x"), "k1").status, 201U);
  EXPECT_EQ(messages(id), 3);
}

using Races = Keys;

template <class Work>
void at_once(const Work &work) {
  std::vector<std::thread> threads;
  threads.reserve(16);
  for (int number = 0; number < 16; ++number) {
    threads.emplace_back([&work, number] { work(number); });
  }
  for (auto &thread : threads) {
    thread.join();
  }
}

TEST_F(Races, A8_AllTwinsGetTheSameAnswer) {
  std::vector<Response> answers(16);
  at_once([&](int number) {
    answers[static_cast<std::size_t>(number)] = post(admin, "/conversations", conversation(), "k1");
  });
  for (const Response &each : answers) {
    ASSERT_EQ(each.status, 201U) << each;
    EXPECT_EQ(each.body["data"]["id"], answers.front().body["data"]["id"]);
  }
  EXPECT_THAT(host_.get(admin, "/conversations").body["data"], SizeIs(1));
}

TEST_F(Races, D15_AllRetriesGetTheSameMessage) {
  const std::string id = start();
  std::vector<Response> answers(16);
  at_once(
      [&](int number) { answers[static_cast<std::size_t>(number)] = say(amanda, message(id, "Once", nullptr, "c1")); });
  for (const Response &each : answers) {
    ASSERT_EQ(each.status, 201U) << each;
    EXPECT_EQ(each.body, answers.front().body);
  }
  EXPECT_EQ(messages(id), 2);
}

TEST_F(Races, W6_OneClosesAndTheOthersLearnTheStatus) {
  const std::string id = start();
  std::atomic<int> done{0};
  std::atomic<int> late{0};
  at_once([&](int /*number*/) {
    const Response response = host_.request(admin, "POST", "/conversations/" + id + "/transitions/close");
    done += response.status == 200U ? 1 : 0;
    late += response.status == 409U && response.body["errors"][0]["meta"]["step"] == "closed" &&
                    response.body["errors"][0]["detail"] == "This transition does not apply. The status is now Closed."
                ? 1
                : 0;
  });
  EXPECT_EQ(done, 1);
  EXPECT_EQ(late, 15);
}

TEST_F(Races, D16_AnEditWithoutIfMatchDoesNotLose) {
  const std::string id = start();
  std::atomic<int> done{0};
  at_once([&](int number) {
    for (int at = 0; at < 5; ++at) {
      // Some change a name, some move the same members to and fro.
      const json relationships = number % 2 == 0
                                     ? json::object()
                                     : json{{"owner", linkage("users", at % 2 == 0 ? "3" : "1")},
                                            {"customerUser", linkage("customerusers", at % 2 == 0 ? "2" : "1")}};
      const json attributes = number % 2 == 0 ? json{{"name", std::to_string(number * 10 + at)}} : json::object();
      done += host_.request(admin, "PATCH", "/conversations/" + id,
                            document("conversations", attributes, relationships, id))
                          .status == 200U
                  ? 1
                  : 0;
    }
  });
  EXPECT_EQ(done, 16 * 5);
}

TEST_F(Races, D16_AnEditOfAnOldVersionIsRefusedWithTheNewerOne) {
  const std::string id = start();
  const std::string etag = host_.get(admin, "/conversations/" + id).etag;
  std::atomic<int> done{0};
  std::atomic<int> stale{0};
  at_once([&](int number) {
    const Response response =
        host_.request(admin, "PATCH", "/conversations/" + id,
                      document("conversations", {{"name", std::to_string(number)}}, nullptr, id), etag);
    done += response.status == 200U ? 1 : 0;
    stale += response.status == 412U && response.body["errors"][0]["meta"]["version"] == 2 ? 1 : 0;
  });
  EXPECT_EQ(done, 1);
  EXPECT_EQ(stale, 15);
}

TEST_F(Races, D10_ALastReadMessageMustExist) {
  const std::string id = start();
  const Response people = host_.get(admin, "/conversationparticipants?filter[conversation]=" + id);
  std::string mine;
  for (const json &each : people.body["data"]) {
    if (each["attributes"]["isMe"] == true) {
      mine = each["id"];
    }
  }
  const std::string member = "/conversationparticipants/" + mine;
  const Response beyond =
      host_.request(admin, "PATCH", member,
                    document("conversationparticipants", json::object(),
                             {{"lastReadMessage", linkage("conversationmessages", id + "-99")}}, mine));
  EXPECT_EQ(beyond.status, 422U) << beyond;
  EXPECT_EQ(beyond.body["errors"][0]["source"]["pointer"], "/data/relationships/lastReadMessage/data");
  EXPECT_EQ(beyond.body["errors"][0]["detail"], "There is no such message in this conversation.");
  const Response linked = host_.request(admin, "PATCH", member + "/relationships/lastReadMessage",
                                        linkage("conversationmessages", id + "-2"));
  EXPECT_EQ(linked.status, 422U) << linked;
  EXPECT_EQ(linked.body["errors"][0]["source"]["pointer"], "/data");
  EXPECT_EQ(host_
                .request(admin, "PATCH", member + "/relationships/lastReadMessage",
                         linkage("conversationmessages", id + "-1"))
                .status,
            200U);
}

} // namespace
