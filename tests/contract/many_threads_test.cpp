// 32 threads send 2,000 messages to one conversation through libparley-host and the shared library (D9, D15).
#include "bare_host.hpp"

#include <atomic>
#include <gmock/gmock.h>
#include <mutex>
#include <thread>

namespace {

using contract::Actor;
using contract::document;
using contract::Errors;
using contract::Host;
using contract::linkage;
using contract::Response;
using nlohmann::json;

constexpr int kThreads = 32;
constexpr int kMessages = 2000;

json message(const std::string &conversation, const std::string &text) {
  return document("conversationmessages", {{"body", text}}, {{"conversation", linkage("conversations", conversation)}});
}

std::string start(const Host &host, const std::string &name) {
  const Response made = host.request(
      contract::amanda, "POST", "/conversations",
      document("conversations", {{"name", name}, {"firstMessage", "First"}}, {{"source", linkage("orders", "1")}}));
  EXPECT_EQ(made.status, 201U) << made;
  return made.body["data"]["id"].get<std::string>();
}

TEST(ManyThreads, NumbersAreExactThroughTheLibrary) {
  const std::string library = contract::environment("PARLEY_PLUGIN");
  if (library.empty()) {
    GTEST_SKIP() << "PARLEY_PLUGIN is not built";
  }
  Host host{{}, R"({"conversations.enabled":true})"};
  const std::string configuration = contract::configuration_of(library);
  const Errors errors;
  parley_runtime_plugin *plugin = host.load(library, errors);
  ASSERT_NE(plugin, nullptr) << errors.text();
  contract::migrate(parley_runtime_instance(plugin), configuration);
  ASSERT_EQ(Host::start(plugin, configuration, errors), PARLEY_OK) << errors.text();
  const std::string id = start(host, "Where is it?");
  const std::string closed = start(host, "Done");
  ASSERT_EQ(host.request(contract::admin, "POST", "/conversations/" + closed + "/transitions/close").status, 200U);

  const std::vector<Actor> actors{contract::admin, contract::dana, contract::amanda};
  std::atomic<int> next{0};
  std::atomic<int> failures{0};
  std::mutex mutex;
  std::map<int, std::string> answered; // number, text
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      const auto expect = [&](std::uint32_t status, const Response &response) {
        if (response.status != status) {
          ++failures;
          ADD_FAILURE() << "not " << status << ": " << response;
        }
      };
      const Actor &actor = actors[static_cast<std::size_t>(thread) % actors.size()];
      for (int at = next++; at < kMessages && failures == 0; at = next++) {
        const std::string text = "message " + std::to_string(at);
        const Response sent = host.request(actor, "POST", "/conversationmessages", message(id, text));
        expect(201U, sent);
        if (sent.status != 201U) {
          return;
        }
        const json &data = sent.body["data"];
        {
          const std::lock_guard<std::mutex> lock{mutex};
          answered[data["attributes"]["index"].get<int>()] = text;
        }
        // What was acknowledged is committed: any other connection finds it. Refusals in between harm nobody else.
        switch (at % 8) {
        case 0:
          expect(200U, host.get(actor, "/conversationmessages/" + data["id"].get<std::string>()));
          break;
        case 2:
          expect(422U, host.request(actor, "POST", "/conversationmessages", message(id, " \n")));
          break;
        case 4:
          expect(409U, host.request(actor, "POST", "/conversationmessages", message(closed, "Too late")));
          break;
        case 6:
          expect(412U, host.request(contract::admin, "PATCH", "/conversations/" + id,
                                    document("conversations", {{"name", "Other"}}, nullptr, id), "\"77\""));
          break;
        case 7:
          expect(200U,
                 host.request(actor, "POST", "/conversations/" + id + "/mark-read", {{"meta", {{"index", at / 2}}}}));
          break;
        default:
          break;
        }
      }
    });
  }
  for (std::thread &thread : threads) {
    thread.join();
  }
  ASSERT_EQ(failures, 0);

  // The first message came with the conversation.
  ASSERT_EQ(answered.size(), static_cast<std::size_t>(kMessages)) << "no number was given twice";
  EXPECT_EQ(answered.begin()->first, 2);
  EXPECT_EQ(answered.rbegin()->first, kMessages + 1);
  const Response seen = host.get(contract::admin, "/conversations/" + id);
  EXPECT_EQ(seen.body["data"]["attributes"]["messagesNumber"], kMessages + 1);
  EXPECT_EQ(seen.body["data"]["attributes"]["name"], "Where is it?");
  EXPECT_EQ(seen.body["data"]["relationships"]["lastMessage"]["data"]["id"], id + "-" + std::to_string(kMessages + 1));
  int number = 1;
  for (int from = 1; from <= kMessages + 1; from += 100) {
    const Response page =
        host.get(contract::admin, "/conversationmessages?sort=index&page[size]=100&filter[conversation]=" + id +
                                      "&filter[index][greaterOrEqual]=" + std::to_string(from));
    ASSERT_EQ(page.status, 200U) << page;
    for (const json &each : page.body["data"]) {
      EXPECT_EQ(each["attributes"]["index"], number);
      EXPECT_EQ(each["attributes"]["body"], number == 1 ? "First" : answered[number]);
      ++number;
    }
  }
  EXPECT_EQ(number, kMessages + 2);
  EXPECT_EQ(host.get(contract::admin, "/conversations/" + closed).body["data"]["attributes"]["messagesNumber"], 1);
  EXPECT_EQ(parley_runtime_stop(plugin, nullptr), PARLEY_OK);
}

} // namespace
