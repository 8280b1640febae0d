#include "adapters/sql/rows.hpp"

#include <stdexcept>

#include "adapters/sql/names.hpp"
#include "plugin/domain/names.hpp"

namespace parley::adapters::sql {
namespace {

template <class Value>
Value known(const std::optional<Value> &value) {
  if (!value) {
    throw DatabaseError(ErrorKind::schema, "A row holds a name that this build does not know.");
  }
  return *value;
}

domain::Tally read_tally(Rows &rows) {
  domain::Tally tally;
  tally.last_index = rows.integer();
  tally.text_count = rows.integer();
  tally.last_text = rows.integer();
  tally.last_text_at = rows.integer();
  tally.updated = rows.integer();
  return tally;
}

Columns columns_for(domain::Audience audience) {
  const std::string own = side(audience);
  return {"p.conversation, p.uid, p.actor_type, p.actor_id, p.in_public, p.all_last_read, p.public_last_read, p." +
              own + "last_read_at, p." + own + "unread",
          "itttiiiii"};
}

Columns message_columns_for(domain::Audience audience) {
  return {"m.conversation, m.all_index, m.public_index, m.sender_type, m.sender_id, m.posted_by_type, m.posted_by_id, "
          "m.type, m.visibility, m.body, m.note_kind, m.note_from, m.note_to, m.client_id, m." +
              message_time(audience),
          "iii"
          "ttttttttttt"
          "i"};
}

} // namespace

const Columns &conversation_columns() {
  static const Columns columns{
      "c.id, c.uid, c.organization, c.website, c.name, c.status, c.owner_type, c.owner_id, c.unit, c.customer_type, "
      "c.customer_id, c.customer_user_type, c.customer_user_id, c.source_type, c.source_id, c.created_at, c.version, "
      "c.all_last_index, c.all_text_count, c.all_last_text, c.all_last_text_at, c.all_updated_at, "
      "c.public_last_index, c.public_text_count, c.public_last_text, c.public_last_text_at, c.public_updated_at",
      "ittttt"
      "ttttttttt"
      "iiiiiiiiiiii"};
  return columns;
}

const Columns &message_columns(domain::Audience audience) {
  static const Columns all = message_columns_for(domain::Audience::backoffice);
  static const Columns open = message_columns_for(domain::Audience::storefront);
  return audience == domain::Audience::backoffice ? all : open;
}

const Columns &label_columns() {
  static const Columns columns{"l.record_type, l.record_id, l.title, l.full_title, l.sort_key, l.unit_type, l.unit_id, "
                               "l.customer_type, l.customer_id, l.deleted, l.refreshed_at",
                               "tttttttttii"};
  return columns;
}

const Columns &participant_columns(domain::Audience audience) {
  static const Columns all = columns_for(domain::Audience::backoffice);
  static const Columns open = columns_for(domain::Audience::storefront);
  return audience == domain::Audience::backoffice ? all : open;
}

domain::Reference read_reference(Rows &rows) {
  domain::Reference reference;
  reference.type = rows.text();
  reference.id = rows.text();
  return reference;
}

domain::Conversation read_conversation(Rows &rows) {
  domain::Conversation conversation;
  conversation.id = rows.integer();
  conversation.uid = rows.text();
  conversation.organization = rows.text();
  conversation.website = rows.text();
  conversation.name = rows.text();
  conversation.status = known(domain::status_named(rows.text()));
  conversation.owner = read_reference(rows);
  conversation.unit = rows.text();
  conversation.customer = read_reference(rows);
  conversation.customer_user = read_reference(rows);
  conversation.source = read_reference(rows);
  conversation.created = rows.integer();
  conversation.version = rows.integer();
  conversation.all = read_tally(rows);
  conversation.open = read_tally(rows);
  return conversation;
}

domain::Message read_message(Rows &rows) {
  domain::Message message;
  message.conversation = rows.integer();
  message.index = rows.integer();
  message.public_index = rows.integer();
  message.sender = read_reference(rows);
  message.posted_by = read_reference(rows);
  message.type = known(domain::message_type_named(rows.text()));
  message.visibility = known(domain::visibility_named(rows.text()));
  message.body = rows.text();
  domain::SystemNote note;
  note.kind = rows.text();
  note.from = rows.text();
  note.to = rows.text();
  if (!note.kind.empty()) {
    message.note = std::move(note);
  }
  message.client_id = rows.text();
  message.created = rows.integer();
  return message;
}

domain::Participant read_participant(Rows &rows) {
  domain::Participant participant;
  participant.conversation = rows.integer();
  participant.uid = rows.text();
  participant.actor = read_reference(rows);
  participant.in_public = rows.integer() != 0;
  participant.last_read = rows.integer();
  participant.last_read_public = rows.integer();
  participant.last_read_at = rows.integer();
  participant.unread = rows.integer() != 0;
  return participant;
}

store::RecordLabel read_label(Rows &rows) {
  store::RecordLabel label;
  label.record = read_reference(rows);
  label.title = rows.text();
  label.full_title = rows.text();
  label.sort_key = rows.text();
  label.unit = read_reference(rows);
  label.customer = read_reference(rows);
  label.deleted = rows.integer() != 0;
  label.refreshed = rows.integer();
  return label;
}

} // namespace parley::adapters::sql
