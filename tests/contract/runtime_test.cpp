// libparley-host where the other side does not behave: sinks that refuse, calls that are too small, operations that break
// their promises, a fork.
#include "support.hpp"

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

using contract::admin;
using contract::Errors;
using contract::Host;
using contract::Response;
using contract::view;
using testing::HasSubstr;
using testing::Not;

// An entity "things" whose operations do what the test says.
struct Things {
  std::int32_t status = PARLEY_OK;
  std::vector<std::string> documents;
  std::string meta;
  bool page = true;
  std::string fault;

  std::int32_t answer(const parley_result_sink *result, const parley_error_sink *errors, bool with_page) const {
    for (const std::string &json : documents) {
      parley_document document{};
      document.size = sizeof document;
      document.related_size = sizeof(parley_related);
      document.ref = {view("things"), view("1")};
      document.json = view(json);
      result->document(result, &document);
    }
    if (with_page && page) {
      const parley_page_info info{sizeof info, 0, 0};
      result->page(result, &info);
    }
    if (!meta.empty()) {
      const parley_str text = view(meta);
      result->meta(result, &text);
    }
    if (!fault.empty()) {
      parley_error error{};
      error.size = sizeof error;
      error.status = status;
      error.code = view("test");
      error.detail = view(fault);
      errors->report(errors, &error);
    }
    return status;
  }

  static std::int32_t PARLEY_ABI query(void *self, const parley_call *, const parley_query *,
                                       const parley_result_sink *result, const parley_error_sink *errors) {
    return static_cast<Things *>(self)->answer(result, errors, true);
  }
  static std::int32_t PARLEY_ABI get_many(void *self, const parley_call *, const parley_get *,
                                          const parley_result_sink *result, const parley_error_sink *errors) {
    return static_cast<Things *>(self)->answer(result, errors, false);
  }
  static std::int32_t PARLEY_ABI create(void *self, const parley_call *, const parley_write *,
                                        const parley_result_sink *result, const parley_error_sink *errors) {
    return static_cast<Things *>(self)->answer(result, errors, false);
  }

  static std::int32_t PARLEY_ABI add(void *self, const parley_host *host, const parley_registry *registry,
                                     const parley_error_sink *errors) {
    parley_attribute name{};
    name.size = sizeof name;
    name.type = PARLEY_TYPE_STRING;
    name.flags = PARLEY_FIELD_CREATE | PARLEY_FIELD_TITLE;
    name.applications = PARLEY_APPLICATION_BACKOFFICE;
    name.name = view("name");
    name.label = view(R"({"en":"Name"})");
    parley_entity entity{};
    entity.size = sizeof entity;
    entity.backoffice_actions = PARLEY_ACTION_LIST | PARLEY_ACTION_GET | PARLEY_ACTION_CREATE;
    entity.attribute_size = sizeof name;
    entity.relationship_size = sizeof(parley_relationship);
    entity.operation_size = sizeof(parley_operation);
    entity.type = view("things");
    entity.label = view(R"({"en":"Thing"})");
    entity.plural_label = view(R"({"en":"Things"})");
    entity.attributes = &name;
    entity.attribute_count = 1;
    entity.context = self;
    entity.query = query;
    entity.get_many = get_many;
    entity.create = create;
    return registry->add_entity(host, &entity, errors);
  }
};

class Router : public testing::Test {
protected:
  void SetUp() override {
    Errors errors;
    ASSERT_EQ(parley_runtime_register(host_.runtime(), Things::add, &things_, errors), PARLEY_OK) << errors.text();
  }

  static parley_http_request get_request() {
    parley_http_request request{};
    request.size = sizeof request;
    request.method = view("GET");
    request.base = view("/admin/api");
    request.path = view("/orders");
    return request;
  }

  parley_call call() const {
    parley_call call;
    c_host_call(host_.get(), "users", "1", &call);
    return call;
  }

  Things things_;
  Host host_;
};

const std::string one = R"({"type":"things","id":"1","attributes":{"name":"One"}})";

TEST_F(Router, AStatusThatNobodyKnowsIsAnInternalError) {
  things_.status = 999;
  EXPECT_EQ(host_.get(admin, "/things").status, 500U);
  things_.status = -1;
  EXPECT_EQ(host_.get(admin, "/things/1").status, 500U);
}

TEST_F(Router, AnInternalErrorTellsNothing) {
  things_.status = PARLEY_INTERNAL;
  things_.fault = "SELECT secret FROM table";
  const Response response = host_.get(admin, "/things");
  EXPECT_EQ(response.status, 500U);
  EXPECT_THAT(response.body.dump(), Not(HasSubstr("secret")));
}

TEST_F(Router, EachStatusHasItsHttpStatus) {
  const std::vector<std::pair<std::int32_t, std::uint32_t>> expected{
      {PARLEY_MALFORMED, 400}, {PARLEY_INVALID, 422},     {PARLEY_NOT_FOUND, 404},    {PARLEY_FORBIDDEN, 403},
      {PARLEY_CONFLICT, 409},  {PARLEY_STALE, 409},       {PARLEY_UNSUPPORTED, 405},  {PARLEY_TOO_LARGE, 413},
      {PARLEY_BUSY, 503},      {PARLEY_UNAVAILABLE, 503}, {PARLEY_TIMED_OUT, 504},    {PARLEY_CANCELLED, 499},
      {PARLEY_STOPPED, 503},   {PARLEY_FORKED, 503},      {PARLEY_INCOMPATIBLE, 500}, {PARLEY_WRONG_STATE, 500},
      {PARLEY_SCHEMA, 503},    {PARLEY_INTERNAL, 500}};
  // Of what is stale it is 412 only where the request has an If-Match.
  for (const auto &[status, http] : expected) {
    things_.status = status;
    const Response response = host_.get(admin, "/things");
    EXPECT_EQ(response.status, http) << status;
    EXPECT_EQ(response.body["errors"][0]["status"], std::to_string(http));
    EXPECT_FALSE(response.body["errors"][0].value("title", "").empty());
  }
}

TEST_F(Router, WhatWasWrittenBeforeAFailureIsDiscarded) {
  things_.documents = {one};
  things_.meta = R"({"count":1})";
  things_.status = PARLEY_UNAVAILABLE;
  const Response response = host_.get(admin, "/things");
  EXPECT_EQ(response.status, 503U);
  EXPECT_FALSE(response.body.contains("data"));
}

TEST_F(Router, PromisesThatAreNotKeptDoNoHarm) {
  things_.documents = {one};
  things_.page = false;
  EXPECT_THAT(host_.get(admin, "/things").status, testing::AnyOf(200U, 500U)) << "no page";
  things_.documents = {};
  EXPECT_EQ(host_.get(admin, "/things/1").status, 404U) << "no document";
  EXPECT_EQ(host_.request(admin, "POST", "/things", contract::document("things", {{"name", "A"}})).status, 500U)
      << "no document of what was created";
}

TEST_F(Router, RequestsAreReadWithCare) {
  things_.documents = {one};
  for (const char *target : {"/things?filter[",
                             "/things?%zz",
                             "/things?page[size]=99999999999999999999",
                             "/things?sort=",
                             "/things?fields[things]=nothing",
                             "/things?filter[name",
                             "/things?include=..",
                             "/things?=",
                             "/things/%",
                             "/things/1/%2e%2e",
                             "//things",
                             "/things//",
                             "/..",
                             "/",
                             "",
                             "things",
                             "/things/1/relationships/",
                             "/things/1/transitions",
                             "/workflows/nothing",
                             "/activity/orders",
                             "/activity/nothing/1"}) {
    const std::uint32_t status = host_.get(admin, target).status;
    EXPECT_TRUE(status == 200U || status / 100 == 4U) << target << " -> " << status;
  }
  for (const char *method : {"PUT", "TRACE", "get", ""}) {
    EXPECT_EQ(host_.request(admin, method, "/things").status, 405U) << method;
  }
}

TEST_F(Router, DocumentsHaveALimitedDepth) {
  const auto nested = [](int depth) {
    return R"({"data":{"type":"things","attributes":{"name":)" + std::string(static_cast<std::size_t>(depth), '[') +
           std::string(static_cast<std::size_t>(depth), ']') + "}}}";
  };
  EXPECT_EQ(host_.send(admin, "POST", "/things", nested(100)).status, 400U);
  EXPECT_EQ(host_.send(admin, "POST", "/things", nested(100'000)).status, 400U);
  EXPECT_EQ(host_.send(admin, "POST", "/things", "{\"data\":\"\xff\"}").status, 400U);
}

TEST_F(Router, ASinkThatRefusesEndsTheResponse) {
  const parley_call call = this->call();
  const parley_http_request request = get_request();
  int writes = 0;
  parley_http_sink sink{};
  sink.size = sizeof sink;
  sink.context = &writes;
  sink.begin = [](const parley_http_sink *, std::uint32_t, const parley_http_header *, std::size_t) -> std::int32_t {
    return PARLEY_UNAVAILABLE;
  };
  sink.write = [](const parley_http_sink *self, const void *, std::size_t) -> std::int32_t {
    ++*static_cast<int *>(self->context);
    return PARLEY_UNAVAILABLE;
  };
  EXPECT_EQ(parley_http_handle(host_.runtime(), &call, &request, &sink), PARLEY_SINK_REFUSED);
  EXPECT_EQ(writes, 0);
  sink.begin = [](const parley_http_sink *, std::uint32_t, const parley_http_header *, std::size_t) -> std::int32_t {
    return PARLEY_OK;
  };
  EXPECT_EQ(parley_http_handle(host_.runtime(), &call, &request, &sink), PARLEY_SINK_REFUSED);
  EXPECT_EQ(writes, 1);
}

TEST_F(Router, CallsOfOtherSizes) {
  struct Later {
    parley_call now;
    std::uint64_t later[4];
  } later{call(), {~0ULL, 1, ~0ULL, 16}};
  later.now.size = sizeof later;
  const parley_http_request request = get_request();
  std::uint32_t status = 0;
  parley_http_sink sink{};
  sink.size = sizeof sink;
  sink.context = &status;
  sink.begin = [](const parley_http_sink *self, std::uint32_t answered, const parley_http_header *,
                  std::size_t) -> std::int32_t {
    *static_cast<std::uint32_t *>(self->context) = answered;
    return PARLEY_OK;
  };
  sink.write = [](const parley_http_sink *, const void *, std::size_t) -> std::int32_t { return PARLEY_OK; };
  EXPECT_EQ(parley_http_handle(host_.runtime(), &later.now, &request, &sink), PARLEY_OK);
  EXPECT_EQ(status, 200U);

  parley_call small = call();
  small.size = offsetof(parley_call, cancelled);
  std::memset(reinterpret_cast<char *>(&small) + small.size, 0x7f, sizeof small - small.size);
  EXPECT_EQ(parley_http_handle(host_.runtime(), &small, &request, &sink), PARLEY_OK);
  EXPECT_EQ(status, 200U);

  status = 0;
  small.size = offsetof(parley_call, actor);
  EXPECT_EQ(parley_http_handle(host_.runtime(), &small, &request, &sink), PARLEY_INVALID) << "no actor";
  parley_call nowhere = call();
  nowhere.application = PARLEY_APPLICATION_BACKOFFICE | PARLEY_APPLICATION_STOREFRONT;
  EXPECT_EQ(parley_http_handle(host_.runtime(), &nowhere, &request, &sink), PARLEY_INVALID) << "two applications";
  EXPECT_EQ(parley_http_handle(host_.runtime(), nullptr, &request, &sink), PARLEY_INVALID);
  EXPECT_EQ(status, 0U) << "nothing was answered";
}

TEST_F(Router, AForkedChildIsRefused) {
  parley_runtime_plugin *plugin = host_.load(contract::note_plugin());
  ASSERT_EQ(Host::start(plugin), PARLEY_OK);
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const bool refused = host_.get(admin, "/notes").status == 503U && parley_runtime_stop(plugin, nullptr) != PARLEY_OK;
    parley_runtime_destroy(host_.runtime());
    _exit(refused ? 0 : 1);
  }
  int status = -1;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status)) << "signal " << WTERMSIG(status);
  EXPECT_EQ(WEXITSTATUS(status), 0);
  EXPECT_EQ(host_.get(admin, "/notes").status, 200U);
}

TEST(Runtime, SettingsMustBeAnObject) {
  for (const char *settings : {"[]", "{", "1"}) {
    const Host host{{}, settings};
    EXPECT_EQ(host.status(), PARLEY_INVALID) << settings;
  }
}

TEST(Runtime, NothingIsDestroyedTwice) {
  parley_runtime_destroy(nullptr);
}

} // namespace
