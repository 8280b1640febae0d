#include "plugin/app/list_events.hpp"

#include <utility>

#include "plugin/app/authority.hpp"
#include "plugin/app/event_views.hpp"
#include "plugin/app/faults.hpp"
#include "plugin/app/labels.hpp"
#include "plugin/app/record_types.hpp"

namespace parley::app {
namespace {

domain::Result<domain::Scope> view_scope(const Call &call) {
  if (auto open = backoffice_gate(call); !open) {
    return std::move(open).failure();
  }
  auto scopes = scopes_of(call, {permission::view});
  if (!scopes) {
    return std::move(scopes).failure();
  }
  return std::move(scopes->front());
}

domain::Result<Events> dressed(const Call &call, domain::Result<store::Page<store::EventRow>> page) {
  if (!page) {
    return worded(call, std::move(page).failure());
  }
  const auto types = RecordTypes::of(call);
  if (!types) {
    return types.failure();
  }
  Events events;
  events.page = std::move(page).value();
  std::vector<domain::Reference> actors;
  for (const store::EventRow &row : events.page.rows) {
    actors.push_back(row.actor);
  }
  Labels &labels = events.page.labels;
  labels = only(actors, labels);
  complete_labels(call, types.value(), actors, labels);
  events.views.reserve(events.page.rows.size());
  for (const store::EventRow &row : events.page.rows) {
    events.views.push_back(view_of(row, domain::Audience::backoffice, call.request.locale, types.value(), labels));
  }
  return events;
}

} // namespace

domain::Result<Events> list_events(const Call &call, store::HistoryQuery query) {
  auto scope = view_scope(call);
  if (!scope) {
    return std::move(scope).failure();
  }
  query.scope = std::move(scope).value();
  return dressed(call, call.events.history(query));
}

domain::Result<Events> get_events(const Call &call, const std::vector<store::Position> &positions) {
  const auto scope = view_scope(call);
  if (!scope) {
    return scope.failure();
  }
  return dressed(call, call.events.history_by_position(scope.value(), positions));
}

} // namespace parley::app
