// The C interface (parley/runtime.h): no exception leaves it.
#include "host-sdk/src/runtime.hpp"

#include "host-sdk/src/abi.hpp"
#include "host-sdk/src/http/handle.hpp"
#include "host-sdk/src/jobs.hpp"
#include "host-sdk/src/json/parse.hpp"
#include "host-sdk/src/log.hpp"
#include "host-sdk/src/pages.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace {

using namespace parley::host;

std::int32_t refuse(const parley_error_sink *errors, std::int32_t status, const char *code, const char *detail) {
  Fault fault;
  fault.status = status;
  fault.code = code;
  fault.detail = detail;
  report(errors, fault);
  return status;
}

/// Keeps exceptions in: a defect is answered as one, and said to `errors` without its details.
template <class Work>
std::int32_t guarded(const parley_error_sink *errors, Work &&work) noexcept {
  try {
    return work();
  } catch (...) {
    try {
      return refuse(errors, PARLEY_INTERNAL, "internal", "Something went wrong in libparley-host.");
    } catch (...) {
      return PARLEY_INTERNAL; // not even memory for the message
    }
  }
}

bool are_security_schemes(std::string_view text) {
  if (text.empty()) {
    return true;
  }
  nlohmann::json value;
  JsonProblem problem;
  return parse_json(text, value, problem) && value.is_object() &&
         std::all_of(value.begin(), value.end(), [](const nlohmann::json &scheme) { return scheme.is_object(); });
}

bool read_settings(std::string_view text, std::map<std::string, std::string> &settings) {
  if (text.empty()) {
    return true;
  }
  nlohmann::json value;
  JsonProblem problem;
  if (!parse_json(text, value, problem) || !value.is_object()) {
    return false;
  }
  for (const auto &item : value.items()) {
    settings[item.key()] = item.value().dump();
  }
  return true;
}

bool usable(const parley_call *call) {
  return call != nullptr && has(call, &parley_call::actor) && call->actor.type.size != 0 &&
         (call->application == PARLEY_APPLICATION_BACKOFFICE || call->application == PARLEY_APPLICATION_STOREFRONT);
}

constexpr auto unusable_call =
    "There is no usable call: it names neither an actor nor one application, or it is too small.";

std::int32_t refuse_argument(const parley_error_sink *errors, const char *function, const char *missing) {
  const std::string detail = std::string(function) + ": " + missing + " is missing.";
  return refuse(errors, PARLEY_INVALID, "missing-argument", detail.c_str());
}

bool usable(const parley_sink *sink) {
  return sink != nullptr && has_function(sink, &parley_sink::write);
}

bool usable(const parley_http_sink *sink) {
  return sink != nullptr && has_function(sink, &parley_http_sink::begin) &&
         has_function(sink, &parley_http_sink::write);
}

std::int32_t put(const parley_sink &sink, const std::string &text) {
  return sink.write(&sink, text.data(), text.size()) == PARLEY_OK ? PARLEY_OK : PARLEY_SINK_REFUSED;
}

std::int32_t notify_all(const Runtime &runtime, const parley_call &call, const parley_host_event *events,
                        std::size_t count, std::uint32_t size, const parley_error_sink *errors) {
  std::int32_t result = PARLEY_OK;
  const auto world = runtime.world();
  for (const auto &plugin : world->plugins) {
    if (plugin.owner == nullptr || plugin.host_events == nullptr) {
      continue;
    }
    const std::int32_t status = call_owned(
        *plugin.owner, [&] { return plugin.host_events->notify(plugin.instance, &call, events, count, size, errors); });
    if (status != PARLEY_STOPPED) { // stopped just now: nobody to tell
      result = std::max(result, status);
    }
  }
  return result;
}

} // namespace

extern "C" {

int32_t PARLEY_ABI parley_runtime_create(const parley_runtime_options *options, parley_runtime **runtime,
                                         const parley_error_sink *errors) {
  return guarded(errors, [&]() -> std::int32_t {
    if (options == nullptr || runtime == nullptr || !has_function(options, &parley_runtime_options::get_extension)) {
      return refuse(errors, PARLEY_INCOMPATIBLE, "missing-function",
                    "parley_runtime_options: the required function get_extension is missing.");
    }
    Runtime::Options given;
    given.name = view(options->name);
    given.version = view(options->version);
    given.context = options->context;
    given.get_extension = options->get_extension;
    if (!read_settings(view(options->settings), given.settings)) {
      return refuse(errors, PARLEY_INVALID, "invalid-settings", "The settings are no JSON object.");
    }
    given.security_schemes = text_of(options, &parley_runtime_options::security_schemes);
    given.storefront_security_schemes = text_of(options, &parley_runtime_options::storefront_security_schemes);
    if (!are_security_schemes(given.security_schemes) || !are_security_schemes(given.storefront_security_schemes)) {
      return refuse(errors, PARLEY_INVALID, "invalid-security-schemes",
                    "The security schemes are no JSON object of objects.");
    }
    auto made = std::make_unique<parley_runtime>(std::move(given));
    const Faults faults = made->runtime.check_host_tables();
    if (!faults.empty()) {
      report(errors, faults);
      return gravest(faults);
    }
    *runtime = made.release();
    return PARLEY_OK;
  });
}

void PARLEY_ABI parley_runtime_destroy(parley_runtime *runtime) {
  guarded(nullptr, [&]() -> std::int32_t {
    if (runtime != nullptr && runtime->runtime.within_call()) {
      write_log(runtime->runtime, nullptr, PARLEY_LOG_ERROR, "runtime.within-call",
                "parley_runtime_destroy: called from within a call; nothing was destroyed.");
    } else {
      delete runtime;
    }
    return PARLEY_OK;
  });
}

int32_t PARLEY_ABI parley_runtime_register(parley_runtime *runtime,
                                           int32_t(PARLEY_ABI *work)(void *context, const parley_host *host,
                                                                     const parley_registry *registry,
                                                                     const parley_error_sink *errors),
                                           void *context, const parley_error_sink *errors) {
  return guarded(errors, [&]() -> std::int32_t {
    if (runtime == nullptr || work == nullptr) {
      return refuse_argument(errors, "parley_runtime_register", runtime == nullptr ? "runtime" : "work");
    }
    const auto call = [&](const HostView &host, const parley_error_sink *sink) {
      const auto *registry = runtime->runtime.host_table<parley_registry>(PARLEY_REGISTRY_ID);
      return work(context, &host.table, registry, sink);
    };
    return runtime->runtime.register_own(call, errors);
  });
}

int32_t PARLEY_ABI parley_runtime_load(parley_runtime *runtime, const parley_str *path, parley_runtime_plugin **plugin,
                                       const parley_error_sink *errors) {
  return guarded(errors, [&]() -> std::int32_t {
    if (runtime == nullptr || path == nullptr || plugin == nullptr) {
      return refuse_argument(errors, "parley_runtime_load",
                             runtime == nullptr ? "runtime"
                             : path == nullptr  ? "path"
                                                : "plugin");
    }
    return runtime->runtime.load(view(*path), plugin, errors);
  });
}

int32_t PARLEY_ABI parley_runtime_start(parley_runtime_plugin *plugin, const parley_str *configuration,
                                        const parley_error_sink *errors) {
  return guarded(errors, [&]() -> std::int32_t {
    return plugin == nullptr ? refuse_argument(errors, "parley_runtime_start", "plugin")
                             : plugin->runtime->start(*plugin, view(configuration), errors);
  });
}

int32_t PARLEY_ABI parley_runtime_stop(parley_runtime_plugin *plugin, const parley_error_sink *errors) {
  return guarded(errors, [&]() -> std::int32_t {
    return plugin == nullptr ? refuse_argument(errors, "parley_runtime_stop", "plugin")
                             : plugin->runtime->stop(*plugin, errors);
  });
}

int32_t PARLEY_ABI parley_runtime_unload(parley_runtime_plugin *plugin, const parley_error_sink *errors) {
  return guarded(errors, [&]() -> std::int32_t {
    return plugin == nullptr ? refuse_argument(errors, "parley_runtime_unload", "plugin")
                             : plugin->runtime->unload(*plugin, errors);
  });
}

const parley_plugin *PARLEY_ABI parley_runtime_instance(const parley_runtime_plugin *plugin) {
  return plugin == nullptr ? nullptr : plugin->plugin.instance;
}

int32_t PARLEY_ABI parley_runtime_notify(parley_runtime *runtime, const parley_call *call,
                                         const parley_host_event *events, size_t event_count, uint32_t event_size,
                                         const parley_error_sink *errors) {
  return guarded(errors, [&]() -> std::int32_t {
    if (runtime == nullptr || (events == nullptr && event_count != 0)) {
      return refuse_argument(errors, "parley_runtime_notify", runtime == nullptr ? "runtime" : "events");
    }
    if (!usable(call)) {
      return refuse(errors, PARLEY_INVALID, "no-call", unusable_call);
    }
    return notify_all(runtime->runtime, *call, events, event_count, event_size, errors);
  });
}

int32_t PARLEY_ABI parley_runtime_jobs(parley_runtime *runtime, const parley_runtime_job_sink *result) {
  return guarded(nullptr, [&]() -> std::int32_t {
    if (runtime == nullptr || result == nullptr || !has_function(result, &parley_runtime_job_sink::put)) {
      return PARLEY_INVALID;
    }
    return put_jobs(runtime->runtime, *result);
  });
}

int32_t PARLEY_ABI parley_runtime_run_job(parley_runtime *runtime, const parley_call *call,
                                          const parley_str *plugin_name, const parley_str *job_name, uint32_t *more,
                                          const parley_error_sink *errors) {
  return guarded(errors, [&]() -> std::int32_t {
    if (runtime == nullptr || !usable(call) || more == nullptr) {
      return refuse(errors, PARLEY_INVALID, "no-call", "There is no usable call, or no place for the answer.");
    }
    return run_job(runtime->runtime, *call, view(plugin_name), view(job_name), *more, errors);
  });
}

int32_t PARLEY_ABI parley_runtime_describe(parley_runtime *runtime, const parley_sink *result) {
  return guarded(nullptr, [&]() -> std::int32_t {
    if (runtime == nullptr || !usable(result)) {
      return PARLEY_INVALID;
    }
    std::string text;
    write_description(runtime->runtime, text);
    return put(*result, text);
  });
}

int32_t PARLEY_ABI parley_runtime_surface(parley_runtime *runtime, const parley_call *call, const parley_sink *result,
                                          const parley_error_sink *errors) {
  return guarded(errors, [&]() -> std::int32_t {
    if (runtime == nullptr || !usable(result)) {
      return refuse_argument(errors, "parley_runtime_surface", runtime == nullptr ? "runtime" : "a usable sink");
    }
    if (!usable(call)) {
      return refuse(errors, PARLEY_INVALID, "no-call", unusable_call);
    }
    std::string text;
    Faults faults;
    const std::int32_t status = write_surface(runtime->runtime, *call, text, faults);
    if (status != PARLEY_OK) {
      report(errors, faults);
      return status;
    }
    return put(*result, text);
  });
}

int32_t PARLEY_ABI parley_runtime_asset(parley_runtime *runtime, const parley_str *plugin_name, const parley_str *path,
                                        const parley_asset_sink *result) {
  return guarded(nullptr, [&]() -> std::int32_t {
    if (runtime == nullptr || result == nullptr || !has_function(result, &parley_asset_sink::put)) {
      return PARLEY_INVALID;
    }
    return put_asset(runtime->runtime, view(plugin_name), view(path), *result);
  });
}

int32_t PARLEY_ABI parley_http_handle(parley_runtime *runtime, const parley_call *call,
                                      const parley_http_request *request, const parley_http_sink *result) {
  return guarded(nullptr, [&]() -> std::int32_t {
    if (runtime == nullptr) {
      return PARLEY_INVALID;
    }
    // There is nobody to report to: the reason goes to the log.
    const char *reason = !usable(call) ? unusable_call
                         : request == nullptr || !has(request, &parley_http_request::path)
                             ? "parley_http_handle: there is no request, or it is too small."
                         : !usable(result) ? "parley_http_handle: the sink is missing, too small, or lacks a function."
                                           : nullptr;
    if (reason != nullptr) {
      write_log(runtime->runtime, nullptr, PARLEY_LOG_ERROR, "http.unusable", reason);
      return PARLEY_INVALID;
    }
    return handle_http(runtime->runtime, *call, *request, *result);
  });
}

} // extern "C"
