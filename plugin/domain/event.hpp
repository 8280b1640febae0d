#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "plugin/domain/conversation.hpp"
#include "plugin/domain/reference.hpp"

/// What happened, as it is told. Never the text of a message.
namespace parley::domain {

/// A member that changed.
struct EventChange {
  std::string member; ///< "status"
  std::string from;   ///< a value, or a reference written "type/id"; empty: none
  std::string to;
};

/// An event as one audience is told of it.
struct EventView {
  Audience audience = Audience::backoffice;
  std::int64_t position = 0; ///< 0: not told
  std::string kind;          ///< "message-added"
  Time time = 0;
  ConversationId conversation = 0; ///< 0: it concerns none
  Number number = 0;               ///< of the message that it brought, in the numbers of the audience; 0: none
  Visibility visibility = Visibility::everybody;
  Reference actor;         ///< who did it; in the storefront: who speaks in the message, else none
  std::string actor_title; ///< or empty
  std::vector<EventChange> changes;
  std::map<Reference, std::string> titles; ///< of the records in `changes`; the history's alone
};

} // namespace parley::domain
