#include "host-sdk/src/jobs.hpp"

#include "host-sdk/src/abi.hpp"

#include <algorithm>

namespace parley::host {
namespace {

struct Job {
  std::string plugin;
  std::string name;
  std::string label;
  std::int64_t interval_us = 0;
};

struct Collected {
  std::string plugin;
  std::vector<Job> jobs;
};

std::int32_t PARLEY_ABI keep_job(const parley_job_sink *self, const parley_job *job) noexcept {
  try {
    auto &collected = *static_cast<Collected *>(self->context);
    collected.jobs.push_back({collected.plugin, std::string(text_of(job, &parley_job::name)),
                              std::string(text_of(job, &parley_job::label)), get(job, &parley_job::interval_us)});
    return PARLEY_OK;
  } catch (...) {
    return PARLEY_INTERNAL;
  }
}

std::int32_t not_found(const parley_error_sink *errors, std::string detail) {
  Fault fault;
  fault.status = PARLEY_NOT_FOUND;
  fault.code = "not-found";
  fault.detail = std::move(detail);
  report(errors, fault);
  return PARLEY_NOT_FOUND;
}

} // namespace

std::int32_t put_jobs(const Runtime &runtime, const parley_runtime_job_sink &sink) {
  const auto world = runtime.world();
  std::vector<Job> jobs;
  for (const LoadedPlugin &plugin : world->plugins) {
    if (plugin.owner == nullptr || plugin.jobs == nullptr) {
      continue;
    }
    Collected collected{plugin.facts.name, {}};
    auto list = sized<parley_job_sink>();
    list.context = &collected;
    list.put = &keep_job;
    // A plugin that is being stopped has none any more.
    if (call_owned(*plugin.owner, [&] { return plugin.jobs->list(plugin.instance, &list); }) == PARLEY_OK) {
      jobs.insert(jobs.end(), collected.jobs.begin(), collected.jobs.end());
    }
  }
  for (const Job &job : jobs) {
    auto shown = sized<parley_runtime_job>();
    shown.plugin = str(job.plugin);
    shown.name = str(job.name);
    shown.label = str(job.label);
    shown.interval_us = job.interval_us;
    if (sink.put(&sink, &shown) != PARLEY_OK) {
      return PARLEY_SINK_REFUSED;
    }
  }
  return PARLEY_OK;
}

std::int32_t run_job(const Runtime &runtime, const parley_call &call, std::string_view plugin_name,
                     std::string_view job_name, std::uint32_t &more, const parley_error_sink *errors) {
  const auto world = runtime.world();
  const auto plugin = std::find_if(world->plugins.begin(), world->plugins.end(), [&](const LoadedPlugin &item) {
    return item.owner != nullptr && item.facts.name == plugin_name;
  });
  if (plugin == world->plugins.end()) {
    return not_found(errors, "No plugin of the name " + std::string(plugin_name) + " is started.");
  }
  if (plugin->jobs == nullptr) {
    return not_found(errors, "The plugin " + std::string(plugin_name) + " has no jobs.");
  }
  const parley_str name = str(job_name);
  std::uint32_t left = 0;
  const std::int32_t status =
      call_owned(*plugin->owner, [&] { return plugin->jobs->run(plugin->instance, &call, &name, &left, errors); });
  if (status == PARLEY_OK) {
    more = left != 0 ? 1 : 0;
  }
  return status;
}

} // namespace parley::host
