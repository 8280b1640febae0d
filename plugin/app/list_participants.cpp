#include "plugin/app/list_participants.hpp"

#include <utility>

#include "plugin/app/authority.hpp"
#include "plugin/app/faults.hpp"
#include "plugin/app/labels.hpp"
#include "plugin/app/record_types.hpp"
#include "plugin/text/unicode.hpp"

namespace parley::app {
namespace {

domain::Result<Participants> dressed(const Call &call, store::Page<store::ParticipantRow> page) {
  const auto types = RecordTypes::of(call);
  if (!types) {
    return types.failure();
  }
  std::vector<domain::Reference> actors;
  for (const store::ParticipantRow &row : page.rows) {
    actors.push_back(row.participant.actor);
  }
  Participants participants;
  participants.page = std::move(page);
  Labels &labels = participants.page.labels;
  labels = only(actors, labels);
  complete_labels(call, types.value(), actors, labels);
  for (const domain::Reference &actor : actors) {
    std::string name = title_of(call, labels, actor);
    std::string acronym = text::initials(name);
    participants.views.push_back({std::move(name), std::move(acronym), actor == call.request.actor});
  }
  return participants;
}

} // namespace

domain::Result<Participants> list_participants(const Call &call, store::ParticipantQuery query) {
  if (auto open = gate(call); !open) {
    return open.failure();
  }
  auto scopes = scopes_of(call, {permission::view});
  if (!scopes) {
    return scopes.failure();
  }
  query.scope = std::move(scopes->front());
  auto page = call.conversations.participants(query);
  if (!page) {
    return worded(call, std::move(page).failure());
  }
  return dressed(call, std::move(page).value());
}

domain::Result<Participants> get_participants(const Call &call,
                                              const std::vector<store::ConversationStore::ParticipantKey> &keys) {
  if (auto open = gate(call); !open) {
    return open.failure();
  }
  const auto scopes = scopes_of(call, {permission::view});
  if (!scopes) {
    return scopes.failure();
  }
  auto page = call.conversations.participants_by_key(scopes->front(), keys);
  if (!page) {
    return worded(call, std::move(page).failure());
  }
  return dressed(call, std::move(page).value());
}

} // namespace parley::app
