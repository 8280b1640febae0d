// A plugin's life in a runtime, and the loader for hosts without one.
#include "test_host.hpp"

#include <atomic>
#include <cstdlib>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <parley/cpp/loader.hpp>
#include <parley/ext/info.h>
#include <thread>

#include "tests/support/waiting.hpp"

namespace parley::tests {
namespace {

parley_str plugin_file() {
  const char *file = std::getenv("PARLEY_PLAIN_PLUGIN");
  return text(file == nullptr ? "" : file);
}

class Plugins : public testing::Test {
protected:
  void SetUp() override {
    const parley_str file = plugin_file();
    ASSERT_EQ(parley_runtime_load(host.runtime, &file, &plugin, host.errors()), PARLEY_OK) << host.reported();
  }

  std::int32_t start() { return parley_runtime_start(plugin, &nothing, host.errors()); }

  parley_str nothing{};
  TestHost host;
  parley_runtime_plugin *plugin = nullptr;
};

TEST_F(Plugins, AreDescribedBeforeTheyAreStarted) {
  EXPECT_EQ(host.describe()["plugins"][0]["state"], "loaded");
  EXPECT_EQ(host.send("GET", "/plains/1").status, 404u);
}

TEST_F(Plugins, ServeBetweenStartAndStop) {
  EXPECT_EQ(start(), PARLEY_OK);
  EXPECT_EQ(host.send("GET", "/plains/1").status, 200u);
  EXPECT_EQ(parley_runtime_stop(plugin, nullptr), PARLEY_OK);
  EXPECT_EQ(host.send("GET", "/plains/1").status, 404u);
}

TEST_F(Plugins, StartAgainAfterTheyWereStopped) {
  EXPECT_EQ(start(), PARLEY_OK);
  EXPECT_EQ(start(), PARLEY_WRONG_STATE);
  parley_runtime_stop(plugin, nullptr);
  EXPECT_EQ(start(), PARLEY_OK);
}

TEST_F(Plugins, AreNotUnloadedWhileTheyAreStarted) {
  start();
  EXPECT_EQ(parley_runtime_unload(plugin, host.errors()), PARLEY_WRONG_STATE);
  EXPECT_THAT(host.reported(), testing::HasSubstr("stop it first"));
  parley_runtime_stop(plugin, nullptr);
  EXPECT_EQ(parley_runtime_unload(plugin, nullptr), PARLEY_OK);
}

TEST_F(Plugins, AreLoadedOnceUnderTheirName) {
  const parley_str file = plugin_file();
  parley_runtime_plugin *second = nullptr;
  EXPECT_EQ(parley_runtime_load(host.runtime, &file, &second, nullptr), PARLEY_CONFLICT);
}

TEST_F(Plugins, AreNotStartedWhereATypeIsTaken) {
  EXPECT_EQ(start(), PARLEY_OK);
  // What `start` added is visible to the host's own registration as taken.
  const std::int32_t status =
      host.register_own([](const parley_host *self, const parley_registry *registry, const parley_error_sink *errors) {
        parley_entity entity{};
        entity.size = sizeof entity;
        entity.type = text("plains");
        entity.label = label("x");
        entity.plural_label = label("x");
        return registry->add_entity(self, &entity, errors);
      });
  EXPECT_EQ(status, PARLEY_CONFLICT);
}

TEST_F(Plugins, StopOnlyWhenRunningCallsHaveEnded) {
  ASSERT_EQ(start(), PARLEY_OK);
  std::atomic<unsigned> begun{0};
  std::atomic<unsigned> running{0};
  std::atomic<bool> stopping{false};
  host.while_called = [&] {
    ++running;
    ++begun;
    while (!stopping) {
      std::this_thread::yield();
    }
    --running;
  };
  std::atomic<unsigned> wrong{0};
  std::vector<std::thread> clients;
  for (int i = 0; i < 4; ++i) {
    clients.emplace_back([&] {
      for (int k = 0; k < 4; ++k) {
        const auto status = host.send("GET", "/plains/1").status;
        wrong += status == 200 || status == 404 || status == 503 ? 0 : 1;
      }
    });
  }
  EXPECT_TRUE(comes_true([&] { return begun != 0; }));
  std::thread releasing([&] { stopping = true; });
  EXPECT_EQ(parley_runtime_stop(plugin, nullptr), PARLEY_OK);
  EXPECT_EQ(running, 0u) << "a call was still inside the plugin";
  releasing.join();
  for (auto &client : clients) {
    client.join();
  }
  EXPECT_EQ(wrong, 0u);
}

TEST(Loading, SaysWhatIsWrongWithAFile) {
  TestHost host;
  parley_runtime_plugin *plugin = nullptr;
  const parley_str nowhere = text("/nowhere/plugin.so");
  EXPECT_EQ(parley_runtime_load(host.runtime, &nowhere, &plugin, host.errors()), PARLEY_NOT_FOUND);
  const std::string file = std::string(std::getenv("PARLEY_SOURCE_DIR")) + "/README.md";
  const parley_str no_library = text(file.c_str());
  EXPECT_EQ(parley_runtime_load(host.runtime, &no_library, &plugin, host.errors()), PARLEY_INCOMPATIBLE);
  EXPECT_THAT(host.problems,
              testing::ElementsAre(testing::HasSubstr("There is no file"), testing::HasSubstr("shared library")));
}

TEST(Loader, GivesTablesByTheirType) {
  parley_host host{};
  host.size = sizeof host;
  host.get_extension = [](const parley_host *, const parley_str *) -> const void * { return nullptr; };
  const parley_str file = plugin_file();
  cpp::LoadedPlugin plugin(std::string(file.data, file.size), host);
  const auto *info = plugin.extension<parley_info>(PARLEY_INFO_ID);
  ASSERT_NE(info, nullptr);
  EXPECT_EQ(std::string(info->name.data, info->name.size), "plain");
  EXPECT_EQ(plugin.start(""), PARLEY_OK);
  EXPECT_TRUE(plugin.started());
}

TEST(Loader, RefusesWhatIsNotThere) {
  const parley_host host{};
  EXPECT_THROW(cpp::LoadedPlugin("/nowhere/plugin.so", host), cpp::LoadError);
}

} // namespace
} // namespace parley::tests
