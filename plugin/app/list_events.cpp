#include "plugin/app/list_events.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
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

/// The records that a change leads from and to. The values of other members are texts, whatever they look like.
std::vector<domain::Reference> records_in(const domain::EventChange &change) {
  constexpr std::array<std::string_view, 5> members = {"owner", "customer", "customerUser", "source", "context"};
  if (std::find(members.begin(), members.end(), change.member) == members.end()) {
    return {};
  }
  return {reference_written(change.from), reference_written(change.to)};
}

/// Sources and contexts are records of any type: their titles say which. Owner and customer user are known by their member,
/// also where they are contexts too.
std::map<domain::Reference, std::string> titles_in(const domain::EventView &view, const Labels &labels) {
  std::map<domain::Reference, std::string> titles;
  const auto add = [&](bool of_any_type) {
    for (const domain::EventChange &change : view.changes) {
      if ((change.member == "source" || change.member == "context") != of_any_type) {
        continue;
      }
      for (const domain::Reference &record : records_in(change)) {
        if (const auto found = labels.find(record); found != labels.end() && !found->second.title.empty()) {
          titles.emplace(record, of_any_type ? found->second.full_title : found->second.title);
        }
      }
    }
  };
  add(false);
  add(true);
  return titles;
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
  std::vector<domain::Reference> named;
  for (const store::EventRow &row : events.page.rows) {
    named.push_back(row.actor);
    for (const domain::EventChange &change : row.changes) {
      for (domain::Reference &record : records_in(change)) {
        named.push_back(std::move(record));
      }
    }
  }
  Labels &labels = events.page.labels;
  labels = only(named, labels);
  complete_labels(call, types.value(), named, labels);
  events.views.reserve(events.page.rows.size());
  for (const store::EventRow &row : events.page.rows) {
    events.views.push_back(view_of(row, domain::Audience::backoffice, call.request.locale, types.value(), labels));
    events.views.back().titles = titles_in(events.views.back(), labels);
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
