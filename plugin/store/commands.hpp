#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plugin/domain/access.hpp"
#include "plugin/domain/conversation.hpp"
#include "plugin/store/queries.hpp"

/// Commands are whole: everything that they need from the host was fetched before. The store checks their preconditions
/// in the transaction that carries them out, names the first one that failed, and then changes nothing. Every command
/// writes its events in the same transaction. Preconditions are judged in this order: the conversation is in `view`
/// (else not_found), it is in `act` (else forbidden), version (else stale), state of the workflow (else conflict with the
/// fact "workflow"), status (else conflict with the fact "step").
namespace parley::store {

/// A request that its client may send again: under one key of the actor, in its audience, it is carried out once.
struct Once {
  std::string key;         ///< of the client, 1..255 bytes
  std::string fingerprint; ///< of what is asked for; the same key with another one is refused (invalid)
  domain::Time expires_at = 0;
};

/// Who does it, when, in which audience.
struct Doing {
  domain::Reference actor;
  domain::Audience audience = domain::Audience::backoffice;
  domain::Time now = 0;
  /// Then the command does nothing where it was done before, and answers the same, whatever has changed since; kept in its
  /// transaction, and only where it succeeds. At most one command of a request has it.
  std::optional<Once> once = {};
};

/// What a command with a key made, as far as it is needed to answer again. 0: nothing of that kind.
struct Outcome {
  domain::ConversationId conversation = 0;
  domain::Number index = 0;        ///< of the message that was added
  domain::Number public_index = 0; ///< the same for the storefront
};

/// What a command takes for granted of a workflow; else conflict, with the fact {"workflow", "active" | "inactive"}.
struct WorkflowPrecondition {
  std::string name;
  bool active = true;
};

struct NewMessage {
  domain::Reference sender;
  domain::Visibility visibility = domain::Visibility::everybody;
  std::string body;
  std::string client_id;
  std::string words = {}; ///< what search finds it by: the index tokens of its text, with a space between them
};

struct StartConversation {
  Doing doing;
  domain::Conversation conversation;           ///< id, counts, version and times are the store's to fill
  std::string name_words;                      ///< what search finds the name by: its index tokens
  std::vector<domain::Reference> contexts;     ///< without repeats
  std::vector<domain::Reference> participants; ///< without repeats
  std::optional<NewMessage> first_message;
  std::optional<WorkflowPrecondition> workflow; ///< with a status that people chose
  std::vector<RecordLabel> labels;              ///< of everything that it refers to; kept in the same transaction
};

struct AppendMessage {
  Doing doing;
  domain::ConversationId conversation = 0;
  domain::Scope view;
  domain::Scope act;                     ///< back office: edit; storefront: view again
  std::vector<domain::Status> writable;  ///< statuses in which it may be written
  std::optional<domain::Status> revives; ///< status that it becomes active again from (with a system message)
  NewMessage message;
  /// Of a customer user who speaks: must be the conversation's, also where it is none; else invalid.
  std::optional<domain::Reference> sender_customer;
  std::vector<RecordLabel> labels;
};

struct Appended {
  domain::Message message;
  std::string participant_uid;
  /// Stored before: under the client id, then `message` is that one; or under the key of the request, then only its
  /// conversation and numbers are filled.
  bool repeated = false;
};

/// Absent members stay as they are.
struct EditConversation {
  Doing doing;
  domain::ConversationId conversation = 0;
  domain::Scope view;
  domain::Scope act;
  std::int64_t expected_version = 0; ///< 0: any
  std::optional<std::string> name;
  std::string name_words; ///< goes with name
  std::optional<domain::Reference> owner;
  std::optional<std::string> unit; ///< goes with owner
  std::optional<domain::Reference> customer;
  std::optional<domain::Reference> customer_user;
  std::optional<domain::Reference> source;
  std::optional<domain::Status> status;                   ///< only while the workflow is inactive
  std::optional<WorkflowPrecondition> workflow;           ///< with status
  std::optional<std::vector<domain::Reference>> contexts; ///< exactly these; each change is an internal system message
  /// What was read of the conversation and relied upon to judge this edit: must still be so, else stale. Other members may
  /// have changed since.
  struct Relied {
    std::optional<domain::Reference> owner;
    std::optional<domain::Reference> customer;
    std::optional<domain::Reference> customer_user;
    std::optional<domain::Reference> source;
    std::optional<domain::Status> status;
    std::vector<domain::Reference> contexts; ///< these are among them
  };
  Relied relied;
  std::vector<RecordLabel> labels;
};

enum class Change { add, remove };

struct ChangeContexts {
  Doing doing;
  domain::ConversationId conversation = 0;
  domain::Scope view;
  domain::Scope act;
  std::int64_t expected_version = 0;
  Change change = Change::add;
  std::vector<domain::Reference> records;
  std::vector<RecordLabel> labels;
};

struct PerformTransition {
  Doing doing;
  domain::ConversationId conversation = 0;
  domain::Scope view;
  domain::Scope act; ///< of the workflow's "perform"
  std::int64_t expected_version = 0;
  std::optional<WorkflowPrecondition> workflow;
  std::string transition;
  std::vector<domain::Status> from; ///< else conflict, with the fact {"step", present status}
  domain::Status to = domain::Status::active;
};

struct DeleteConversation {
  Doing doing;
  domain::ConversationId conversation = 0;
  domain::Scope view;
  domain::Scope act;
  std::int64_t expected_version = 0;
};

/// All that the query matches, or none of them.
struct DeleteConversations {
  Doing doing;
  ConversationQuery query; ///< its scope is what the actor sees; orders and paging are not used
  domain::Scope act;
  std::int64_t expected = 0; ///< where another number matches nothing is deleted
};

/// Raises the viewer's own mark; does nothing where it takes no part.
struct MarkRead {
  Doing doing;
  domain::ConversationId conversation = 0;
  domain::Scope view;
  domain::Number index = 0; ///< in the numbers of the audience; more than there are: the last
  bool exact = false;       ///< more than there are: invalid
};

/// Sets the viewer's own mark back, before the last text message that its audience sees; does nothing where there is none.
/// Conflict where it takes no part ("takes-no-part").
struct MarkUnread {
  Doing doing;
  domain::ConversationId conversation = 0;
  domain::Scope view;
};

/// Raises the viewer's marks to the end of conversations that it has not read, but for what was said after `until`, so that
/// pieces come to an end. Not `doing.now`: clocks differ, and messages keep the latest.
struct MarkAllRead {
  Doing doing;
  domain::Scope view;
  domain::Time until = 0;
  std::int64_t most = 500; ///< conversations at once, so that nobody waits long for the writer
};

} // namespace parley::store
