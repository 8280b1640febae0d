#include <utility>

#include "plugin/app/faults.hpp"
#include "plugin/app/jobs.hpp"
#include "plugin/app/settings.hpp"

namespace parley::app {
namespace {

/// So that nobody who writes waits for long.
constexpr std::uint32_t events_at_once = 1000;

} // namespace

domain::Result<bool> purge_old_events(const Call &call) {
  const auto values = call.directory.settings_at({{std::string(setting::event_retention_days.name), {}, {}}});
  if (!values) {
    return worded(call, values.failure());
  }
  const std::int64_t days =
      value_of(call, setting::event_retention_days, values->empty() ? std::string_view() : values->front());
  if (days == 0) {
    return false;
  }
  for (;;) {
    auto purged = call.events.purge(call.request.now - days * one_day, events_at_once);
    if (!purged) {
      return worded(call, std::move(purged).failure());
    }
    if (!purged->more || out_of_time(call)) {
      return purged->more;
    }
  }
}

} // namespace parley::app
