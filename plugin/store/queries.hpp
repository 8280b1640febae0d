#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "plugin/domain/access.hpp"
#include "plugin/domain/conversation.hpp"
#include "plugin/domain/reference.hpp"

namespace parley::store {

enum class Operator { equal, not_equal, greater, greater_or_equal, less, less_or_equal, contains, exists };

enum class ConversationField {
  id,
  name,
  messages_number,
  created,
  updated,
  last_message, ///< time of the last text message
  status,
  owner,
  customer,
  customer_user,
  source,
  context,
  last_sender, ///< whose words the last text message is; back office alone
};

/// One condition; all conditions hold together. Which of the members of a value is used depends on the field:
/// `number` for id, counts and times, `text` for name, `reference` for references, `status` for status.
struct Value {
  std::int64_t number = 0;
  std::string text;
  domain::Reference reference;
  domain::Status status = domain::Status::active;
};

struct ConversationCondition {
  ConversationField field = ConversationField::id;
  Operator operation = Operator::equal;
  std::vector<Value> values; ///< equal: one of them; not_equal: none of them; else exactly one (exists: number 0 or 1)
};

struct ConversationOrder {
  ConversationField field = ConversationField::last_message; ///< owner, customer, customer_user: by record_label
  bool descending = true;
};

/// How a list is cut. Cursors are made by the store, opaque to everyone else, and fit only the list that made them: its order and its
/// conditions.
struct Paging {
  std::uint32_t size = 25;
  std::string after;        ///< only rows behind this cursor
  std::string before;       ///< only the nearest rows before this cursor, in the order of the list
  std::uint32_t number = 0; ///< 1 ..: page by number; 0: by cursor
  bool want_total = false;
};

/// Where a search finds its words; the better places first. No row is found at two of them.
enum class Found {
  anywhere,
  in_whole_words, ///< each is a whole word: of a conversation's name, or of a message
  in_beginnings,  ///< not that, but each is the beginning of a word there
  in_messages     ///< conversations alone: not in the name, but in one message that the audience may see
};

/// Only what holds all words: a conversation in its name or in one of its messages, a message in its text.
struct Search {
  std::string text;                ///< as people wrote it
  std::vector<std::string> tokens; ///< of the text: beginnings of index tokens; none: nothing is found
  Found found = Found::anywhere;
};

struct ConversationQuery {
  domain::Scope scope;
  /// True: only what the actor is assigned or takes part in, which use cases make part of the scope; false: only the rest.
  std::optional<bool> own;
  std::vector<ConversationCondition> conditions;
  std::optional<Search> search;
  /// The id decides last. Empty: last message first; of a search by relevance, as Found orders places, and then last
  /// message first.
  std::vector<ConversationOrder> orders;
  /// The panel of one record: only its conversations, newest activity first; `orders` is not used then.
  std::optional<domain::Reference> panel;
  Paging paging;
};

enum class MessageField { index, created };

struct MessageCondition {
  MessageField field = MessageField::index; ///< index: in the numbers of the audience
  Operator operation = Operator::equal;
  std::int64_t value = 0;
};

struct MessageQuery {
  domain::Scope scope;
  std::optional<domain::ConversationId> conversation;
  std::vector<MessageCondition> conditions;
  std::optional<domain::MessageType> type;
  std::optional<Search> search;
  bool by_relevance = false; ///< of a search: as Found orders places, and then newest first
  bool descending = true;    ///< by index inside a conversation; over several: by time, conversation, index
  Paging paging;
};

struct ParticipantQuery {
  domain::Scope scope;
  std::optional<domain::ConversationId> conversation;
  Paging paging;
};

/// What is known of a record or actor of the host without asking it; kept up by host events and a job.
struct RecordLabel {
  domain::Reference record;
  std::string title;
  std::string full_title;
  std::string sort_key;
  domain::Reference unit;
  domain::Reference customer;
  bool deleted = false;
  domain::Time refreshed = 0;
};

/// A conversation as lists show it. Filled with a number of statements that does not depend on the number of rows.
struct ConversationRow {
  domain::Conversation conversation;
  std::vector<domain::Context> contexts;    ///< those that the audience may see
  std::optional<domain::Message> last_text; ///< the last text message that the audience may see
  std::optional<domain::Participant> mine;  ///< the viewer's own participation
  std::int64_t unread = 0; ///< text messages behind the viewer's mark, at most 100; 0 where it takes no part
  std::string cursor;
};

struct MessageRow {
  domain::Message message;
  std::string participant_uid; ///< of the sender
  std::string cursor;
};

struct ParticipantRow {
  domain::Participant participant;
  std::string cursor;
};

template <class Row>
struct Page {
  std::vector<Row> rows;
  bool has_previous = false;
  bool has_next = false;
  std::optional<std::int64_t> total;
  /// Labels of every record and actor that the rows refer to, as far as they are known.
  std::map<domain::Reference, RecordLabel> labels;
};

/// What an actor has not read: of the conversations in which it takes part, those that the scope reaches.
struct UnreadQuery {
  domain::Scope scope;
  std::size_t latest = 5; ///< how many are wanted whole
};

/// Counting ends here: indicators say "99+".
inline constexpr std::int64_t most_unread = 100;

struct Unread {
  std::int64_t count = 0;
  bool more = false;            ///< there may be more than were counted
  Page<ConversationRow> latest; ///< last message first
};

} // namespace parley::store
