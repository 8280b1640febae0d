#pragma once

#include <string>
#include <utility>
#include <vector>

#include "adapters/connection/session.hpp"
#include "adapters/sql/dialect.hpp"
#include "plugin/store/commands.hpp"

namespace parley::adapters::sql {

namespace event_kind {
constexpr auto kCreated = "created";
constexpr auto kMessageAdded = "message-added";
constexpr auto kStatusChanged = "status-changed";
constexpr auto kAssigned = "assigned";
constexpr auto kEdited = "edited";
constexpr auto kContextAdded = "context-added";
constexpr auto kContextRemoved = "context-removed";
constexpr auto kDeleted = "deleted";
constexpr auto kWorkflowActivated = "workflow-activated";
constexpr auto kWorkflowDeactivated = "workflow-deactivated";
} // namespace event_kind

/// Something that happened, as it is told to those whom it concerns.
struct Happening {
  std::string kind;
  domain::Visibility visibility = domain::Visibility::everybody;
  domain::Number index = 0;        ///< of the message that it brought; 0: none
  domain::Number public_index = 0; ///< the same for the storefront
  domain::Reference sender;        ///< whose words that message is; none: there is no message
  struct Change {
    std::string member;
    std::string from;
    std::string to;
  };
  std::vector<Change> changes; ///< written as {"member": [from, to]}
};

/// Writes events of a conversation with everybody whom they concern at this moment.
void write_events(Session &session, const Dialect &dialect, const store::Doing &doing,
                  const domain::Conversation &conversation, const std::vector<Happening> &happenings);

/// Writes an event that concerns no conversation. The back office alone is told.
void write_event(Session &session, const Dialect &dialect, const store::Doing &doing, const Happening &happening);

} // namespace parley::adapters::sql
