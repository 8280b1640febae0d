#include "plugin/app/event_views.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "plugin/app/messages.hpp"

namespace parley::app {
namespace {

using domain::Audience;

/// A kind that comes later stays inside until somebody has thought about it.
constexpr std::array<std::string_view, 5> storefront_kinds = {"created", "message-added", "status-changed", "edited",
                                                              "deleted"};
constexpr std::array<std::string_view, 2> storefront_members = {"status", "name"};

template <std::size_t count>
bool holds(const std::array<std::string_view, count> &names, const std::string &name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string title_in(std::string_view locale, const RecordTypes &types, const Labels &labels,
                     const domain::Reference &actor) {
  if (actor.type == "system") {
    return std::string(words(Text::system_actor, locale));
  }
  const auto found = labels.find(actor);
  if (found == labels.end()) {
    return {};
  }
  return found->second.deleted && types.person(actor.type) ? std::string(words(Text::deleted_user, locale))
                                                           : found->second.title;
}

} // namespace

const domain::Reference &shown_actor(const store::EventRow &event, Audience audience) {
  static const domain::Reference nobody;
  if (audience == Audience::backoffice) {
    return event.actor;
  }
  return event.public_index > 0 ? event.sender : nobody;
}

bool told_to(const store::EventRow &event, Audience audience) {
  return audience == Audience::backoffice ||
         (event.visibility == domain::Visibility::everybody && holds(storefront_kinds, event.kind));
}

domain::EventView view_of(const store::EventRow &event, Audience audience, std::string_view locale,
                          const RecordTypes &types, const Labels &labels) {
  domain::EventView view;
  view.audience = audience;
  view.kind = event.kind;
  view.time = event.time;
  view.conversation = event.conversation;
  view.visibility = event.visibility;
  view.actor = shown_actor(event, audience);
  view.actor_title = title_in(locale, types, labels, view.actor);
  if (audience == Audience::backoffice) {
    view.position = event.position;
    view.number = event.index;
    view.changes = event.changes;
    return view;
  }
  view.number = event.public_index;
  // Hosts call people without a name by their mail address.
  if (view.actor_title.find('@') != std::string::npos) {
    view.actor_title.clear();
  }
  // What was before, and which records, may belong to another customer.
  for (const domain::EventChange &change : event.changes) {
    if (holds(storefront_members, change.member)) {
      view.changes.push_back({change.member, {}, change.to});
    }
  }
  return view;
}

} // namespace parley::app
