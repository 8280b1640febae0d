// parley.jobs/1
#include <parley/ext/jobs.h>

#include <algorithm>
#include <iterator>

#include "plugin/abi/exchange.hpp"
#include "plugin/app/jobs.hpp"

namespace parley::abi {
namespace {

constexpr std::int64_t hour = 3'600'000'000;

struct Job {
  std::string_view name;
  std::string_view label;
  std::int64_t interval_us;
  domain::Result<bool> (*run)(const app::Call &);
};

constexpr Job jobs[] = {
    {"inactivity", R"({"en":"Make idle conversations inactive","de":"Ruhende Konversationen inaktiv setzen"})", hour,
     &app::make_idle_inactive},
    {"references",
     R"({"en":"Look up records that conversations refer to",)"
     R"("de":"Datensätze nachschlagen, auf die Konversationen verweisen"})",
     hour, &app::look_up_references},
    {"event-retention", R"({"en":"Delete old events","de":"Alte Ereignisse löschen"})", hour, &app::purge_old_events},
    {"idempotency", R"({"en":"Forget expired idempotency keys","de":"Abgelaufene Idempotenzschlüssel vergessen"})",
     hour, &app::forget_expired_keys},
};

std::int32_t PARLEY_ABI list(const parley_plugin * /*plugin*/, const parley_job_sink *result) noexcept {
  for (const Job &each : jobs) {
    parley_job job{};
    job.size = static_cast<std::uint32_t>(sizeof job);
    job.name = cpp::str(each.name);
    job.label = cpp::str(each.label);
    job.interval_us = each.interval_us;
    if (result->put(result, &job) != PARLEY_OK) {
      return PARLEY_SINK_REFUSED;
    }
  }
  return PARLEY_OK;
}

std::int32_t PARLEY_ABI run(const parley_plugin *plugin, const parley_call *call, const parley_str *name,
                            std::uint32_t *more, const parley_error_sink *errors) noexcept {
  return serve(plugin->data, call, errors, [&](const Exchange &exchange) -> std::int32_t {
    const std::string_view wanted = name == nullptr ? std::string_view() : cpp::view(*name);
    const auto job =
        std::find_if(std::begin(jobs), std::end(jobs), [&](const Job &each) { return each.name == wanted; });
    if (job == std::end(jobs) || more == nullptr) {
      return cpp::report(errors, PARLEY_NOT_FOUND, "unknown-job", "There is no such job.");
    }
    const auto left = job->run(exchange.call());
    if (!left) {
      return exchange.fail(left.failure());
    }
    *more = left.value() ? 1 : 0;
    return PARLEY_OK;
  });
}

} // namespace

const parley_jobs jobs_table{static_cast<std::uint32_t>(sizeof(parley_jobs)), 0, &list, &run};

} // namespace parley::abi
