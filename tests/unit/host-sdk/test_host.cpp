#include "test_host.hpp"

#include <deque>
#include <mutex>

namespace parley::tests {
namespace {

std::string copy(const parley_str &from) {
  return {from.data == nullptr ? "" : from.data, from.size};
}
parley_str borrow(const std::string &from) {
  return {from.data(), from.size()};
}

TestHost &host_of(const parley_host *host) {
  return *static_cast<TestHost *>(host->data);
}

} // namespace

parley_str text(const std::string &value) {
  static std::mutex mutex;
  static std::deque<std::string> kept;
  const std::lock_guard<std::mutex> lock(mutex);
  kept.push_back(value);
  return borrow(kept.back());
}

parley_str label(const std::string &english) {
  return text(nlohmann::json{{"en", english}}.dump());
}

std::vector<std::string> Reply::faults() const {
  std::vector<std::string> result;
  const auto document = json();
  for (const auto &error : document.at("errors")) {
    const auto source = error.value("source", nlohmann::json::object());
    const std::string place = source.value("pointer", source.value("parameter", std::string()));
    result.push_back(place + ": " + error.at("code").get<std::string>());
  }
  return result;
}

TestHost::TestHost(const std::string &fixed_settings) {
  error_sink.size = sizeof error_sink;
  error_sink.context = this;
  error_sink.report = [](const parley_error_sink *self, const parley_error *error) {
    static_cast<TestHost *>(self->context)->problems.push_back(copy(error->detail));
  };
  access_.size = sizeof access_;
  access_.scopes = [](const parley_host *host, const parley_call *, const parley_scope_request *requests,
                      std::size_t count, std::uint32_t, const parley_scope_sink *result, const parley_error_sink *) {
    auto &self = host_of(host);
    ++self.rights_asked;
    for (std::size_t i = 0; i < count; ++i) {
      parley_scope scope{};
      scope.size = sizeof scope;
      const bool may = self.rights.count(copy(requests[i].subject) + "." + copy(requests[i].permission)) != 0;
      scope.level = may ? PARLEY_LEVEL_GLOBAL : PARLEY_LEVEL_NONE;
      result->put(result, i, &scope);
    }
    return PARLEY_OK;
  };
  access_.visible = [](const parley_host *, const parley_call *, const parley_ref *, std::size_t, std::uint8_t *,
                       const parley_error_sink *) { return PARLEY_OK; };
  settings_table_.size = sizeof settings_table_;
  settings_table_.values = [](const parley_host *host, const parley_call *call, const parley_setting_request *requests,
                              std::size_t count, std::uint32_t, const parley_str_sink *result,
                              const parley_error_sink *) {
    auto &self = host_of(host);
    ++self.settings_asked;
    self.settings_call = call;
    if (self.settings_status != PARLEY_OK) {
      return self.settings_status;
    }
    for (std::size_t i = 0; i < count; ++i) {
      const std::string value = self.settings[copy(requests[i].name)];
      const parley_str borrowed = borrow(value);
      result->put(result, &borrowed);
    }
    return PARLEY_OK;
  };
  parley_runtime_options options{};
  options.size = sizeof options;
  options.name = text("Test host");
  options.version = text("1");
  options.settings = borrow(fixed_settings);
  options.context = this;
  options.get_extension = [](const parley_host *host, const parley_str *id) -> const void * {
    auto &self = host_of(host);
    if (copy(*id) == PARLEY_ACCESS_ID) {
      return &self.access_;
    }
    return self.has_settings && copy(*id) == PARLEY_SETTINGS_ID ? &self.settings_table_ : nullptr;
  };
  parley_runtime_create(&options, &runtime, errors());
}

TestHost::~TestHost() {
  parley_runtime_destroy(runtime);
}

std::string TestHost::reported() const {
  std::string lines;
  for (const auto &line : problems) {
    lines += line + "\n";
  }
  return lines;
}

std::int32_t TestHost::register_own(const Work &work) {
  problems.clear();
  return parley_runtime_register(
      runtime,
      [](void *context, const parley_host *host, const parley_registry *registry, const parley_error_sink *errors) {
        return (*static_cast<const Work *>(context))(host, registry, errors);
      },
      const_cast<Work *>(&work), errors());
}

namespace {

parley_call make_call(const TestHost &host) {
  parley_call call{};
  call.size = sizeof call;
  call.application = host.application;
  call.time_left_us = PARLEY_NO_DEADLINE;
  call.actor = {text("users"), text("1")};
  call.locale = borrow(host.locale);
  call.host_context = const_cast<TestHost *>(&host);
  call.cancelled = [](const parley_call *self) -> std::uint32_t {
    const auto &asked = *static_cast<const TestHost *>(self->host_context);
    if (asked.while_called) {
      asked.while_called();
    }
    return 0;
  };
  return call;
}

parley_sink string_sink(std::string &out) {
  parley_sink sink{};
  sink.size = sizeof sink;
  sink.context = &out;
  sink.write = [](const parley_sink *self, const void *bytes, std::size_t size) -> std::int32_t {
    static_cast<std::string *>(self->context)->append(static_cast<const char *>(bytes), size);
    return PARLEY_OK;
  };
  return sink;
}

} // namespace

nlohmann::json TestHost::surface() {
  std::string out;
  const auto sink = string_sink(out);
  const auto call = make_call(*this);
  const std::int32_t status = parley_runtime_surface(runtime, &call, &sink, errors());
  return status == PARLEY_OK ? nlohmann::json::parse(out) : nlohmann::json(status);
}

nlohmann::json TestHost::describe() {
  std::string out;
  const auto sink = string_sink(out);
  parley_runtime_describe(runtime, &sink);
  return nlohmann::json::parse(out);
}

Reply TestHost::send(const std::string &method, const std::string &target, const std::string &body,
                     std::vector<std::pair<std::string, std::string>> headers) {
  if (!body.empty() && (headers.empty() || headers.front().first != "Content-Type")) {
    headers.emplace_back("content-type", "application/vnd.api+json");
  }
  std::vector<parley_http_header> borrowed;
  for (const auto &header : headers) {
    borrowed.push_back({borrow(header.first), borrow(header.second)});
  }
  const std::size_t mark = target.find('?');
  const std::string path = target.substr(0, mark);
  const std::string query = mark == std::string::npos ? "" : target.substr(mark + 1);
  parley_http_request request{};
  request.size = sizeof request;
  request.method = borrow(method);
  request.base = text("/api");
  request.path = borrow(path);
  request.query = borrow(query);
  request.headers = borrowed.data();
  request.header_count = borrowed.size();
  request.body = borrow(body);
  Reply reply;
  parley_http_sink sink{};
  sink.size = sizeof sink;
  sink.context = &reply;
  sink.begin = [](const parley_http_sink *self, std::uint32_t status, const parley_http_header *fields,
                  std::size_t count) -> std::int32_t {
    auto &to = *static_cast<Reply *>(self->context);
    to.status = status;
    for (std::size_t i = 0; i < count; ++i) {
      to.headers[copy(fields[i].name)] = copy(fields[i].value);
    }
    return PARLEY_OK;
  };
  sink.write = [](const parley_http_sink *self, const void *bytes, std::size_t size) -> std::int32_t {
    static_cast<Reply *>(self->context)->body.append(static_cast<const char *>(bytes), size);
    return PARLEY_OK;
  };
  const auto call = make_call(*this);
  parley_http_handle(runtime, &call, &request, &sink);
  return reply;
}

} // namespace parley::tests
