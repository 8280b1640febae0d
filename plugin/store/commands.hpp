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
/// (else not_found), it is in `act` (else forbidden), version (else stale), status (else conflict).
namespace parley::store {

/// Who does it, when, in which audience.
struct Doing {
  domain::Reference actor;
  domain::Audience audience = domain::Audience::backoffice;
  domain::Time now = 0;
};

struct NewMessage {
  domain::Reference sender;
  domain::Visibility visibility = domain::Visibility::everybody;
  std::string body;
  std::string client_id;
};

struct StartConversation {
  Doing doing;
  domain::Conversation conversation;           ///< id, counts, version and times are the store's to fill
  std::vector<domain::Reference> contexts;     ///< without repeats
  std::vector<domain::Reference> participants; ///< without repeats
  std::optional<NewMessage> first_message;
  std::vector<RecordLabel> labels; ///< of everything that it refers to; kept in the same transaction
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
  bool repeated = false; ///< the client id was stored before; `message` is that one
};

/// Absent members stay as they are.
struct EditConversation {
  Doing doing;
  domain::ConversationId conversation = 0;
  domain::Scope view;
  domain::Scope act;
  std::int64_t expected_version = 0; ///< 0: any
  std::optional<std::string> name;
  std::optional<domain::Reference> owner;
  std::optional<std::string> unit; ///< goes with owner
  std::optional<domain::Reference> customer;
  std::optional<domain::Reference> customer_user;
  std::optional<domain::Reference> source;
  std::optional<domain::Status> status;                   ///< only while the workflow is inactive
  std::optional<std::vector<domain::Reference>> contexts; ///< exactly these; each change is an internal system message
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

/// Raises the viewer's own mark; does nothing where it takes no part.
struct MarkRead {
  Doing doing;
  domain::ConversationId conversation = 0;
  domain::Scope view;
  domain::Number index = 0; ///< in the numbers of the audience; more than there are: the last
};

} // namespace parley::store
