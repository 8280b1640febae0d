// Nobody is refused without a word: calls and arguments that cannot be used, defects behind a 500, a stop at the wrong
// moment.
#include "bare_host.hpp"

#include <gmock/gmock.h>

namespace {

using contract::admin;
using contract::Errors;
using contract::Host;
using contract::Response;
using contract::view;
using testing::HasSubstr;

std::string log_of(const Host &host) {
  char *text = c_host_log(host.get());
  const std::string copied = text;
  std::free(text);
  return copied;
}

// An entity whose answers are what the test says.
struct Odd {
  std::string id = "1";
  std::string json = R"({"type":"odds","id":"1"})";
  std::string meta;

  static std::int32_t PARLEY_ABI get_many(void *self, const parley_call *, const parley_get *,
                                          const parley_result_sink *result, const parley_error_sink *) {
    const Odd &odd = *static_cast<Odd *>(self);
    parley_document document{};
    document.size = sizeof document;
    document.related_size = sizeof(parley_related);
    document.ref = {view("odds"), view(odd.id)};
    document.json = view(odd.json);
    result->document(result, &document);
    const parley_str meta = view(odd.meta);
    if (meta.size != 0) {
      result->meta(result, &meta);
    }
    return PARLEY_OK;
  }
  static std::int32_t PARLEY_ABI add(void *self, const parley_host *host, const parley_registry *registry,
                                     const parley_error_sink *errors) {
    parley_entity entity{};
    entity.size = sizeof entity;
    entity.backoffice_actions = PARLEY_ACTION_GET;
    entity.attribute_size = sizeof(parley_attribute);
    entity.relationship_size = sizeof(parley_relationship);
    entity.operation_size = sizeof(parley_operation);
    entity.type = view("odds");
    entity.label = view(R"({"en":"Odd"})");
    entity.plural_label = view(R"({"en":"Odds"})");
    entity.context = self;
    entity.get_many = get_many;
    return registry->add_entity(host, &entity, errors);
  }
};

TEST(Reasons, AnAnswerThatIsNoneIsLogged) {
  Host host;
  Odd odd;
  const Errors errors;
  ASSERT_EQ(parley_runtime_register(host.runtime(), Odd::add, &odd, errors), PARLEY_OK) << errors.text();
  ASSERT_EQ(host.get(admin, "/odds/1").status, 200U);
  EXPECT_EQ(log_of(host), "");

  odd.json = "secret nonsense";
  const Response response = host.get(admin, "/odds/1?fields[odds]=");
  EXPECT_EQ(response.status, 500U);
  EXPECT_EQ(response.body["errors"][0]["detail"], "Something went wrong here.") << "clients are told nothing more";
  EXPECT_THAT(log_of(host), HasSubstr("http.defect: "));
  EXPECT_THAT(log_of(host), HasSubstr(R"("method":"GET","path":"/odds/1")"));
  EXPECT_THAT(log_of(host), HasSubstr("The answer of odds holds a document that is no JSON object."));
  EXPECT_THAT(log_of(host), Not(HasSubstr("secret")));

  odd = {"", "{\"a\":1}", ""};
  EXPECT_EQ(host.get(admin, "/odds/1").status, 500U);
  EXPECT_THAT(log_of(host), HasSubstr("The answer of odds holds a document without an id."));
  odd = {"1", "{\"a\":1}", "[]"};
  EXPECT_EQ(host.get(admin, "/odds/1").status, 500U);
  EXPECT_THAT(log_of(host), HasSubstr("The answer of odds holds a meta that is no JSON object."));
}

TEST(Reasons, ACallThatCannotBeUsed) {
  const Host host;
  parley_call call{}; // of size 0
  const Errors errors;
  std::string text;
  const parley_sink sink{sizeof sink, 0, &text, Host::append};
  EXPECT_EQ(parley_runtime_surface(host.runtime(), &call, &sink, errors), PARLEY_INVALID);
  EXPECT_EQ(parley_runtime_notify(host.runtime(), &call, nullptr, 0, 0, errors), PARLEY_INVALID);
  EXPECT_EQ(parley_runtime_notify(host.runtime(), nullptr, nullptr, 0, 0, errors), PARLEY_INVALID);
  ASSERT_EQ(errors.all().size(), 3U);
  for (const contract::Fault &fault : errors.all()) {
    EXPECT_EQ(fault.code, "no-call");
    EXPECT_THAT(fault.detail, HasSubstr("There is no usable call"));
  }
  EXPECT_EQ(log_of(host), "");
  c_host_response response;
  EXPECT_EQ(c_host_request(host.get(), &call, "GET", "/orders", "", nullptr, &response), PARLEY_INVALID);
  EXPECT_EQ(response.status, 0U) << "nothing was answered";
  c_host_response_free(&response);
  EXPECT_THAT(log_of(host), HasSubstr("http.unusable: There is no usable call"));
}

TEST(Reasons, ARequestThatCannotBeUsed) {
  const Host host;
  parley_call call;
  c_host_call(host.get(), "users", "1", &call);
  const parley_http_request request{};
  EXPECT_EQ(parley_http_handle(host.runtime(), &call, &request, nullptr), PARLEY_INVALID);
  EXPECT_THAT(log_of(host), HasSubstr("there is no request, or it is too small"));
  parley_http_request good{};
  good.size = sizeof good;
  EXPECT_EQ(parley_http_handle(host.runtime(), &call, &good, nullptr), PARLEY_INVALID);
  EXPECT_THAT(log_of(host), HasSubstr("the sink is missing"));
  EXPECT_EQ(parley_http_handle(nullptr, &call, &good, nullptr), PARLEY_INVALID);
}

TEST(Reasons, AnArgumentThatIsMissing) {
  const Host host;
  const Errors errors;
  const parley_str path = parley_str_of("nowhere.so");
  parley_call call;
  c_host_call(host.get(), "users", "1", &call);
  EXPECT_EQ(parley_runtime_register(host.runtime(), nullptr, nullptr, errors), PARLEY_INVALID);
  EXPECT_EQ(parley_runtime_load(host.runtime(), &path, nullptr, errors), PARLEY_INVALID);
  EXPECT_EQ(parley_runtime_load(host.runtime(), nullptr, nullptr, errors), PARLEY_INVALID);
  EXPECT_EQ(parley_runtime_start(nullptr, nullptr, errors), PARLEY_INVALID);
  EXPECT_EQ(parley_runtime_stop(nullptr, errors), PARLEY_INVALID);
  EXPECT_EQ(parley_runtime_unload(nullptr, errors), PARLEY_INVALID);
  EXPECT_EQ(parley_runtime_notify(host.runtime(), &call, nullptr, 1, sizeof(parley_host_event), errors),
            PARLEY_INVALID);
  EXPECT_EQ(parley_runtime_surface(host.runtime(), &call, nullptr, errors), PARLEY_INVALID);
  EXPECT_EQ(errors.text(), "missing-argument: parley_runtime_register: work is missing. []\n"
                           "missing-argument: parley_runtime_load: plugin is missing. []\n"
                           "missing-argument: parley_runtime_load: path is missing. []\n"
                           "missing-argument: parley_runtime_start: plugin is missing. []\n"
                           "missing-argument: parley_runtime_stop: plugin is missing. []\n"
                           "missing-argument: parley_runtime_unload: plugin is missing. []\n"
                           "missing-argument: parley_runtime_notify: events is missing. []\n"
                           "missing-argument: parley_runtime_surface: a usable sink is missing. []\n");
}

// Of the plugin, called without libparley-host.
TEST(Reasons, ThePluginSaysWhatTheCallLacks) {
  const std::string library = contract::environment("PARLEY_PLUGIN");
  if (library.empty()) {
    GTEST_SKIP() << "PARLEY_PLUGIN is not built";
  }
  const std::string configuration = contract::configuration_of(library);
  contract::BareHost host{library};
  contract::migrate(host.plugin(), configuration);
  ASSERT_EQ(host.start(configuration), PARLEY_OK) << host.errors().text();
  const parley_entity &entity = host.entity("conversations");
  const parley_query query = contract::BareHost::query();
  for (const std::uint32_t size : {0U, static_cast<std::uint32_t>(offsetof(parley_call, actor))}) {
    parley_call call = contract::BareHost::call();
    call.size = size;
    const Errors errors;
    EXPECT_EQ(entity.query(entity.context, &call, &query, contract::Documents{}, errors), PARLEY_INVALID);
    EXPECT_EQ(errors.text(), "no-call: A request needs a call that says who asks. []\n");
  }
}

// A host callback that stops the plugin which is calling, or frees everything.
struct Impatient {
  const Host *host = nullptr;
  parley_runtime_plugin *plugin = nullptr;
  std::int32_t answered = -1;
  Errors errors;
} *impatient = nullptr;

std::int32_t PARLEY_ABI stop_and_resolve(const parley_host *, const parley_call *, const parley_ref *refs,
                                         std::size_t count, const parley_record_sink *result,
                                         const parley_error_sink *) {
  if (impatient->answered == -1) {
    impatient->answered = parley_runtime_stop(impatient->plugin, impatient->errors);
    parley_runtime_destroy(impatient->host->runtime());
  }
  for (std::size_t i = 0; i < count; ++i) {
    parley_record record{};
    record.size = sizeof record;
    record.flags = PARLEY_RECORD_EXISTS;
    record.ref = refs[i];
    result->put(result, &record);
  }
  return PARLEY_OK;
}
std::int32_t PARLEY_ABI find_nothing(const parley_host *, const parley_call *, const parley_record_search *,
                                     const parley_record_sink *, const parley_error_sink *) {
  return PARLEY_OK;
}
const parley_records impatient_table{sizeof(parley_records), 0, stop_and_resolve, find_nothing};

TEST(Reasons, AStopFromWithinACallIsRefused) {
  const std::string library = contract::environment("PARLEY_PLUGIN");
  if (library.empty()) {
    GTEST_SKIP() << "PARLEY_PLUGIN is not built";
  }
  Host host{{{PARLEY_RECORDS_ID, &impatient_table}}, R"({"conversations.enabled":true})"};
  Impatient state;
  impatient = &state;
  state.host = &host;
  state.plugin = host.load(library);
  const std::string configuration = contract::configuration_of(library);
  contract::migrate(parley_runtime_instance(state.plugin), configuration);
  ASSERT_EQ(Host::start(state.plugin, configuration), PARLEY_OK);
  EXPECT_EQ(
      host.request(admin, "POST", "/conversations", contract::document("conversations", {{"name", "Hello"}})).status,
      201U)
      << "the call goes on";
  EXPECT_EQ(state.answered, PARLEY_WRONG_STATE);
  EXPECT_THAT(state.errors.text(), HasSubstr("within-call: A plugin cannot be stopped from within a call."));
  EXPECT_THAT(log_of(host), HasSubstr("runtime.within-call"));
  EXPECT_EQ(host.get(admin, "/conversations").body["data"].size(), 1U);
  EXPECT_EQ(parley_runtime_stop(state.plugin, nullptr), PARLEY_OK);
}

} // namespace
