// Several instances of the conversations plugin in one process, and one that starts and stops again and again.
#include "conversation_calls.hpp"

#include <algorithm>
#include <functional>
#include <gmock/gmock.h>
#include <malloc.h>
#include <thread>

#include "tests/support/servers/client.hpp"

namespace {

using contract::admin;
using contract::BareHost;
using contract::ConversationCalls;
using contract::document;
using contract::Documents;
using contract::Errors;
using contract::Host;
using nlohmann::json;
using testing::HasSubstr;

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define PARLEY_FOREIGN_ALLOCATOR
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define PARLEY_FOREIGN_ALLOCATOR
#endif

// Runs this on a thread of its own; bytes that are in use when it has ended. 0 under an allocator that is not glibc's.
std::int64_t in_use_behind(const std::function<void()> &work) {
  // What a thread has freed and keeps for itself glibc counts as in use, until the thread ends.
  std::thread(work).join();
#if defined(PARLEY_FOREIGN_ALLOCATOR)
  return 0;
#else
  return static_cast<std::int64_t>(mallinfo2().uordblks);
#endif
}

// Bytes that are in use when this is over, and were not when it was over before, whoever holds them. What is made once,
// and grows by steps, shows the first time or in one of the others; a leak every time.
std::int64_t growth(const std::function<void()> &work) {
  const std::int64_t first = in_use_behind(work);
  const std::int64_t second = in_use_behind(work);
  const std::int64_t third = in_use_behind(work);
  return std::min(second - first, third - second);
}

// A host with a plugin in it.
struct Loaded {
  explicit Loaded(std::string with) : configuration{std::move(with)} {
    const Errors errors;
    plugin = host.load(contract::environment("PARLEY_PLUGIN"), errors);
    EXPECT_NE(plugin, nullptr) << errors.text();
    contract::migrate(parley_runtime_instance(plugin), configuration);
  }
  void start(const std::string &with = {}) {
    const Errors errors;
    EXPECT_EQ(Host::start(plugin, with.empty() ? configuration : with, errors), PARLEY_OK) << errors.text();
  }
  std::int32_t stop() { return parley_runtime_stop(plugin, nullptr); }
  std::string make(const std::string &name) {
    const auto made = host.request(admin, "POST", "/conversations", document("conversations", {{"name", name}}));
    EXPECT_EQ(made.status, 201U) << made;
    return made.body["data"]["id"].get<std::string>();
  }
  std::vector<std::string> names() {
    const auto listed = host.get(admin, "/conversations?sort=name");
    EXPECT_EQ(listed.status, 200U) << listed;
    std::vector<std::string> names;
    for (const json &each : listed.body["data"]) {
      names.push_back(each["attributes"]["name"]);
    }
    return names;
  }

  std::string configuration;
  Host host{{}, R"({"conversations.enabled":true})"};
  parley_runtime_plugin *plugin = nullptr;
};

class Instances : public testing::Test {
protected:
  void SetUp() override {
    if (contract::environment("PARLEY_PLUGIN").empty()) {
      GTEST_SKIP() << "PARLEY_PLUGIN is not built";
    }
  }
  static std::string configuration() { return contract::configuration_of(contract::environment("PARLEY_PLUGIN")); }
};

TEST_F(Instances, OnTwoDatabasesKnowNothingOfEachOther) {
  Loaded one{configuration()};
  Loaded other{configuration()};
  one.start();
  EXPECT_EQ(other.host.get(admin, "/conversations").status, 404U) << "registered in one host alone";
  other.start();
  EXPECT_EQ(one.host.describe(), other.host.describe());
  const std::string id = one.make("Here");
  EXPECT_THAT(one.names(), testing::ElementsAre("Here"));
  EXPECT_THAT(other.names(), testing::IsEmpty());
  EXPECT_EQ(other.host.get(admin, "/conversations/" + id).status, 404U);
  EXPECT_EQ(one.host.request(admin, "POST", "/workflows/conversation_flow/deactivate").status, 200U);
  EXPECT_EQ(one.host.get(admin, "/conversations/" + id + "/transitions").body["meta"]["active"], false);
  const std::string there = other.make("There");
  EXPECT_EQ(other.host.get(admin, "/conversations/" + there + "/transitions").body["meta"]["active"], true);
  ASSERT_EQ(one.stop(), PARLEY_OK);
  EXPECT_EQ(one.host.get(admin, "/conversations").status, 404U);
  EXPECT_THAT(other.names(), testing::ElementsAre("There")) << "goes on";
}

TEST_F(Instances, OnOneFileMeetThere) {
  const std::string shared = configuration();
  Loaded one{shared};
  Loaded other{shared};
  one.start();
  other.start();
  const std::string id = one.make("Both");
  EXPECT_THAT(other.names(), testing::ElementsAre("Both"));
  const json message =
      document("conversationmessages", {{"body", "Hello"}}, {{"conversation", contract::linkage("conversations", id)}});
  for (int index = 1; index <= 6; ++index) {
    Host &host = index % 2 == 0 ? one.host : other.host;
    EXPECT_EQ(host.request(admin, "POST", "/conversationmessages", message).body["data"]["attributes"]["index"], index);
  }
  const auto seen = one.host.get(admin, "/conversations/" + id);
  ASSERT_EQ(other.host
                .request(admin, "PATCH", "/conversations/" + id,
                         document("conversations", {{"name", "Renamed"}}, nullptr, id), seen.etag)
                .status,
            200U);
  EXPECT_EQ(one.host
                .request(admin, "PATCH", "/conversations/" + id,
                         document("conversations", {{"name", "Too late"}}, nullptr, id), seen.etag)
                .status,
            412U);
  EXPECT_THAT(one.names(), testing::ElementsAre("Renamed"));
  ASSERT_EQ(other.host.request(admin, "POST", "/workflows/conversation_flow/deactivate").status, 200U);
  EXPECT_EQ(one.host.get(admin, "/conversations/" + id + "/transitions").body["meta"]["active"], false);
  ASSERT_EQ(one.stop(), PARLEY_OK);
  EXPECT_EQ(other.make("Still here"), std::to_string(std::stoi(id) + 1));
}

TEST_F(Instances, UnloadIsRefusedBeforeStop) {
  Loaded one{configuration()};
  one.start();
  const Errors errors;
  EXPECT_EQ(parley_runtime_unload(one.plugin, errors), PARLEY_WRONG_STATE);
  EXPECT_THAT(errors.text(), HasSubstr("The plugin is started: stop it first."));
  EXPECT_EQ(one.host.get(admin, "/conversations").status, 200U);
  ASSERT_EQ(one.stop(), PARLEY_OK);
  EXPECT_EQ(parley_runtime_unload(one.plugin, nullptr), PARLEY_OK);
}

TEST_F(Instances, AStopTakesAnotherConfiguration) {
  Loaded one{configuration()};
  one.start();
  one.make("In the first file");
  ASSERT_EQ(one.stop(), PARLEY_OK);
  json other = json::parse(configuration());
  other["tablePrefix"] = "other_";
  other["poolSize"] = 1;
  other["migrations"] = "auto";
  one.start(other.dump());
  EXPECT_THAT(one.names(), testing::IsEmpty());
  one.make("In the second");
  ASSERT_EQ(one.stop(), PARLEY_OK);
  const Errors errors;
  EXPECT_EQ(Host::start(one.plugin, R"({"database":"mysql:nowhere"})", errors), PARLEY_INVALID);
  EXPECT_THAT(errors.text(), HasSubstr("/database"));
  one.start();
  EXPECT_THAT(one.names(), testing::ElementsAre("In the first file"));
}

TEST_F(Instances, AnUnfinishedCopyIsNotServed) {
  const std::string shared = configuration();
  Loaded one{shared};
  one.start();
  ASSERT_EQ(one.stop(), PARLEY_OK);
  parley::tests::Client client(json::parse(shared)["database"]);
  client.run("create table parley_copy_progress (source varchar(64))");
  const Errors errors;
  EXPECT_EQ(Host::start(one.plugin, shared, errors), PARLEY_SCHEMA);
  EXPECT_THAT(errors.text(), HasSubstr("A copy into this database is not finished"));
  client.run("drop table parley_copy_progress");
  one.start();
}

TEST_F(Instances, AHundredStartsLeaveNothingBehind) {
  Loaded one{configuration()};
  one.start();
  one.make("Kept");
  const json whole = one.host.describe();
  const json surface = one.host.surface(admin);
  const auto round = [&] {
    EXPECT_EQ(one.stop(), PARLEY_OK);
    one.start();
    EXPECT_EQ(one.names().size(), 1U);
  };
  const auto rounds = [&] {
    for (int at = 0; at < 50; ++at) {
      round();
      ASSERT_EQ(one.host.describe(), whole) << "everything is registered again, in round " << at;
    }
  };
  EXPECT_LT(growth(rounds), 50 * 16);
  EXPECT_EQ(one.host.surface(admin), surface);
}

// The life of instances as PHP has it: one for each request.
TEST_F(Instances, AHundredInstancesLeaveNothingBehind) {
  const std::string shared = configuration();
  const auto round = [&] {
    BareHost host{contract::environment("PARLEY_PLUGIN")};
    contract::migrate(host.plugin(), shared);
    ASSERT_EQ(host.start(shared), PARLEY_OK) << host.errors().text();
    ASSERT_EQ(ConversationCalls{host}.query(Documents{}), PARLEY_OK);
    ASSERT_EQ(host.stop(), PARLEY_OK);
  };
  const auto rounds = [&] {
    for (int at = 0; at < 50; ++at) {
      round();
    }
  };
  EXPECT_LT(growth(rounds), 50 * 16);
}

} // namespace
