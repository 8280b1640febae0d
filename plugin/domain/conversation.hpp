#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "plugin/domain/reference.hpp"

namespace parley::domain {

using Time = std::int64_t; ///< microseconds since 1970-01-01 UTC
using ConversationId = std::int64_t;
using Number = std::int64_t; ///< of a message in its conversation: 1, 2, 3 ...; 0: none

enum class Status { active, inactive, closed };

/// Who looks: back-office people see everything, the public (storefront) sees public messages and their numbers only.
enum class Audience { backoffice, storefront };

enum class MessageType { text, system };
enum class Visibility { everybody, internal };

/// What one audience sees of a conversation's messages. Kept twice, so that an internal note leaves no trace outside.
struct Tally {
  Number last_index = 0; ///< number of the last message of any type
  Number text_count = 0; ///< how many text messages
  Number last_text = 0;  ///< number of the last text message
  Time last_text_at = 0; ///< its time; 0: none yet
  Time updated = 0;      ///< last change that this audience sees
};

struct Conversation {
  ConversationId id = 0;
  std::string uid; ///< unique everywhere, so that exports meet again
  std::string organization;
  std::string website; ///< id, or empty
  std::string name;
  Status status = Status::active;
  Reference owner;
  std::string unit; ///< business unit of the owner, or empty
  Reference customer;
  Reference customer_user;
  Reference source;
  Time created = 0;
  std::int64_t version = 1; ///< counts edits of the members, not messages
  Tally all;                ///< what the back office sees
  Tally open;               ///< what the storefront sees

  [[nodiscard]] const Tally &tally(Audience audience) const { return audience == Audience::backoffice ? all : open; }
};

/// What a system message tells, in place of words: rendered in the reader's language.
struct SystemNote {
  std::string kind; ///< "transition", "assigned", "context-added", "context-removed"
  std::string from; ///< status name, or reference written "type/id"
  std::string to;
};

struct Message {
  ConversationId conversation = 0;
  Number index = 0;
  Number public_index = 0; ///< 0: internal
  Reference sender;        ///< whose words
  Reference posted_by;     ///< who typed them; always kept
  MessageType type = MessageType::text;
  Visibility visibility = Visibility::everybody;
  std::string body; ///< Markdown as written; empty for system messages
  std::optional<SystemNote> note;
  std::string client_id; ///< of the sender's program, or empty
  Time created = 0;      ///< never less than that of a smaller number of the audience for which it was read

  [[nodiscard]] Number number(Audience audience) const {
    return audience == Audience::backoffice ? index : public_index;
  }
};

struct Participant {
  ConversationId conversation = 0;
  std::string uid; ///< within the conversation; random, so that it tells nothing
  Reference actor;
  bool in_public = true; ///< false: takes part by internal notes alone
  Number last_read = 0;  ///< in the numbers of the back office
  Number last_read_public = 0;
  Time last_read_at = 0;
  bool unread = false;
};

/// A record on whose page the conversation appears.
struct Context {
  ConversationId conversation = 0;
  Reference record;
  bool in_public = true;
};

} // namespace parley::domain
