#include "adapters/sql/events.hpp"

#include "adapters/sql/json_text.hpp"
#include "plugin/domain/names.hpp"

namespace parley::adapters::sql {
namespace {

// Where only one transaction writes at a time, it gives the position itself.
constexpr auto kNextPosition = "update {prefix}event_feed set last_position = last_position + 1 where singleton = 1";
#define MEMBERS                                                                                                   \
  "kind, happened_at, actor_type, actor_id, sender_type, sender_id, visibility, conversation, conversation_uid, " \
  "all_index, public_index, organization, website, owner_type, owner_id, unit, customer_type, customer_id, "      \
  "customer_user_type, customer_user_id, participants, data) values ("
#define VALUES                                                                                                \
  ":kind, :happened_at, :actor_type, :actor_id, :sender_type, :sender_id, :visibility, :conversation, :uid, " \
  ":all_index, :public_index, :organization, :website, :owner_type, :owner_id, :unit, :customer_type, "       \
  ":customer_id, :customer_user_type, :customer_user_id, :participants, :data)"
constexpr auto kInsertEvent = "insert into {prefix}event (position, " MEMBERS
                              "(select last_position from {prefix}event_feed where singleton = 1), " VALUES;
// Elsewhere transactions overlap, and positions are given to what was committed.
constexpr auto kInsertUnpublished = "insert into {prefix}event (" MEMBERS VALUES;
#undef MEMBERS
#undef VALUES
constexpr auto kParticipants =
    "select actor_type, actor_id, in_public from {prefix}participant where conversation = :conversation order by id";

std::string participants_json(Session &session, domain::ConversationId conversation) {
  std::string json = "[";
  auto rows = session.query(kParticipants, "tti", {{"conversation", conversation}});
  while (rows.next()) {
    json += json.size() > 1 ? ",[" : "[";
    append_json_string(json, rows.text());
    json += ',';
    append_json_string(json, rows.text());
    json += rows.integer() != 0 ? ",1]" : ",0]";
  }
  return json + "]";
}

std::string changes_json(const std::vector<Happening::Change> &changes) {
  std::string json = "{";
  for (const Happening::Change &change : changes) {
    if (json.size() > 1) {
      json += ',';
    }
    append_json_string(json, change.member);
    json += ":[";
    append_json_string(json, change.from);
    json += ',';
    append_json_string(json, change.to);
    json += ']';
  }
  return json + "}";
}

std::optional<std::int64_t> number_or_null(std::int64_t number) {
  return number == 0 ? std::nullopt : std::optional(number);
}

void insert(Session &session, const Dialect &dialect, const store::Doing &doing,
            const domain::Conversation &conversation, const std::string &participants, const Happening &happening) {
  if (dialect.one_writer()) {
    session.execute(kNextPosition);
  }
  session.execute(dialect.one_writer() ? kInsertEvent : kInsertUnpublished,
                  {{"kind", happening.kind},
                   {"happened_at", doing.now},
                   {"actor_type", doing.actor.type},
                   {"actor_id", doing.actor.id},
                   {"sender_type", happening.sender.type},
                   {"sender_id", happening.sender.id},
                   {"visibility", std::string(domain::name_of(happening.visibility))},
                   {"conversation", number_or_null(conversation.id)},
                   {"uid", conversation.uid},
                   {"all_index", number_or_null(happening.index)},
                   {"public_index", number_or_null(happening.public_index)},
                   {"organization", conversation.organization},
                   {"website", conversation.website},
                   {"owner_type", conversation.owner.type},
                   {"owner_id", conversation.owner.id},
                   {"unit", conversation.unit},
                   {"customer_type", conversation.customer.type},
                   {"customer_id", conversation.customer.id},
                   {"customer_user_type", conversation.customer_user.type},
                   {"customer_user_id", conversation.customer_user.id},
                   {"participants", participants},
                   {"data", changes_json(happening.changes)}});
}

} // namespace

void write_events(Session &session, const Dialect &dialect, const store::Doing &doing,
                  const domain::Conversation &conversation, const std::vector<Happening> &happenings) {
  if (happenings.empty()) {
    return;
  }
  const std::string participants = participants_json(session, conversation.id);
  for (const Happening &happening : happenings) {
    insert(session, dialect, doing, conversation, participants, happening);
  }
}

void write_event(Session &session, const Dialect &dialect, const store::Doing &doing, const Happening &happening) {
  insert(session, dialect, doing, {}, "[]", happening);
}

} // namespace parley::adapters::sql
