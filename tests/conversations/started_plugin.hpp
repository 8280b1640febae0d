// The conversations plugin, started on an empty database in the C host: what most of these tests begin with.
#pragma once

#include "tests/contract/bare_host.hpp"

#include <gmock/gmock.h>

#include <string>

namespace contract {

class StartedPlugin : public testing::Test {
protected:
  void SetUp() override {
    const std::string library = environment("PARLEY_PLUGIN");
    const Errors errors;
    plugin_ = host_.load(library, errors);
    ASSERT_NE(plugin_, nullptr) << errors.text();
    configuration_ = configuration_of(library);
    // The schema is made on the way: the default.
    ASSERT_EQ(Host::start(plugin_, configuration_, errors), PARLEY_OK) << errors.text();
  }

  // Amanda's conversation about her order; answers its id.
  std::string ask(const std::string &name, const std::string &message) const {
    const Response created = host_.request(
        amanda, "POST", "/conversations",
        document("conversations", {{"name", name}, {"firstMessage", message}}, {{"source", linkage("orders", "1")}}));
    EXPECT_EQ(created.status, 201U) << created;
    return created.status == 201U ? created.body["data"]["id"].get<std::string>() : "0";
  }

  Response send(const Actor &actor, const std::string &conversation, const nlohmann::json &attributes) const {
    return host_.request(
        actor, "POST", "/conversationmessages",
        document("conversationmessages", attributes, {{"conversation", linkage("conversations", conversation)}}));
  }

  Host host_{{}, R"({"conversations.enabled":true})"};
  parley_runtime_plugin *plugin_ = nullptr;
  std::string configuration_;
};

} // namespace contract
