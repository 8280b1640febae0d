// start, stop, unload: in the wrong order, again and again, twice in one process, and while requests run.
#include "support.hpp"

#include <atomic>
#include <gmock/gmock.h>
#include <thread>

#include "tests/support/waiting.hpp"

namespace {

using contract::admin;
using contract::Errors;
using contract::Host;
using parley::tests::comes_true;
using testing::AnyOf;
using testing::HasSubstr;

struct test_register {
  std::uint32_t size;
  std::int32_t in_create;
  std::int32_t(PARLEY_ABI *now)();
};

class Lifecycle : public testing::Test {
protected:
  void SetUp() override {
    plugin_ = host_.load(contract::note_plugin());
    ASSERT_NE(plugin_, nullptr);
  }

  Host host_;
  parley_runtime_plugin *plugin_ = nullptr;
};

TEST_F(Lifecycle, UnknownIdsAnswerNull) {
  const parley_plugin *instance = parley_runtime_instance(plugin_);
  for (const char *id : {"parley.info/2", "parley.nothing/1", "", "parley.info/1 "}) {
    const parley_str text = parley_str_of(id);
    EXPECT_EQ(instance->get_extension(instance, &text), nullptr) << id;
  }
}

TEST_F(Lifecycle, NothingIsThereBeforeStart) {
  EXPECT_EQ(host_.get(admin, "/notes").status, 404U);
  EXPECT_TRUE(host_.surface(admin)["menus"].empty());
}

TEST_F(Lifecycle, StartingTwiceIsRefused) {
  ASSERT_EQ(Host::start(plugin_), PARLEY_OK);
  EXPECT_EQ(Host::start(plugin_), PARLEY_WRONG_STATE);
  EXPECT_EQ(host_.get(admin, "/notes").status, 200U);
}

TEST_F(Lifecycle, StoppingWithdrawsEverything) {
  const nlohmann::json before = host_.surface(admin);
  ASSERT_EQ(Host::start(plugin_), PARLEY_OK);
  EXPECT_NE(host_.surface(admin), before);
  ASSERT_EQ(parley_runtime_stop(plugin_, nullptr), PARLEY_OK);
  EXPECT_EQ(host_.surface(admin), before);
  EXPECT_EQ(host_.get(admin, "/notes").status, 404U);
  EXPECT_EQ(parley_runtime_stop(plugin_, nullptr), PARLEY_OK) << "stopping what is stopped is no failure";
}

TEST_F(Lifecycle, UnloadingWhatIsStartedIsRefused) {
  ASSERT_EQ(Host::start(plugin_), PARLEY_OK);
  Errors errors;
  EXPECT_EQ(parley_runtime_unload(plugin_, errors), PARLEY_WRONG_STATE);
  EXPECT_FALSE(errors.all().empty());
  EXPECT_EQ(host_.get(admin, "/notes").status, 200U);
  EXPECT_EQ(parley_runtime_stop(plugin_, nullptr), PARLEY_OK);
  EXPECT_EQ(parley_runtime_unload(plugin_, nullptr), PARLEY_OK);
}

TEST_F(Lifecycle, StartAndStopMayRepeat) {
  ASSERT_EQ(Host::start(plugin_), PARLEY_OK);
  ASSERT_EQ(host_.request(admin, "POST", "/notes", contract::document("notes", {{"text", "Kept"}})).status, 201U);
  for (int round = 0; round < 50; ++round) {
    ASSERT_EQ(parley_runtime_stop(plugin_, nullptr), PARLEY_OK);
    ASSERT_EQ(Host::start(plugin_), PARLEY_OK);
  }
  EXPECT_EQ(host_.get(admin, "/notes").body["data"].size(), 1U);
}

TEST_F(Lifecycle, FaultsOfTheConfigurationAreReportedOneByOne) {
  Errors errors;
  EXPECT_EQ(Host::start(plugin_, R"({"maximum":0,"minimum":1})", errors), PARLEY_INVALID);
  EXPECT_THAT(errors.text(), HasSubstr("/maximum"));
  EXPECT_THAT(errors.text(), HasSubstr("/minimum"));
  EXPECT_EQ(Host::start(plugin_, "{", errors), PARLEY_INVALID);
  EXPECT_EQ(Host::start(plugin_, "", errors), PARLEY_OK);
}

TEST_F(Lifecycle, TheSameNameIsTakenOnlyOnce) {
  Errors errors;
  parley_runtime_plugin *second = host_.load(contract::note_plugin(), errors);
  ASSERT_EQ(Host::start(plugin_), PARLEY_OK);
  if (second != nullptr) {
    EXPECT_EQ(Host::start(second, "{}", errors), PARLEY_CONFLICT);
  } else {
    EXPECT_EQ(host_.load_status(), PARLEY_CONFLICT);
  }
  EXPECT_EQ(host_.get(admin, "/notes").status, 200U);
}

TEST_F(Lifecycle, InstancesInOneProcessDoNotKnowOfEachOther) {
  Host other;
  parley_runtime_plugin *second = other.load(contract::note_plugin());
  ASSERT_EQ(Host::start(plugin_), PARLEY_OK);
  ASSERT_EQ(Host::start(second), PARLEY_OK);
  ASSERT_EQ(host_.request(admin, "POST", "/notes", contract::document("notes", {{"text", "Here"}})).status, 201U);
  EXPECT_EQ(host_.get(admin, "/notes").body["data"].size(), 1U);
  EXPECT_EQ(other.get(admin, "/notes").body["data"].size(), 0U);
  ASSERT_EQ(parley_runtime_stop(plugin_, nullptr), PARLEY_OK);
  EXPECT_EQ(other.get(admin, "/notes").status, 200U);
}

TEST_F(Lifecycle, StopWaitsForRequestsThatRun) {
  std::atomic<bool> done{false};
  std::atomic<int> wrong{0};
  std::atomic<int> served{0};
  std::vector<std::thread> clients;
  for (int i = 0; i < 3; ++i) {
    clients.emplace_back([&] {
      while (!done) {
        const std::uint32_t status = host_.get(admin, "/notes").status;
        served += status == 200 ? 1 : 0;
        wrong += status != 200 && status != 404 && status != 503 ? 1 : 0;
      }
    });
  }
  for (int round = 0; round < 100; ++round) {
    EXPECT_EQ(Host::start(plugin_), PARLEY_OK);
    const int before = served;
    EXPECT_TRUE(comes_true([&] { return served != before || wrong != 0; }));
    EXPECT_EQ(parley_runtime_stop(plugin_, nullptr), PARLEY_OK);
  }
  done = true;
  for (std::thread &client : clients) {
    client.join();
  }
  EXPECT_EQ(wrong, 0);
}

TEST(Registration, IsRefusedOutsideOfStart) {
  Host host;
  parley_runtime_plugin *plugin = host.load(contract::broken_plugin("registers_any_time"));
  ASSERT_NE(plugin, nullptr);
  const parley_plugin *instance = parley_runtime_instance(plugin);
  const parley_str id = parley_str_of("test.register/1");
  const auto *table = static_cast<const test_register *>(instance->get_extension(instance, &id));
  ASSERT_NE(table, nullptr);

  EXPECT_EQ(table->in_create, PARLEY_WRONG_STATE);
  EXPECT_EQ(table->now(), PARLEY_WRONG_STATE);
  ASSERT_EQ(Host::start(plugin), PARLEY_OK);
  EXPECT_EQ(table->now(), PARLEY_WRONG_STATE);
  ASSERT_EQ(parley_runtime_stop(plugin, nullptr), PARLEY_OK);
  EXPECT_EQ(table->now(), PARLEY_WRONG_STATE);
  EXPECT_TRUE(host.describe()["settings"].empty());
}

TEST(Registration, OfTheHostEndsWithItsWork) {
  Host host;
  struct Kept {
    const parley_host *host = nullptr;
    const parley_registry *registry = nullptr;
  } kept;
  const auto work = [](void *context, const parley_host *asking, const parley_registry *registry,
                       const parley_error_sink *) -> std::int32_t {
    *static_cast<Kept *>(context) = {asking, registry};
    return PARLEY_OK;
  };
  ASSERT_EQ(parley_runtime_register(host.runtime(), work, &kept, nullptr), PARLEY_OK);
  parley_permission permission{};
  permission.size = sizeof permission;
  permission.subject = parley_str_of("things");
  permission.name = parley_str_of("view");
  permission.subject_label = parley_str_of(R"({"en":"Things"})");
  permission.label = parley_str_of(R"({"en":"View"})");
  EXPECT_EQ(kept.registry->add_permission(kept.host, &permission, nullptr), PARLEY_WRONG_STATE);
}

} // namespace
