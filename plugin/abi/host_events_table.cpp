// parley.host-events/1
#include <parley/ext/host_events.h>

#include <vector>

#include "plugin/abi/exchange.hpp"
#include "plugin/app/host_changes.hpp"

namespace parley::abi {
namespace {

std::int32_t PARLEY_ABI notify(const parley_plugin *plugin, const parley_call *call, const parley_host_event *events,
                               std::size_t event_count, std::uint32_t event_size,
                               const parley_error_sink *errors) noexcept {
  return serve(plugin->data, call, errors, [&](const Exchange &exchange) -> std::int32_t {
    std::vector<domain::Reference> changed;
    std::vector<domain::Reference> deleted;
    for (std::size_t index = 0; index < event_count; ++index) {
      const parley_host_event &event = *PARLEY_AT(parley_host_event, events, event_size, index);
      domain::Reference record{cpp::text(event.record.type), cpp::text(event.record.id)};
      if (record.none()) {
        continue;
      }
      if (event.kind == PARLEY_HAPPENED_RECORD_CHANGED) {
        changed.push_back(std::move(record));
      } else if (event.kind == PARLEY_HAPPENED_RECORD_DELETED) {
        deleted.push_back(std::move(record));
      }
      // Rights and settings are asked for at each call: nothing to do.
    }
    if (!deleted.empty()) {
      if (const auto done = app::forget_records(exchange.call(), deleted); !done) {
        return exchange.fail(done.failure());
      }
    }
    if (!changed.empty()) {
      if (const auto done = app::refresh_records(exchange.call(), changed); !done) {
        return exchange.fail(done.failure());
      }
    }
    return PARLEY_OK;
  });
}

} // namespace

const parley_host_events host_events_table{static_cast<std::uint32_t>(sizeof(parley_host_events)), 0, &notify};

} // namespace parley::abi
