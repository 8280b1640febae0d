#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "plugin/domain/conversation.hpp"
#include "plugin/domain/reference.hpp"
#include "plugin/domain/result.hpp"
#include "plugin/store/commands.hpp"
#include "plugin/store/queries.hpp"

namespace parley::store {

/// Where settings have a value of their own.
struct Place {
  std::string organization;
  std::string website;
};

/// An active conversation in which nobody wrote for a while.
struct IdleConversation {
  domain::ConversationId id = 0;
  domain::Number last_index = 0; ///< of its last message of any type
  domain::Time since = 0;        ///< last text message, or its beginning
};

struct IdleQuery {
  Place place;
  domain::Time before = 0;               ///< idle since a moment before this one
  std::optional<IdleConversation> after; ///< only those behind this one
  std::uint32_t limit = 100;
};

struct MakeInactive {
  Doing doing;
  WorkflowPrecondition workflow;
  std::vector<IdleConversation> conversations;
};

/// What jobs and host events do, in pieces that are small enough to share the database with everybody else. Each function
/// is one transaction at most; running the same one twice at once is harmless.
///
/// All functions are safe to call from any thread, block on the database at most, and call nobody. Expected failures are
/// values; busy and unavailable mean that nothing was changed and the call may be made again.
class MaintenanceStore {
public:
  virtual ~MaintenanceStore() = default;

  /// Places that have active conversations, in their order.
  virtual domain::Result<std::vector<Place>> active_places(const std::optional<Place> &after, std::uint32_t limit) = 0;
  /// Longest idle first. Not those that were made active again since `before`.
  virtual domain::Result<std::vector<IdleConversation>> idle(const IdleQuery &query) = 0;
  /// Makes them inactive, each with its system message and event; but not those that are not active any more or have a
  /// newer message. How many it made. Failure: conflict, where the workflow is not as expected.
  virtual domain::Result<std::int64_t> make_inactive(const MakeInactive &command) = 0;

  /// Labels that were not looked up since `before`, oldest first; first of all those with something left to settle.
  virtual domain::Result<std::vector<RecordLabel>> due_labels(domain::Time before, std::uint32_t limit) = 0;
  /// Keeps what is known now of records, or that they are gone. Those of them that still have to be settled.
  virtual domain::Result<std::vector<domain::Reference>> note_records(const std::vector<RecordLabel> &labels) = 0;
  /// Carries what the label of a record says over to at most `limit` of the conversations that name it: sort keys, the
  /// unit of what it owns; of one that is gone: source and context are cleared, actors stay. True: there are more.
  virtual domain::Result<bool> settle(const Doing &doing, const domain::Reference &record, std::uint32_t limit) = 0;
};

} // namespace parley::store
