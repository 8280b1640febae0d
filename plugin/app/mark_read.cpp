#include "plugin/app/mark_read.hpp"

#include <utility>

#include "plugin/app/authority.hpp"
#include "plugin/app/faults.hpp"

namespace parley::app {
namespace {

domain::Done raise(const Call &call, const domain::Scope &view, domain::ConversationId conversation,
                   domain::Number number, bool exact) {
  if (number < 0) {
    return refuse(call, domain::Code::invalid, Text::negative_number);
  }
  auto done = call.conversations.mark_read({doing(call), conversation, view, number, exact});
  return done ? done : worded(call, std::move(done).failure());
}

/// The conversations that the actor views, where it marks as this participant.
domain::Result<domain::Scope> scope_of(const Call &call, const store::ConversationStore::ParticipantKey &participant) {
  if (auto open = gate(call); !open) {
    return open.failure();
  }
  auto scopes = scopes_of(call, {permission::view});
  if (!scopes) {
    return scopes.failure();
  }
  const auto found = call.conversations.participants_by_key(scopes->front(), {participant});
  if (!found) {
    return worded(call, found.failure());
  }
  if (found->rows.empty()) {
    return refuse(call, domain::Code::not_found, Text::not_found);
  }
  if (found->rows.front().participant.actor != call.request.actor) {
    return refuse(call, domain::Code::forbidden, Text::only_own_mark);
  }
  return std::move(scopes->front());
}

} // namespace

domain::Done mark_read(const Call &call, domain::ConversationId conversation, domain::Number number) {
  if (auto open = gate(call); !open) {
    return open;
  }
  const auto scopes = scopes_of(call, {permission::view});
  if (!scopes) {
    return scopes.failure();
  }
  return raise(call, scopes->front(), conversation, number, false);
}

domain::Done may_mark_as(const Call &call, const store::ConversationStore::ParticipantKey &participant) {
  const auto scope = scope_of(call, participant);
  return scope ? domain::Done(domain::Nothing{}) : domain::Done(scope.failure());
}

domain::Done mark_read_as(const Call &call, const store::ConversationStore::ParticipantKey &participant,
                          domain::Number number, const std::string &where) {
  const auto scope = scope_of(call, participant);
  if (!scope) {
    return scope.failure();
  }
  auto done = raise(call, scope.value(), participant.conversation, number, true);
  if (!done && done.failure().code == domain::Code::invalid) {
    return refuse(call, domain::Code::invalid, Text::unknown_message, where);
  }
  return done;
}

} // namespace parley::app
