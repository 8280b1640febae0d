#include "plugin/app/purge_events.hpp"

#include <utility>

#include "plugin/app/faults.hpp"

namespace parley::app {
namespace {

/// So that nobody who writes waits for long.
constexpr std::uint32_t piece = 1000;

bool out_of_time(const Request &request) {
  return (request.cancelled && request.cancelled()) || (request.expired && request.expired());
}

} // namespace

domain::Result<store::Purged> purge_events(const Call &call, domain::Time before) {
  store::Purged all;
  do {
    auto purged = call.events.purge(before, piece);
    if (!purged) {
      return worded(call, std::move(purged).failure());
    }
    all.events += purged->events;
    all.more = purged->more;
  } while (all.more && !out_of_time(call.request));
  return all;
}

} // namespace parley::app
