#include "adapters/sql/conversation_rows.hpp"

#include <algorithm>
#include <utility>

#include "adapters/sql/label_texts.hpp"
#include "adapters/sql/names.hpp"
#include "adapters/sql/rows.hpp"

namespace parley::adapters::sql {
namespace {

using domain::Audience;

/// How many text messages are behind the mark of participant p: counting ends at a hundred.
std::string unread_count(const std::string &own) {
  return "(select count(*) from {prefix}message n where n.conversation = p.conversation and n." + own + "index > p." +
         own + "last_read and n.type = 'text' and n." + own + "index <= coalesce((select k." + own +
         "index from {prefix}message k where k.conversation = p.conversation and k." + own + "index > p." + own +
         "last_read and k.type = 'text' order by k." + own + "index limit 1 offset 99), 9223372036854775807))";
}

std::string contexts(const Dialect &dialect, Audience audience) {
  return "(select " +
         dialect.json_rows(dialect.json_array("x.id, x.record_type, x.record_id, x.in_public" + label_elements())) +
         " from {prefix}context x left join {prefix}record_label l on l.record_type = x.record_type and "
         "l.record_id = x.record_id where x.conversation = c.id" +
         (audience == Audience::storefront ? " and x.in_public = 1)" : ")");
}

} // namespace

ConversationRows::ConversationRows(const domain::Scope &viewer, Builder &builder) {
  const Dialect &dialect = builder.dialect();
  const Audience audience = viewer.audience;
  const std::string own = side(audience);
  add(conversation_columns().names, conversation_columns().kinds);
  add(contexts(dialect, audience), "t");
  for (const char *role : {"owner", "customer", "customer_user", "source"}) {
    const std::string start = "c." + std::string(role);
    add(label_text(dialect, start + "_type", start + "_id"), "t");
  }

  // What is not there of the rest ends the row.
  const Columns &mine = participant_columns(audience);
  add(mine.names + ", " + unread_count(own), mine.kinds + "i");
  const Columns &message = message_columns(audience);
  add("case when m.id is null then 0 else 1 end, " + message.names, "i" + message.kinds);
  for (const char *role : {"sender", "posted_by"}) {
    const std::string start = "m." + std::string(role);
    add(label_text(dialect, start + "_type", start + "_id"), "t");
  }

  const std::string takes_part = viewer.actor.none()
                                     ? std::string("1 = 0")
                                     : "p.conversation = c.id and p.actor_type = " + builder.bind(viewer.actor.type) +
                                           " and p.actor_id = " + builder.bind(viewer.actor.id) +
                                           (audience == Audience::storefront ? " and p.in_public = 1" : "");
  joins_ = " left join {prefix}message m on m.conversation = c.id and m." + own + "index = c." + own +
           "last_text left join {prefix}participant p on " + takes_part;
}

void ConversationRows::add(const std::string &names, const std::string &kinds) {
  columns_ += (columns_.empty() ? "" : ", ") + names;
  kinds_ += kinds;
}

std::vector<domain::Context>
ConversationRows::read_contexts(const std::string &json, domain::ConversationId conversation, Labels &labels) const {
  std::vector<std::pair<std::int64_t, domain::Context>> found;
  if (json.empty()) {
    return {};
  }
  JsonTextReader reader(json);
  reader.expect('[');
  for (bool more = !reader.take(']'); more; more = !reader.take(']')) {
    if (!found.empty()) {
      reader.expect(',');
    }
    reader.expect('[');
    auto &[id, context] = found.emplace_back();
    id = reader.number();
    context.conversation = conversation;
    reader.expect(',');
    context.record.type = reader.string();
    reader.expect(',');
    context.record.id = reader.string();
    reader.expect(',');
    context.in_public = reader.number() != 0;
    read_label_elements(reader, context.record, labels);
    reader.expect(']');
  }
  reader.end();
  std::sort(found.begin(), found.end(), [](const auto &left, const auto &right) { return left.first < right.first; });
  std::vector<domain::Context> result;
  result.reserve(found.size());
  for (auto &each : found) {
    result.push_back(std::move(each.second));
  }
  return result;
}

store::ConversationRow ConversationRows::read(Rows &rows, Labels &labels) const {
  store::ConversationRow row;
  row.conversation = read_conversation(rows);
  const domain::Conversation &conversation = row.conversation;
  row.contexts = read_contexts(rows.text(), conversation.id, labels);
  for (const domain::Reference *reference :
       {&conversation.owner, &conversation.customer, &conversation.customer_user, &conversation.source}) {
    read_label_text(rows.text(), *reference, labels);
  }
  domain::Participant mine = read_participant(rows);
  row.unread = rows.integer();
  if (mine.conversation != 0) {
    row.mine = std::move(mine);
  }
  if (rows.integer() != 0) {
    domain::Message message = read_message(rows);
    read_label_text(rows.text(), message.sender, labels);
    read_label_text(rows.text(), message.posted_by, labels);
    row.last_text = std::move(message);
  }
  return row;
}

} // namespace parley::adapters::sql
