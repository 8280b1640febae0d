#include "sample-host/src/contract/plugins.h"

#include <nlohmann/json.hpp>

#include <parley/ext/configure.h>
#include <parley/runtime.h>

#include "sample-host/src/contract/calls.h"
#include "sample-host/src/contract/entity_operations.h"
#include "sample-host/src/contract/faults.h"
#include "sample-host/src/contract/host_tables.h"
#include "sample-host/src/contract/log.h"
#include "sample-host/src/contract/strings.h"
#include "sample-host/src/fault.h"
#include "sample-host/src/words.h"

namespace host {
namespace {

using Members = std::vector<std::pair<std::string, std::string>>;

[[noreturn]] void fail(const std::string &what, std::int32_t status, const FaultLines &faults) {
  std::string message = what;
  if (faults.lines().empty()) {
    message += " (status " + std::to_string(status) + ")";
  }
  for (const std::string &line : faults.lines()) {
    message += "\n  " + line;
  }
  throw PluginError(message);
}

std::int32_t PARLEY_ABI append(const parley_sink *self, const void *bytes, size_t size) noexcept {
  try {
    static_cast<std::string *>(self->context)->append(static_cast<const char *>(bytes), size);
    return PARLEY_OK;
  } catch (...) {
    return PARLEY_INTERNAL;
  }
}

std::int32_t PARLEY_ABI begin_answer(const parley_http_sink *self, std::uint32_t status,
                                     const parley_http_header *headers, size_t header_count) noexcept {
  try {
    auto &answer = *static_cast<ApiAnswer *>(self->context);
    answer.status = static_cast<int>(status);
    for (size_t i = 0; i < header_count; ++i) {
      answer.headers.emplace_back(copy(headers[i].name), copy(headers[i].value));
    }
    return PARLEY_OK;
  } catch (...) {
    return PARLEY_INTERNAL;
  }
}

std::int32_t PARLEY_ABI append_answer(const parley_http_sink *self, const void *bytes, size_t size) noexcept {
  try {
    static_cast<ApiAnswer *>(self->context)->body.append(static_cast<const char *>(bytes), size);
    return PARLEY_OK;
  } catch (...) {
    return PARLEY_INTERNAL;
  }
}

std::int32_t PARLEY_ABI keep_asset(const parley_asset_sink *self, const parley_asset *asset) noexcept {
  try {
    *static_cast<std::optional<Asset> *>(self->context) =
        Asset{view(asset->bytes), copy(asset->content_type), copy(asset->etag)};
    return PARLEY_OK;
  } catch (...) {
    return PARLEY_INTERNAL;
  }
}

std::int32_t PARLEY_ABI keep_job(const parley_runtime_job_sink *self, const parley_runtime_job *job) noexcept {
  try {
    static_cast<std::vector<JobDescription> *>(self->context)
        ->push_back({copy(job->plugin), copy(job->name), std::chrono::microseconds(job->interval_us)});
    return PARLEY_OK;
  } catch (...) {
    return PARLEY_INTERNAL;
  }
}

std::int32_t PARLEY_ABI register_own(void *context, const parley_host *host, const parley_registry *registry,
                                     const parley_error_sink *errors) noexcept {
  try {
    return static_cast<OwnEntities *>(context)->add_to(host, registry, errors);
  } catch (...) {
    return PARLEY_INTERNAL;
  }
}

// A plugin refuses members that it does not know.
std::string configuration_for(const parley_plugin &plugin, const Members &offered) {
  const parley_str id = parley_str_of(PARLEY_CONFIGURE_ID);
  const auto *configure = static_cast<const parley_configure *>(plugin.get_extension(&plugin, &id));
  std::string schema;
  parley_sink sink{};
  sink.size = sizeof sink;
  sink.context = &schema;
  sink.write = append;
  if (configure == nullptr || configure->schema(&plugin, &sink) != PARLEY_OK) {
    return "{}";
  }
  const auto properties = nlohmann::json::parse(schema).value("properties", nlohmann::json::object());
  auto configuration = nlohmann::json::object();
  for (const auto &[name, value] : offered) {
    if (properties.contains(name)) {
      configuration[name] = value;
    }
  }
  return configuration.dump();
}

} // namespace

class Plugins::Runtime {
public:
  Runtime(const Services &services, const SecuritySchemes &security_schemes)
      : services_(services),
        own_(services, [this](const parley_call *call, const std::string &type, const std::string &id) {
          tell(call, PARLEY_HAPPENED_RECORD_DELETED, type, id);
        }) {
    parley_runtime_options options{};
    options.size = sizeof options;
    options.name = parley_str_of("Parley sample host");
    options.version = parley_str_of("0.1.0");
    options.context = &services_;
    options.get_extension = host_table;
    options.security_schemes = borrow(security_schemes.backoffice);
    options.storefront_security_schemes = borrow(security_schemes.storefront);
    const FaultLines faults;
    if (const std::int32_t status = parley_runtime_create(&options, &runtime_, faults.sink()); status != PARLEY_OK) {
      fail("The host does not start", status, faults);
    }
    if (const std::int32_t status = parley_runtime_register(runtime_, register_own, &own_, faults.sink());
        status != PARLEY_OK) {
      parley_runtime_destroy(runtime_);
      fail("The host's own entities cannot be registered", status, faults);
    }
  }
  ~Runtime() {
    stop();
    parley_runtime_destroy(runtime_);
  }
  Runtime(const Runtime &) = delete;
  Runtime &operator=(const Runtime &) = delete;

  void load(const std::string &file, const Members &configuration) {
    const parley_str path = borrow(file);
    parley_runtime_plugin *plugin = nullptr;
    {
      const FaultLines faults;
      if (const std::int32_t status = parley_runtime_load(runtime_, &path, &plugin, faults.sink());
          status != PARLEY_OK) {
        fail("The plugin " + file + " cannot be loaded", status, faults);
      }
    }
    const std::string json = configuration_for(*parley_runtime_instance(plugin), configuration);
    const parley_str settings = borrow(json);
    const FaultLines faults;
    if (const std::int32_t status = parley_runtime_start(plugin, &settings, faults.sink()); status != PARLEY_OK) {
      parley_runtime_unload(plugin, nullptr);
      fail("The plugin " + file + " does not start", status, faults);
    }
    started_.push_back(plugin);
  }

  void stop() {
    while (!started_.empty()) {
      const FaultLines faults;
      const std::int32_t status = parley_runtime_stop(started_.back(), faults.sink());
      if (status == PARLEY_OK) {
        parley_runtime_unload(started_.back(), nullptr);
      } else {
        services_.log.write(PARLEY_LOG_ERROR, "plugin.stop",
                            faults.lines().empty() ? "A plugin did not stop." : faults.lines().front());
      }
      started_.pop_back();
    }
  }

  parley_runtime *get() const { return runtime_; }

  void tell(const parley_call *call, std::uint32_t happened, const std::string &type, const std::string &id) {
    parley_host_event event{};
    event.size = sizeof event;
    event.kind = happened;
    event.record = borrow_ref(type, id);
    const FaultLines faults;
    if (parley_runtime_notify(runtime_, call, &event, 1, sizeof event, faults.sink()) != PARLEY_OK) {
      // What happened stands. Plugins find later what they missed.
      services_.log.write(PARLEY_LOG_WARNING, "plugin.notify",
                          faults.lines().empty() ? "A plugin did not take in what happened." : faults.lines().front(),
                          view(call->request_id));
    }
  }

private:
  Services services_;
  OwnEntities own_;
  parley_runtime *runtime_ = nullptr;
  std::vector<parley_runtime_plugin *> started_;
};

Plugins::Plugins(const Services &services, const SecuritySchemes &security_schemes)
    : runtime_(std::make_unique<Runtime>(services, security_schemes)) {}
Plugins::~Plugins() = default;

void Plugins::load(const std::string &file, const Members &configuration) {
  runtime_->load(file, configuration);
}
void Plugins::stop() {
  runtime_->stop();
}

ApiAnswer Plugins::handle(const Call &call, const ApiRequest &request) {
  std::vector<parley_http_header> headers;
  for (const auto &[name, value] : request.headers) {
    headers.push_back({borrow(name), borrow(value)});
  }
  parley_http_request http{};
  http.size = sizeof http;
  http.method = borrow(request.method);
  http.base = borrow(request.base);
  http.path = borrow(request.path);
  http.query = borrow(request.query);
  http.headers = headers.data();
  http.header_count = headers.size();
  http.body = borrow(request.body);
  ApiAnswer answer;
  parley_http_sink sink{};
  sink.size = sizeof sink;
  sink.context = &answer;
  sink.begin = begin_answer;
  sink.write = append_answer;
  const std::int32_t status = parley_http_handle(runtime_->get(), call.get(), &http, &sink);
  if (status != PARLEY_OK) {
    throw Fault(status, "router", word("The request could not be answered."));
  }
  return answer;
}

std::vector<JobDescription> Plugins::jobs() {
  std::vector<JobDescription> jobs;
  parley_runtime_job_sink sink{};
  sink.size = sizeof sink;
  sink.context = &jobs;
  sink.put = keep_job;
  if (parley_runtime_jobs(runtime_->get(), &sink) != PARLEY_OK) {
    jobs.clear();
  }
  return jobs;
}

bool Plugins::run_job(const Call &call, const JobDescription &job) {
  const parley_str plugin = borrow(job.plugin);
  const parley_str name = borrow(job.name);
  std::uint32_t more = 0;
  const FaultLines faults;
  const std::int32_t status = parley_runtime_run_job(runtime_->get(), call.get(), &plugin, &name, &more, faults.sink());
  if (status != PARLEY_OK) {
    throw Fault(status, "job", faults.lines().empty() ? "The job failed." : faults.lines().front());
  }
  return more != 0;
}

std::string Plugins::surface(const Call &call) {
  std::string json;
  parley_sink sink{};
  sink.size = sizeof sink;
  sink.context = &json;
  sink.write = append;
  const FaultLines faults;
  const std::int32_t status = parley_runtime_surface(runtime_->get(), call.get(), &sink, faults.sink());
  if (status != PARLEY_OK) {
    throw Fault(status, "surface",
                faults.lines().empty() ? word("The page cannot be drawn now.") : faults.lines().front());
  }
  return json;
}

std::string Plugins::description() {
  std::string json;
  parley_sink sink{};
  sink.size = sizeof sink;
  sink.context = &json;
  sink.write = append;
  if (const std::int32_t status = parley_runtime_describe(runtime_->get(), &sink); status != PARLEY_OK) {
    throw Fault(status, "description", "The page cannot be drawn now.");
  }
  return json;
}

void Plugins::tell(const Call &call, std::uint32_t happened, const std::string &type, const std::string &id) {
  runtime_->tell(call.get(), happened, type, id);
}

std::optional<Asset> Plugins::asset(const std::string &plugin, const std::string &path) {
  std::optional<Asset> asset;
  parley_asset_sink sink{};
  sink.size = sizeof sink;
  sink.context = &asset;
  sink.put = keep_asset;
  const parley_str plugin_name = borrow(plugin);
  const parley_str asset_path = borrow(path);
  if (parley_runtime_asset(runtime_->get(), &plugin_name, &asset_path, &sink) != PARLEY_OK) {
    return std::nullopt;
  }
  return asset;
}

} // namespace host
