#pragma once

#include <vector>

#include "plugin/app/call.hpp"
#include "plugin/domain/event.hpp"
#include "plugin/domain/result.hpp"
#include "plugin/store/event_store.hpp"

namespace parley::app {

struct Events {
  store::Page<store::EventRow> page;
  std::vector<domain::EventView> views; ///< one a row
};

/// The history: who did what, of conversations that the actor sees, and of deleted ones that it saw when it happened.
/// Back office only; the query's scope is set here. Failures: unsupported (storefront), malformed (a cursor).
[[nodiscard]] domain::Result<Events> list_events(const Call &call, store::HistoryQuery query);

/// By position, in that order; what may not be seen is left out.
[[nodiscard]] domain::Result<Events> get_events(const Call &call, const std::vector<store::Position> &positions);

} // namespace parley::app
