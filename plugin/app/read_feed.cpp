#include "plugin/app/read_feed.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "plugin/app/authority.hpp"
#include "plugin/app/event_views.hpp"
#include "plugin/app/faults.hpp"
#include "plugin/app/labels.hpp"
#include "plugin/app/record_types.hpp"
#include "plugin/app/settings.hpp"
#include "plugin/domain/reach.hpp"

namespace parley::app {
namespace {

using Indices = std::vector<std::uint32_t>;

/// The gate of each listener: where conversations are off nobody is told anything.
domain::Result<Indices> admitted(const Call &call, const std::vector<Listener> &listeners) {
  std::map<std::pair<std::string, std::string>, bool> open;
  for (const Listener &listener : listeners) {
    open[{listener.organization, listener.website}] = false;
  }
  std::vector<SettingQuestion> questions;
  questions.reserve(open.size());
  for (const auto &[place, value] : open) {
    questions.push_back({std::string(setting::enabled.name), place.first, place.second});
  }
  const auto values = call.directory.settings_at(questions);
  if (!values) {
    return worded(call, values.failure());
  }
  for (std::size_t index = 0; index < questions.size() && index < values->size(); ++index) {
    open[{questions[index].organization, questions[index].website}] =
        value_of(call, setting::enabled, values.value()[index]);
  }
  Indices indices;
  for (std::uint32_t index = 0; index < listeners.size(); ++index) {
    if (open[{listeners[index].organization, listeners[index].website}]) {
      indices.push_back(index);
    }
  }
  return indices;
}

/// Listeners that are told of everything in the same way, and what each of them may see.
struct Group {
  domain::Audience audience;
  std::string locale;
  std::vector<std::pair<std::uint32_t, domain::Reach>> members;
};

domain::Result<std::vector<Group>> groups_of(const Call &call, const std::vector<Listener> &listeners,
                                             ListenerRights &rights) {
  const auto indices = admitted(call, listeners);
  if (!indices) {
    return indices.failure();
  }
  auto scopes = rights.scopes(permission::view, indices.value());
  if (!scopes) {
    return worded(call, scopes.failure());
  }
  scopes->resize(indices->size()); // an answer that is missing is Level::none
  std::vector<Group> groups;
  std::map<std::pair<domain::Audience, std::string>, std::size_t> places;
  for (std::size_t at = 0; at < indices->size(); ++at) {
    const Listener &listener = listeners[indices.value()[at]];
    const auto [place, is_new] = places.emplace(std::pair(listener.audience, listener.locale), groups.size());
    if (is_new) {
      groups.push_back({listener.audience, listener.locale, {}});
    }
    domain::Scope &scope = scopes.value()[at];
    settle(scope, listener.audience, listener.actor);
    groups[place->second].members.emplace_back(indices.value()[at], domain::Reach(std::move(scope)));
  }
  return groups;
}

Indices told(const store::EventRow &event, const Group &group) {
  Indices indices;
  if (told_to(event, group.audience)) {
    for (const auto &[index, reach] : group.members) {
      if (reach.holds(event.concerned)) {
        indices.push_back(index);
      }
    }
  }
  return indices;
}

} // namespace

domain::Result<Feed> read_feed(const Call &call, const std::vector<Listener> &listeners, ListenerRights &rights,
                               std::optional<store::Position> after, std::uint32_t limit) {
  Feed feed;
  if (!after) {
    const auto state = call.events.state();
    if (!state) {
      return worded(call, state.failure());
    }
    feed.position = state->last;
    return feed;
  }
  const std::uint32_t most = limit == 0 ? largest_feed_page : std::min(limit, largest_feed_page);
  auto page = call.events.events(*after, most);
  if (!page) {
    return worded(call, std::move(page).failure());
  }
  if (*after < page->state.purged_to || *after > page->state.last) {
    feed.position = page->state.last;
    feed.reload = true;
    return feed;
  }
  // Positions are counted, not rows: where rows were lost, readers go on behind the hole.
  feed.position = std::min(page->state.last, *after + store::Position{most});
  feed.more = feed.position < page->state.last;
  if (page->rows.empty() || listeners.empty()) {
    return feed;
  }

  const auto groups = groups_of(call, listeners, rights);
  if (!groups) {
    return groups.failure();
  }
  const auto types = RecordTypes::of(call);
  if (!types) {
    return types.failure();
  }
  struct Telling {
    const store::EventRow *event;
    const Group *group;
    Indices listeners;
  };
  std::vector<Telling> tellings;
  std::vector<domain::Reference> named;
  for (const store::EventRow &event : page->rows) {
    for (const Group &group : groups.value()) {
      if (Indices indices = told(event, group); !indices.empty()) {
        named.push_back(shown_actor(event, group.audience));
        tellings.push_back({&event, &group, std::move(indices)});
      }
    }
  }
  Labels labels = only(named, page->labels);
  complete_labels(call, types.value(), named, labels);
  feed.parts.reserve(tellings.size());
  for (Telling &telling : tellings) {
    const store::EventRow &event = *telling.event;
    feed.parts.push_back({event.position,
                          view_of(event, telling.group->audience, telling.group->locale, types.value(), labels),
                          event.twin, std::move(telling.listeners)});
  }
  return feed;
}

} // namespace parley::app
