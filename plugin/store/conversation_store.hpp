#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "plugin/domain/conversation.hpp"
#include "plugin/domain/result.hpp"
#include "plugin/store/commands.hpp"
#include "plugin/store/queries.hpp"

namespace parley::store {

/// Where conversations live. Implemented by adapters; every implementation passes the same conformance suite.
///
/// All functions are safe to call from any thread, block on the database at most, and call nobody. Expected failures are
/// values; busy and unavailable mean that nothing was changed and the call may be made again.
class ConversationStore {
public:
  virtual ~ConversationStore() = default;

  virtual domain::Result<Page<ConversationRow>> conversations(const ConversationQuery &query) = 0;
  virtual domain::Result<std::int64_t> count_conversations(const ConversationQuery &query) = 0;
  /// In the order of the ids; those that the scope does not reach are left out.
  virtual domain::Result<Page<ConversationRow>> conversations_by_id(const domain::Scope &scope,
                                                                    const std::vector<domain::ConversationId> &ids) = 0;
  /// How many conversations the scope reaches at each record, in the order of `records`.
  virtual domain::Result<std::vector<std::int64_t>> count_at_records(const domain::Scope &scope,
                                                                     const std::vector<domain::Reference> &records) = 0;
  /// Of the ids, those that the scope reaches: what of what one sees one may edit, delete, ... (`meta.can`).
  virtual domain::Result<std::vector<domain::ConversationId>>
  reachable(const domain::Scope &scope, const std::vector<domain::ConversationId> &ids) = 0;

  virtual domain::Result<Page<MessageRow>> messages(const MessageQuery &query) = 0;
  struct MessageKey {
    domain::ConversationId conversation = 0;
    domain::Number number = 0; ///< in the numbers of the scope's audience
  };
  virtual domain::Result<Page<MessageRow>> messages_by_key(const domain::Scope &scope,
                                                           const std::vector<MessageKey> &keys) = 0;
  virtual domain::Result<Page<ParticipantRow>> participants(const ParticipantQuery &query) = 0;
  struct ParticipantKey {
    domain::ConversationId conversation = 0;
    std::string uid;
  };
  virtual domain::Result<Page<ParticipantRow>> participants_by_key(const domain::Scope &scope,
                                                                   const std::vector<ParticipantKey> &keys) = 0;

  virtual domain::Result<Unread> unread(const UnreadQuery &query) = 0;

  virtual domain::Result<domain::ConversationId> start(const StartConversation &command) = 0;
  virtual domain::Result<Appended> append(const AppendMessage &command) = 0;
  virtual domain::Done edit(const EditConversation &command) = 0;
  virtual domain::Done change_contexts(const ChangeContexts &command) = 0;
  virtual domain::Done perform(const PerformTransition &command) = 0;
  virtual domain::Done remove(const DeleteConversation &command) = 0;
  /// How many were deleted. Failures: conflict (another number matches), forbidden (one of them is not within `act`).
  virtual domain::Result<std::int64_t> remove_many(const DeleteConversations &command) = 0;
  virtual domain::Done mark_read(const MarkRead &command) = 0;
  virtual domain::Done mark_unread(const MarkUnread &command) = 0;
  /// How many conversations were marked; fewer than `most`: there are no more. Only then
  /// is the key of `doing` kept; under it none are marked again.
  virtual domain::Result<std::int64_t> mark_all_read(const MarkAllRead &command) = 0;

  /// What was done before under the key of `doing` (see Doing::once), so that it can be answered without doing it; nothing
  /// where it has none or nothing was done. Failure: invalid, where the key was used for another request.
  virtual domain::Result<std::optional<Outcome>> done_before(const Doing &doing) = 0;
  /// Keeps the key of `doing`, for a request that changes nothing else. Nothing happens where it has none. Failure: invalid,
  /// where the key was used for another request meanwhile.
  virtual domain::Done keep_key(const Doing &doing) = 0;
  /// Forgets keys that have expired, at most `limit` of them in one transaction. True: there may be more.
  virtual domain::Result<bool> purge_idempotency(domain::Time now, std::uint32_t limit) = 0;
};

/// State of workflows that the host's administrators can change.
class WorkflowStore {
public:
  virtual ~WorkflowStore() = default;

  /// Active unless somebody deactivated it.
  virtual domain::Result<bool> active(const std::string &workflow) = 0;
  virtual domain::Done set_active(const std::string &workflow, bool active, const Doing &doing) = 0;
};

} // namespace parley::store
