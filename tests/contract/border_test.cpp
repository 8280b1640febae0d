// What a plugin answers when it is called directly: stopped, forked, with a sink that refuses, with structs of other
// sizes. The same for every plugin that was built.
#include "bare_host.hpp"

#include <filesystem>
#include <gmock/gmock.h>
#include <parley/ext/configure.h>
#include <parley/ext/draft/health.h>
#include <parley/ext/host_events.h>
#include <parley/ext/info.h>
#include <parley/ext/migrations.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using contract::BareHost;
using contract::Documents;
using contract::view;
using testing::IsEmpty;

struct Subject {
  const char *name;
  const char *library; // environment variable with its path
  const char *entity;
  const char *panel;
  const char *workflow;
  const char *document; // that can be created
};

std::ostream &operator<<(std::ostream &out, const Subject &subject) {
  return out << subject.name;
}

class Border : public testing::TestWithParam<Subject> {
protected:
  void SetUp() override {
    library_ = contract::environment(GetParam().library);
    if (library_.empty()) {
      GTEST_SKIP() << GetParam().library << " is not built";
    }
    configuration_ = contract::configuration_of(library_);
  }

  // A started plugin with one document.
  void start(BareHost &host) const {
    contract::migrate(host.plugin(), configuration_);
    ASSERT_EQ(host.start(configuration_), PARLEY_OK) << host.errors().text();
  }

  std::int32_t query(const BareHost &host, const parley_result_sink *result) const {
    const parley_call call = BareHost::call();
    const parley_query query = BareHost::query();
    const parley_entity &entity = host.entity(GetParam().entity);
    return entity.query(entity.context, &call, &query, result, nullptr);
  }

  std::int32_t create(const BareHost &host, const parley_result_sink *result) const {
    const parley_call call = BareHost::call();
    parley_write write{};
    write.size = sizeof write;
    write.json = parley_str_of(GetParam().document);
    const parley_entity &entity = host.entity(GetParam().entity);
    return entity.create(entity.context, &call, &write, result, nullptr);
  }

  std::string library_;
  std::string configuration_;
};

TEST_P(Border, TablesThatAreLargerThanKnownWork) {
  BareHost host{library_};
  start(host);
  const Documents created;
  EXPECT_EQ(create(host, created), PARLEY_OK);
  EXPECT_EQ(created.all().size(), 1U);
  const Documents listed;
  EXPECT_EQ(query(host, listed), PARLEY_OK);
  EXPECT_EQ(listed.all().size(), 1U);
  EXPECT_TRUE(listed.has_page());
}

TEST_P(Border, AnswersThatAreSmallerThanKnownWork) {
  BareHost host{library_, offsetof(parley_scope, units), offsetof(parley_record, owner)};
  start(host);
  const Documents created;
  EXPECT_EQ(create(host, created), PARLEY_OK);
  const Documents listed;
  EXPECT_EQ(query(host, listed), PARLEY_OK);
  EXPECT_EQ(listed.all().size(), 1U);
}

TEST_P(Border, ACallThatCannotBeCancelledWorks) {
  BareHost host{library_};
  start(host);
  parley_call call = BareHost::call();
  call.size = offsetof(parley_call, cancelled);
  std::memset(reinterpret_cast<char *>(&call) + call.size, 0x7f, sizeof call - call.size);
  const parley_query query = BareHost::query();
  const Documents listed;
  const parley_entity &entity = host.entity(GetParam().entity);
  EXPECT_EQ(entity.query(entity.context, &call, &query, listed, nullptr), PARLEY_OK);
}

TEST_P(Border, ASinkThatRefusesEndsTheCall) {
  BareHost host{library_};
  start(host);
  ASSERT_EQ(create(host, Documents{}), PARLEY_OK);
  EXPECT_EQ(query(host, Documents{0}), PARLEY_SINK_REFUSED);
  EXPECT_EQ(query(host, Documents{}), PARLEY_OK) << "and nothing else";
}

TEST_P(Border, CallsAreRefusedBeforeStartAndAfterStop) {
  BareHost host{library_};
  const auto *events = host.table<parley_host_events>(PARLEY_HOST_EVENTS_ID);
  const parley_call call = BareHost::call();
  const parley_host_event event{sizeof event, PARLEY_HAPPENED_RECORD_CHANGED, {view("orders"), view("1")}};
  if (events != nullptr) {
    EXPECT_EQ(events->notify(host.plugin(), &call, &event, 1, sizeof event, nullptr), PARLEY_STOPPED);
  }
  start(host);
  EXPECT_EQ(query(host, Documents{}), PARLEY_OK);
  if (events != nullptr) {
    EXPECT_EQ(events->notify(host.plugin(), &call, &event, 1, sizeof event, nullptr), PARLEY_OK);
  }
  ASSERT_EQ(host.stop(), PARLEY_OK);

  const Documents nothing;
  EXPECT_EQ(query(host, nothing), PARLEY_STOPPED);
  EXPECT_EQ(create(host, nothing), PARLEY_STOPPED);
  if (events != nullptr) {
    EXPECT_EQ(events->notify(host.plugin(), &call, &event, 1, sizeof event, nullptr), PARLEY_STOPPED);
  }
  const parley_ref record{view("orders"), view("1")};
  std::uint64_t count = 77;
  const parley_panel &panel = host.panel(GetParam().panel);
  EXPECT_EQ(panel.count(panel.context, &call, &record, 1, &count, nullptr), PARLEY_STOPPED);
  std::uint32_t active = 77;
  const parley_workflow &workflow = host.workflow(GetParam().workflow);
  EXPECT_EQ(workflow.is_active(workflow.context, &call, &active, nullptr), PARLEY_STOPPED);
  EXPECT_EQ(count, 77U) << "out-parameters stay as they are";
  EXPECT_EQ(active, 77U);
  EXPECT_THAT(nothing.all(), IsEmpty());

  ASSERT_EQ(host.start(configuration_), PARLEY_OK);
  EXPECT_EQ(query(host, Documents{}), PARLEY_OK);
}

TEST_P(Border, StartingTwiceIsRefused) {
  BareHost host{library_};
  start(host);
  EXPECT_EQ(host.start(configuration_), PARLEY_WRONG_STATE);
  EXPECT_EQ(query(host, Documents{}), PARLEY_OK);
}

TEST_P(Border, DestroyingWhatIsStartedDoesNothing) {
  BareHost host{library_};
  start(host);
  host.plugin()->destroy(host.plugin());
  EXPECT_EQ(query(host, Documents{}), PARLEY_OK);
}

bool has_info(const BareHost &host) {
  const parley_str id = parley_str_of(PARLEY_INFO_ID);
  return host.plugin()->get_extension(host.plugin(), &id) != nullptr;
}

TEST_P(Border, AForkedChildIsRefused) {
  BareHost host{library_};
  start(host);
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const Documents nothing;
    const bool refused = query(host, nothing) == PARLEY_FORKED && create(host, nothing) == PARLEY_FORKED &&
                         host.start("{}") == PARLEY_FORKED && host.stop() == PARLEY_FORKED && has_info(host);
    host.plugin()->destroy(host.plugin());
    _exit(refused ? 0 : 1);
  }
  int status = -1;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status)) << "signal " << WTERMSIG(status);
  EXPECT_EQ(WEXITSTATUS(status), 0);
  EXPECT_EQ(query(host, Documents{}), PARLEY_OK) << "the parent works on";
}

TEST_P(Border, AFailureOfTheHostIsAFailure) {
  BareHost host{library_};
  start(host);
  ASSERT_EQ(create(host, Documents{}), PARLEY_OK);
  for (const std::int32_t status : {PARLEY_UNAVAILABLE, 999, -1}) {
    host.status = status;
    const Documents nothing;
    EXPECT_NE(query(host, nothing), PARLEY_OK) << status;
    EXPECT_NE(create(host, nothing), PARLEY_OK) << status;
    EXPECT_FALSE(nothing.has_page());
  }
  host.status = PARLEY_OK;
  const Documents listed;
  EXPECT_EQ(query(host, listed), PARLEY_OK);
  EXPECT_EQ(listed.all().size(), 1U) << "what failed left nothing";
}

TEST_P(Border, AnUnknownLevelCountsAsNone) {
  BareHost host{library_};
  start(host);
  ASSERT_EQ(create(host, Documents{}), PARLEY_OK);
  host.level = 77;
  const Documents nothing;
  query(host, nothing);
  EXPECT_THAT(nothing.all(), IsEmpty());
  EXPECT_NE(create(host, nothing), PARLEY_OK);
}

TEST_P(Border, TitlesThatAreNoTextDoNoHarm) {
  BareHost host{library_};
  start(host);
  host.title = "\xff\xfe \x01 \xc3";
  create(host, Documents{});
  const Documents listed; // parses every document
  query(host, listed);
  host.title = "A title";
  EXPECT_EQ(query(host, Documents{}), PARLEY_OK);
}

TEST_P(Border, RequestsThatMakeNoSenseAreRefused) {
  BareHost host{library_};
  start(host);
  const parley_call call = BareHost::call();
  const parley_entity &entity = host.entity(GetParam().entity);
  const Documents nothing;

  const parley_str value = view("1");
  parley_filter filter{sizeof filter, 77, view("createdAt"), {}, &value, 1};
  parley_query query = BareHost::query();
  query.filters = &filter;
  query.filter_count = 1;
  EXPECT_EQ(entity.query(entity.context, &call, &query, nothing, nullptr), PARLEY_MALFORMED) << "operator";
  filter.operation = PARLEY_FILTER_EQUAL;
  filter.field = view("no-such-field");
  EXPECT_EQ(entity.query(entity.context, &call, &query, nothing, nullptr), PARLEY_MALFORMED) << "field";
  query = BareHost::query();
  query.after = view("\xff not a cursor");
  EXPECT_EQ(entity.query(entity.context, &call, &query, nothing, nullptr), PARLEY_MALFORMED) << "cursor";

  parley_write write{};
  write.size = sizeof write;
  const std::string deep = std::string(100'000, '[');
  for (const std::string &json : {std::string{}, std::string{"{"}, std::string{"\xff"}, deep}) {
    write.json = view(json);
    EXPECT_EQ(entity.create(entity.context, &call, &write, nothing, nullptr), PARLEY_MALFORMED) << json.substr(0, 10);
  }
  EXPECT_THAT(nothing.all(), IsEmpty());
}

TEST_P(Border, TheConfigurationIsDescribedAndChecked) {
  BareHost host{library_};
  const auto *configure = host.table<parley_configure>(PARLEY_CONFIGURE_ID);
  ASSERT_NE(configure, nullptr);
  std::string schema;
  const parley_sink sink{sizeof sink, 0, &schema, contract::Host::append};
  ASSERT_EQ(configure->schema(host.plugin(), &sink), PARLEY_OK);
  EXPECT_EQ(nlohmann::json::parse(schema)["type"], "object");

  const parley_str good = view(configuration_);
  EXPECT_EQ(configure->validate(host.plugin(), &good, nullptr), PARLEY_OK);
  const parley_str broken = parley_str_of("{");
  EXPECT_EQ(configure->validate(host.plugin(), &broken, nullptr), PARLEY_MALFORMED);
  const parley_str unknown = parley_str_of(R"({"no-such-member":1})");
  const contract::Errors errors;
  EXPECT_EQ(configure->validate(host.plugin(), &unknown, errors), PARLEY_INVALID);
  EXPECT_THAT(errors.text(), testing::HasSubstr("/no-such-member"));
}

INSTANTIATE_TEST_SUITE_P(Plugins, Border,
                         testing::Values(Subject{"note", "PARLEY_NOTE_PLUGIN", "notes", "notes", "note_flow",
                                                 R"({"data":{"type":"notes","attributes":{"text":"Hello"}}})"},
                                         Subject{"conversations", "PARLEY_PLUGIN", "conversations", "conversations",
                                                 "conversation_flow",
                                                 R"({"data":{"type":"conversations","attributes":{"name":"Hello"}}})"}),
                         [](const auto &test) { return std::string{test.param.name}; });

} // namespace
