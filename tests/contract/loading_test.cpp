// Plugins with one thing wrong each: the documented status, a message that names it, and nothing left behind.
#include "support.hpp"

#include <gmock/gmock.h>
#include <parley/ext/access.h>
#include <parley/ext/clock.h>
#include <parley/ext/log.h>
#include <parley/ext/records.h>

namespace {

using contract::broken_plugin;
using contract::Errors;
using contract::Host;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

struct Refused {
  const char *plugin;
  std::int32_t status;
  const char *named; // what the message must name
};

std::ostream &operator<<(std::ostream &out, const Refused &refused) {
  return out << refused.plugin;
}

class LoadRefuses : public testing::TestWithParam<Refused> {};

TEST_P(LoadRefuses, WithAReason) {
  Host host;
  Errors errors;
  EXPECT_EQ(host.load(broken_plugin(GetParam().plugin), errors), nullptr);
  EXPECT_EQ(host.load_status(), GetParam().status) << errors.text();
  EXPECT_THAT(errors.text(), HasSubstr(GetParam().named));
  EXPECT_THAT(host.describe()["plugins"], IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Loading, LoadRefuses,
                         testing::Values(Refused{"wrong_major", PARLEY_INCOMPATIBLE, "version"},
                                         Refused{"wrong_minor", PARLEY_INCOMPATIBLE, "version"},
                                         Refused{"no_entry", PARLEY_INCOMPATIBLE, "parley_entry"},
                                         Refused{"entry_too_small", PARLEY_INCOMPATIBLE, "create"},
                                         Refused{"create_fails", PARLEY_UNAVAILABLE, "It rains."},
                                         Refused{"create_gives_nothing", PARLEY_INCOMPATIBLE, ""},
                                         Refused{"no_info", PARLEY_INCOMPATIBLE, "parley.info/1"},
                                         Refused{"no_stop", PARLEY_INCOMPATIBLE, "stop"},
                                         Refused{"half_assets", PARLEY_INCOMPATIBLE, "list"},
                                         Refused{"half_jobs", PARLEY_INCOMPATIBLE, "run"},
                                         Refused{"needs_weather", PARLEY_INCOMPATIBLE, "parley.weather/1"}),
                         [](const auto &test) { return std::string{test.param.plugin}; });

class StartRefuses : public testing::TestWithParam<Refused> {};

TEST_P(StartRefuses, AndLeavesNothingBehind) {
  Host host;
  const nlohmann::json before = host.describe();
  Errors errors;
  parley_runtime_plugin *plugin = host.load(broken_plugin(GetParam().plugin), errors);
  ASSERT_NE(plugin, nullptr) << errors.text();

  for (int attempt = 0; attempt < 2; ++attempt) {
    Errors reported;
    EXPECT_EQ(Host::start(plugin, "{}", reported), GetParam().status) << reported.text();
    EXPECT_THAT(reported.text(), HasSubstr(GetParam().named));
  }

  nlohmann::json after = host.describe();
  EXPECT_EQ(after["plugins"].size(), 1U);
  after["plugins"] = before["plugins"];
  EXPECT_EQ(after, before);
  EXPECT_EQ(host.get(contract::admin, "/things").status, 404U);
  EXPECT_EQ(host.get(contract::admin, "/orders").status, 200U);
  EXPECT_EQ(parley_runtime_unload(plugin, nullptr), PARLEY_OK);
}

INSTANTIATE_TEST_SUITE_P(Starting, StartRefuses,
                         testing::Values(Refused{"fails_half_way", PARLEY_UNAVAILABLE, "It rains."},
                                         Refused{"create_without_function", PARLEY_INCOMPATIBLE, "create"},
                                         Refused{"unknown_page", PARLEY_INVALID, "nowhere"},
                                         Refused{"taken_type", PARLEY_CONFLICT, "orders"}),
                         [](const auto &test) { return std::string{test.param.plugin}; });

TEST(Loading, AFileThatIsNotThereIsNotFound) {
  Host host;
  Errors errors;
  EXPECT_EQ(host.load("/nowhere/plugin.so", errors), nullptr);
  EXPECT_EQ(host.load_status(), PARLEY_NOT_FOUND);
  EXPECT_THAT(errors.text(), HasSubstr("/nowhere/plugin.so"));
}

TEST(Loading, AFileThatIsNoSharedLibraryIsRefused) {
  Host host;
  Errors errors;
  EXPECT_EQ(host.load(contract::environment("PARLEY_SOURCE_DIR") + "/CMakeLists.txt", errors), nullptr);
  EXPECT_EQ(host.load_status(), PARLEY_INCOMPATIBLE);
  EXPECT_THAT(errors.all(), Not(IsEmpty()));
}

TEST(Loading, NobodyNeedsToListen) {
  Host host;
  const std::string path = broken_plugin("half_assets");
  const parley_str file = contract::view(path);
  parley_runtime_plugin *plugin = nullptr;
  EXPECT_EQ(parley_runtime_load(host.runtime(), &file, &plugin, nullptr), PARLEY_INCOMPATIBLE);
  EXPECT_EQ(plugin, nullptr);
}

TEST(Loading, APluginMayCarryOnAfterARefusedRegistration) {
  Host host;
  parley_runtime_plugin *plugin = host.load(broken_plugin("ignores_refusal"));
  ASSERT_NE(plugin, nullptr);
  EXPECT_EQ(Host::start(plugin), PARLEY_OK);
  EXPECT_EQ(host.get(contract::admin, "/things").status, 404U);
  EXPECT_EQ(host.get(contract::admin, "/otherthings").status, 200U);
}

TEST(Loading, StructsOfLaterHeadersWork) {
  Host host;
  Errors errors;
  parley_runtime_plugin *plugin = host.load(broken_plugin("larger"), errors);
  ASSERT_NE(plugin, nullptr) << errors.text();
  ASSERT_EQ(Host::start(plugin, "{}", errors), PARLEY_OK) << errors.text();

  const contract::Response list = host.get(contract::admin, "/things?include=order");
  ASSERT_EQ(list.status, 200U) << list;
  EXPECT_EQ(list.body["data"][0]["attributes"]["name"], "One");
  EXPECT_EQ(list.body["included"][0]["attributes"]["number"], "ORD-1001");
  const nlohmann::json described = host.describe();
  for (const nlohmann::json &entity : described["entities"]) {
    if (entity["type"] == "things") {
      EXPECT_EQ(entity["attributes"].size(), 2U);
      EXPECT_EQ(entity["relationships"].size(), 2U);
    }
  }
}

TEST(Loading, StructsOfEarlierHeadersWork) {
  Host host;
  Errors errors;
  parley_runtime_plugin *plugin = host.load(broken_plugin("smaller"), errors);
  ASSERT_NE(plugin, nullptr) << errors.text();
  ASSERT_EQ(Host::start(plugin, "{}", errors), PARLEY_OK) << errors.text();

  EXPECT_EQ(host.get(contract::admin, "/things").status, 200U);
  EXPECT_EQ(host.surface(contract::admin)["menus"]["backoffice.sales"][0]["page"], "things");
  EXPECT_EQ(host.get(contract::admin, "/things/1").status, 404U);
}

// --- the host's own tables -----------------------------------------------------------------------------------------

TEST(HostTables, AMissingFunctionIsNamed) {
  const parley_access half{sizeof half, 0, nullptr, nullptr};
  const parley_clock small{offsetof(parley_clock, now_us), 0, nullptr};
  const Host host{{{PARLEY_ACCESS_ID, &half}, {PARLEY_CLOCK_ID, &small}}};
  EXPECT_EQ(host.status(), PARLEY_INCOMPATIBLE);
  EXPECT_THAT(host.errors().text(), HasSubstr("scopes"));
  EXPECT_THAT(host.errors().text(), HasSubstr("visible"));
  EXPECT_THAT(host.errors().text(), HasSubstr("now_us"));
}

TEST(HostTables, ThePluginSaysWhichOneItCannotDoWithout) {
  Host host{{{PARLEY_ACCESS_ID, nullptr}}};
  ASSERT_EQ(host.status(), PARLEY_OK);
  Errors errors;
  EXPECT_EQ(host.load(contract::note_plugin(), errors), nullptr);
  EXPECT_EQ(host.load_status(), PARLEY_INCOMPATIBLE);
  EXPECT_THAT(errors.text(), HasSubstr("parley.access/1"));
}

TEST(HostTables, WhatIsNotRequiredMayBeMissing) {
  Host host{{{PARLEY_LOG_ID, nullptr}, {PARLEY_RECORDS_ID, nullptr}, {PARLEY_CLOCK_ID, nullptr}}};
  ASSERT_EQ(host.status(), PARLEY_OK);
  parley_runtime_plugin *plugin = host.load(contract::note_plugin());
  ASSERT_NE(plugin, nullptr);
  EXPECT_EQ(Host::start(plugin), PARLEY_OK);
  EXPECT_EQ(host.get(contract::admin, "/notes").status, 200U);
}

TEST(Exceptions, OfAPluginAreAnsweredAsDefects) {
  Host host;
  Errors errors;
  parley_runtime_plugin *plugin = host.load(broken_plugin("throws"), errors);
  ASSERT_NE(plugin, nullptr) << errors.text();
  ASSERT_EQ(Host::start(plugin, "{}", errors), PARLEY_OK) << errors.text();
  for (int again = 0; again < 2; ++again) {
    const auto answer = host.get(contract::admin, "/things");
    EXPECT_EQ(answer.status, 500U) << answer;
    EXPECT_EQ(answer.body.dump().find("secret"), std::string::npos) << answer;
  }
  EXPECT_EQ(parley_runtime_stop(plugin, nullptr), PARLEY_OK);
}

TEST(Exceptions, OfStartLeaveNothingBehind) {
  Host host;
  Errors errors;
  parley_runtime_plugin *plugin = host.load(broken_plugin("throws"), errors);
  ASSERT_NE(plugin, nullptr) << errors.text();
  EXPECT_EQ(Host::start(plugin, R"({"throw":true})", errors), PARLEY_INTERNAL);
  EXPECT_EQ(errors.text().find("secret"), std::string::npos) << errors.text();
  EXPECT_EQ(host.get(contract::admin, "/things").status, 404U);
  EXPECT_EQ(Host::start(plugin, "{}", errors), PARLEY_OK) << errors.text();
}

} // namespace
