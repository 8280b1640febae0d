// Maintenance jobs through libparley-host: of any plugin, in any host.
#include "support.hpp"

#include <gmock/gmock.h>

namespace {

using contract::admin;
using contract::document;
using contract::Errors;
using contract::Host;
using contract::view;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

struct Listed {
  std::vector<std::string> names; // "plugin/job"
  std::vector<std::int64_t> intervals;
  std::size_t refuse_from = SIZE_MAX;

  static std::int32_t PARLEY_ABI put(const parley_runtime_job_sink *self, const parley_runtime_job *job) {
    auto &list = *static_cast<Listed *>(self->context);
    if (list.names.size() >= list.refuse_from) {
      return PARLEY_UNAVAILABLE;
    }
    list.names.push_back(contract::copy(job->plugin) + "/" + contract::copy(job->name));
    list.intervals.push_back(job->interval_us);
    EXPECT_TRUE(nlohmann::json::parse(contract::copy(job->label)).contains("en"));
    return PARLEY_OK;
  }
  std::int32_t ask(const Host &host) {
    const parley_runtime_job_sink sink{sizeof sink, 0, this, put};
    return parley_runtime_jobs(host.runtime(), &sink);
  }
};

class Jobs : public testing::Test {
protected:
  void SetUp() override {
    note_ = host_.load(contract::note_plugin());
    ASSERT_NE(note_, nullptr);
    ASSERT_EQ(Host::start(note_), PARLEY_OK);
  }

  void add(const std::string &text) {
    ASSERT_EQ(host_.request(admin, "POST", "/notes", document("notes", {{"text", text}})).status, 201U);
  }
  std::size_t notes() { return host_.get(admin, "/notes").body["data"].size(); }

  std::int32_t run(const std::string &plugin, const std::string &job, const Errors &errors = {},
                   std::uint32_t application = PARLEY_APPLICATION_BACKOFFICE) {
    parley_call call;
    c_host_call(host_.get(), PARLEY_ACTOR_SYSTEM, "", &call);
    call.application = application;
    const parley_str plugin_name = view(plugin);
    const parley_str job_name = view(job);
    return parley_runtime_run_job(host_.runtime(), &call, &plugin_name, &job_name, &more_, errors);
  }

  Host host_{{}, R"({"notes.enabled":true})"};
  parley_runtime_plugin *note_ = nullptr;
  std::uint32_t more_ = 7;
};

TEST_F(Jobs, OfStartedPluginsAreListed) {
  Listed listed;
  ASSERT_EQ(listed.ask(host_), PARLEY_OK);
  EXPECT_THAT(listed.names, ElementsAre("parley-note/tidy"));
  EXPECT_THAT(listed.intervals, ElementsAre(200'000));
  Listed refusing;
  refusing.refuse_from = 0;
  EXPECT_EQ(refusing.ask(host_), PARLEY_SINK_REFUSED);
  EXPECT_EQ(parley_runtime_jobs(host_.runtime(), nullptr), PARLEY_INVALID);
  ASSERT_EQ(parley_runtime_stop(note_, nullptr), PARLEY_OK);
  Listed none;
  ASSERT_EQ(none.ask(host_), PARLEY_OK);
  EXPECT_THAT(none.names, IsEmpty());
}

TEST_F(Jobs, RunAndSayWhetherWorkIsLeft) {
  for (const char *text : {"obsolete", "keep", "obsolete"}) {
    add(text);
  }
  ASSERT_EQ(run("parley-note", "tidy"), PARLEY_OK);
  EXPECT_EQ(more_, 1U);
  EXPECT_EQ(notes(), 2U);
  ASSERT_EQ(run("parley-note", "tidy"), PARLEY_OK);
  EXPECT_EQ(more_, 0U);
  EXPECT_EQ(notes(), 1U);
}

TEST_F(Jobs, ThatNobodyHasAreNotFound) {
  for (const auto &[plugin, job] : {std::pair{"parley-note", "mow"}, {"parley-lawn", "tidy"}, {"", ""}}) {
    const Errors errors;
    EXPECT_EQ(run(plugin, job, errors), PARLEY_NOT_FOUND);
    EXPECT_THAT(errors.all(), SizeIs(1)) << plugin << job;
    EXPECT_EQ(more_, 7U) << "untouched on failure";
  }
  ASSERT_EQ(parley_runtime_stop(note_, nullptr), PARLEY_OK);
  const Errors errors;
  EXPECT_EQ(run("parley-note", "tidy", errors), PARLEY_NOT_FOUND);
  EXPECT_THAT(errors.text(), HasSubstr("No plugin of the name parley-note is started."));
}

TEST_F(Jobs, NeedACall) {
  const Errors errors;
  EXPECT_EQ(run("parley-note", "tidy", errors, 0), PARLEY_INVALID);
  EXPECT_EQ(parley_runtime_run_job(host_.runtime(), nullptr, nullptr, nullptr, &more_, errors), PARLEY_INVALID);
  EXPECT_THAT(errors.all(), SizeIs(2));
}

TEST_F(Jobs, AreRunToTheEndByAHostInC) {
  for (int i = 0; i < 5; ++i) {
    add("obsolete");
  }
  const Errors errors;
  EXPECT_EQ(c_host_run_jobs(host_.get(), 60, errors), PARLEY_OK) << errors.text();
  EXPECT_EQ(notes(), 0U);
}

} // namespace
