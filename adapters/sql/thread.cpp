#include "adapters/sql/thread.hpp"

#include <algorithm>

#include "adapters/connection/late_rows.hpp"
#include "adapters/sql/failures.hpp"
#include "adapters/sql/json_text.hpp"
#include "adapters/sql/labels.hpp"
#include "adapters/sql/names.hpp"
#include "adapters/sql/random_id.hpp"
#include "adapters/sql/rows.hpp"
#include "adapters/sql/scope.hpp"
#include "plugin/domain/names.hpp"

namespace parley::adapters::sql {
namespace {

using domain::Conversation;
using domain::Message;
using domain::MessageType;
using domain::Reference;
using domain::Result;
using domain::Tally;
using domain::Visibility;

constexpr auto kInsertConversation =
    "insert into {prefix}conversation (uid, organization, website, name, name_key, name_words, status, owner_type, "
    "owner_id, "
    "owner_key, unit, customer_type, customer_id, customer_key, customer_user_type, customer_user_id, "
    "customer_user_key, source_type, source_id, created_at, version, all_updated_at, public_updated_at) values (:uid, "
    ":organization, :website, :name, :name_key, :name_words, :status, :owner_type, :owner_id, coalesce((select "
    "sort_key from "
    "{prefix}record_label where record_type = :owner_type and record_id = :owner_id), ''), :unit, :customer_type, "
    ":customer_id, coalesce((select sort_key from {prefix}record_label where record_type = :customer_type and "
    "record_id = :customer_id), ''), :customer_user_type, :customer_user_id, coalesce((select sort_key from "
    "{prefix}record_label where record_type = :customer_user_type and record_id = :customer_user_id), ''), "
    ":source_type, :source_id, :created_at, :version, :all_updated_at, :public_updated_at) returning id";
constexpr auto kUpdateMembers =
    "update {prefix}conversation set name = :name, name_key = :name_key, status = :status, owner_type = :owner_type, "
    "owner_id = :owner_id, owner_key = coalesce((select sort_key from {prefix}record_label where record_type = "
    ":owner_type and record_id = :owner_id), ''), unit = :unit, customer_type = :customer_type, customer_id = "
    ":customer_id, customer_key = coalesce((select sort_key from {prefix}record_label where record_type = "
    ":customer_type and record_id = :customer_id), ''), customer_user_type = :customer_user_type, customer_user_id = "
    ":customer_user_id, customer_user_key = coalesce((select sort_key from {prefix}record_label where record_type = "
    ":customer_user_type and record_id = :customer_user_id), ''), source_type = :source_type, source_id = :source_id, "
    "version = :version where id = :id";
constexpr auto kUpdateNameWords = "update {prefix}conversation set name_words = :name_words where id = :id";
constexpr auto kUpdateTallies =
    "update {prefix}conversation set all_last_index = :all_last_index, all_text_count = :all_text_count, "
    "all_last_text = :all_last_text, all_last_text_at = :all_last_text_at, all_updated_at = :all_updated_at, "
    "public_last_index = :public_last_index, public_text_count = :public_text_count, public_last_text = "
    ":public_last_text, public_last_text_at = :public_last_text_at, public_updated_at = :public_updated_at "
    "where id = :id";
constexpr auto kInsertMessage =
    "insert into {prefix}message (conversation, all_index, public_index, sender_type, sender_id, posted_by_type, "
    "posted_by_id, type, visibility, body, words, note_kind, note_from, note_to, client_id, all_created_at, "
    "public_created_at) "
    "values (:conversation, :all_index, :public_index, :sender_type, :sender_id, :posted_by_type, :posted_by_id, "
    ":type, :visibility, :body, :words, :note_kind, :note_from, :note_to, :client_id, :all_created_at, "
    ":public_created_at)";

constexpr auto kFindParticipant = "select uid, in_public from {prefix}participant "
                                  "where conversation = :conversation and actor_type = :type and actor_id = :id";
constexpr auto kInsertParticipant =
    "insert into {prefix}participant (conversation, uid, actor_type, actor_id, in_public, all_last_text_at, "
    "public_last_text_at) select :conversation, :uid, :type, :id, :in_public, c.all_last_text_at, "
    "c.public_last_text_at from {prefix}conversation c where c.id = :conversation";
constexpr auto kShowParticipant = "update {prefix}participant set in_public = 1 "
                                  "where conversation = :conversation and actor_type = :type and actor_id = :id";
// A text is read by who typed it and unread by all others; every participant's row knows when it was said.
constexpr auto kMarkAfterNote =
    "update {prefix}participant set all_last_text_at = :at, "
    "all_unread = case when actor_type = :type and actor_id = :id then 0 else 1 end, "
    "all_last_read = case when actor_type = :type and actor_id = :id then :index else all_last_read end, "
    "all_last_read_at = case when actor_type = :type and actor_id = :id then :now else all_last_read_at end "
    "where conversation = :conversation";
constexpr auto kMarkAfterText =
    "update {prefix}participant set all_last_text_at = :at, public_last_text_at = :public_at, "
    "all_unread = case when actor_type = :type and actor_id = :id then 0 else 1 end, "
    "all_last_read = case when actor_type = :type and actor_id = :id then :index else all_last_read end, "
    "all_last_read_at = case when actor_type = :type and actor_id = :id then :now else all_last_read_at end, "
    "public_unread = case when actor_type = :type and actor_id = :id then 0 else 1 end, "
    "public_last_read = case when actor_type = :type and actor_id = :id then :public_index else public_last_read end, "
    "public_last_read_at = case when actor_type = :type and actor_id = :id then :now else public_last_read_at end "
    "where conversation = :conversation";

constexpr auto kFindContext = "select in_public from {prefix}context "
                              "where conversation = :conversation and record_type = :type and record_id = :id";
constexpr auto kInsertContext =
    "insert into {prefix}context (conversation, record_type, record_id, in_public, all_activity_at, "
    "public_activity_at) values (:conversation, :type, :id, :in_public, :all_activity_at, :public_activity_at)";
constexpr auto kShowContext = "update {prefix}context set in_public = 1 "
                              "where conversation = :conversation and record_type = :type and record_id = :id";
constexpr auto kDeleteContext = "delete from {prefix}context "
                                "where conversation = :conversation and record_type = :type and record_id = :id";
constexpr auto kTouchContexts =
    "update {prefix}context set all_activity_at = :activity_at where conversation = :conversation";
constexpr auto kTouchContextsInPublic =
    "update {prefix}context set all_activity_at = :activity_at, public_activity_at = :public_activity_at "
    "where conversation = :conversation";

Parameters member_parameters(const Conversation &conversation) {
  return {{"name", conversation.name},
          {"name_key", folded(conversation.name)},
          {"status", std::string(domain::name_of(conversation.status))},
          {"owner_type", conversation.owner.type},
          {"owner_id", conversation.owner.id},
          {"unit", conversation.unit},
          {"customer_type", conversation.customer.type},
          {"customer_id", conversation.customer.id},
          {"customer_user_type", conversation.customer_user.type},
          {"customer_user_id", conversation.customer_user.id},
          {"source_type", conversation.source.type},
          {"source_id", conversation.source.id},
          {"version", conversation.version}};
}

/// Counts one more message in what an audience sees, where its number becomes `last_index`. The message's time there:
/// now, or the last time that this audience saw, where clocks disagree.
domain::Time count_message(Tally &tally, MessageType type, domain::Time now) {
  ++tally.last_index;
  tally.updated = std::max(tally.updated, now);
  if (type == MessageType::text) {
    ++tally.text_count;
    tally.last_text = tally.last_index;
    tally.last_text_at = tally.updated;
  }
  return tally.updated;
}

std::optional<std::int64_t> number_or_null(std::int64_t number) {
  return number == 0 ? std::nullopt : std::optional(number);
}

/// Longer ones are written at once: a statement for many is not to become huge.
constexpr std::size_t kMostLateWords = 16UL * 1024;

/// Leaves a message's words to the end of the transaction, where it has one that takes them: SQLite's index writes out
/// what it was given, and merges, at every savepoint.
bool leave_words(Writing writing, const Message &message, const std::string &words) {
  LateRows *late = writing.session.late_rows();
  if (late == nullptr || words.empty() || words.size() > kMostLateWords || words.find('\0') != std::string::npos) {
    return false;
  }
  std::string row = "[" + std::to_string(message.conversation) + "," + std::to_string(message.index) + ",";
  append_json_string(row, words);
  late->add(writing.dialect.update_each(
                "{prefix}message",
                writing.dialect.rows(
                    ":rows", {{"conversation", Kind::integer}, {"number", Kind::integer}, {"words", Kind::text, true}}),
                "r.conversation = w.conversation and r.all_index = w.number", {{"words", "w.words"}}),
            row + "]");
  return true;
}

Parameters key_of(domain::ConversationId conversation, const Reference &reference) {
  return {{"conversation", conversation}, {"type", reference.type}, {"id", reference.id}};
}

} // namespace

Result<Conversation> open_conversation(Writing writing, domain::ConversationId id, const domain::Scope &view,
                                       const domain::Scope &act, std::int64_t expected_version) {
  Builder builder(writing.dialect);
  const std::string wanted = builder.bind(id);
  const std::string may_act = scope_condition(act, Asked::of_one, builder);
  const std::string sql = "select " + conversation_columns().names + ", case when " + may_act +
                          " then 1 else 0 end from {prefix}conversation c where c.id = " + wanted + " and " +
                          scope_condition(view, Asked::of_one, builder) + writing.dialect.for_update();
  auto rows = writing.session.query(sql, conversation_columns().kinds + "i", builder.parameters());
  if (!rows.next()) {
    return not_found();
  }
  Conversation conversation = read_conversation(rows);
  if (rows.integer() == 0) {
    return forbidden();
  }
  if (expected_version != 0 && expected_version != conversation.version) {
    return stale(conversation.version);
  }
  return conversation;
}

void insert_conversation(Writing writing, Conversation &conversation, const std::string &name_words) {
  Parameters parameters = member_parameters(conversation);
  parameters.emplace_back("name_words", name_words);
  parameters.emplace_back("uid", conversation.uid);
  parameters.emplace_back("organization", conversation.organization);
  parameters.emplace_back("website", conversation.website);
  parameters.emplace_back("created_at", conversation.created);
  parameters.emplace_back("all_updated_at", conversation.all.updated);
  parameters.emplace_back("public_updated_at", conversation.open.updated);
  know(writing.session, writing.dialect,
       {conversation.owner, conversation.customer, conversation.customer_user, conversation.source});
  auto rows = writing.session.query(kInsertConversation, "i", parameters);
  rows.next();
  conversation.id = rows.integer();
}

void save_name_words(Writing writing, domain::ConversationId conversation, const std::string &name_words) {
  writing.session.execute(kUpdateNameWords, {{"name_words", name_words}, {"id", conversation}});
}

void save_tallies(Writing writing, const Conversation &conversation) {
  const Tally &all = conversation.all;
  const Tally &open = conversation.open;
  writing.session.execute(kUpdateTallies, {{"all_last_index", all.last_index},
                                           {"all_text_count", all.text_count},
                                           {"all_last_text", all.last_text},
                                           {"all_last_text_at", all.last_text_at},
                                           {"all_updated_at", all.updated},
                                           {"public_last_index", open.last_index},
                                           {"public_text_count", open.text_count},
                                           {"public_last_text", open.last_text},
                                           {"public_last_text_at", open.last_text_at},
                                           {"public_updated_at", open.updated},
                                           {"id", conversation.id}});
}

void save_edited(Writing writing, Conversation &conversation, bool open) {
  ++conversation.version;
  conversation.all.updated = std::max(conversation.all.updated, writing.doing.now);
  if (open) {
    conversation.open.updated = std::max(conversation.open.updated, writing.doing.now);
  }
  Parameters parameters = member_parameters(conversation);
  parameters.emplace_back("id", conversation.id);
  writing.session.execute(kUpdateMembers, parameters);
  save_tallies(writing, conversation);
}

void insert_message(Writing writing, Conversation &conversation, Message &message, const std::string &words) {
  message.conversation = conversation.id;
  message.created = count_message(conversation.all, message.type, writing.doing.now);
  message.index = conversation.all.last_index;
  message.public_index = 0;
  std::optional<std::int64_t> public_created;
  if (message.visibility == Visibility::everybody) {
    // Not message.created: an internal note that was later by another clock would show there.
    public_created = count_message(conversation.open, message.type, writing.doing.now);
    message.public_index = conversation.open.last_index;
  }
  if (message.type == MessageType::system) {
    know(writing.session, writing.dialect, {message.sender});
  } else if (message.posted_by != message.sender) { // the sender takes part
    know(writing.session, writing.dialect, {message.posted_by});
  }
  const domain::SystemNote note = message.note.value_or(domain::SystemNote{});
  writing.session.execute(
      kInsertMessage,
      {{"conversation", message.conversation},
       {"all_index", message.index},
       {"public_index", number_or_null(message.public_index)},
       {"sender_type", message.sender.type},
       {"sender_id", message.sender.id},
       {"posted_by_type", message.posted_by.type},
       {"posted_by_id", message.posted_by.id},
       {"type", std::string(domain::name_of(message.type))},
       {"visibility", std::string(domain::name_of(message.visibility))},
       {"body", message.body},
       {"words", leave_words(writing, message, words) ? std::string() : words},
       {"note_kind", note.kind},
       {"note_from", note.from},
       {"note_to", note.to},
       {"client_id", message.client_id.empty() ? std::nullopt : std::optional<std::string>(message.client_id)},
       {"all_created_at", message.created},
       {"public_created_at", public_created}});
}

Happening note(Writing writing, Conversation &conversation, Visibility visibility, const std::string &event,
               domain::SystemNote what, const Reference &sender) {
  Message message;
  message.sender = sender.none() ? writing.doing.actor : sender;
  message.posted_by = writing.doing.actor;
  message.type = MessageType::system;
  message.visibility = visibility;
  message.note = std::move(what);
  insert_message(writing, conversation, message, {});
  return {event, visibility, message.index, message.public_index, message.sender, {}};
}

Happening change_status(Writing writing, Conversation &conversation, domain::Status to, const std::string &transition,
                        const Reference &sender) {
  const std::string from_name(domain::name_of(conversation.status));
  const std::string to_name(domain::name_of(to));
  conversation.status = to;
  Happening happening = note(writing, conversation, Visibility::everybody, event_kind::kStatusChanged,
                             {"transition", from_name, to_name}, sender);
  happening.changes.push_back({"status", from_name, to_name});
  if (!transition.empty()) {
    happening.changes.push_back({"transition", "", transition});
  }
  return happening;
}

std::string take_part(Writing writing, domain::ConversationId conversation, const Reference &actor, bool in_public) {
  Parameters key = key_of(conversation, actor);
  std::string uid;
  bool shown = false;
  {
    auto rows = writing.session.query(kFindParticipant, "ti", key);
    if (rows.next()) {
      uid = rows.text();
      shown = rows.integer() != 0;
    }
  }
  if (uid.empty()) {
    uid = random_id();
    know(writing.session, writing.dialect, {actor});
    key.emplace_back("uid", uid);
    key.emplace_back("in_public", std::int64_t{in_public ? 1 : 0});
    writing.session.execute(kInsertParticipant, key);
  } else if (in_public && !shown) {
    writing.session.execute(kShowParticipant, key);
  }
  return uid;
}

void mark_after_text(Writing writing, const Conversation &conversation, const Message &message) {
  const bool open = message.visibility == Visibility::everybody;
  Parameters parameters = key_of(conversation.id, message.posted_by);
  parameters.emplace_back("at", conversation.all.last_text_at);
  parameters.emplace_back("index", message.index);
  parameters.emplace_back("now", writing.doing.now);
  if (open) {
    parameters.emplace_back("public_at", conversation.open.last_text_at);
    parameters.emplace_back("public_index", message.public_index);
  }
  writing.session.execute(open ? kMarkAfterText : kMarkAfterNote, parameters);
}

bool add_context(Writing writing, const Conversation &conversation, const Reference &record, bool in_public) {
  Parameters key = key_of(conversation.id, record);
  bool found = false;
  bool shown = false;
  {
    auto rows = writing.session.query(kFindContext, "i", key);
    found = rows.next();
    shown = found && rows.integer() != 0;
  }
  if (!found) {
    key.emplace_back("in_public", std::int64_t{in_public ? 1 : 0});
    key.emplace_back("all_activity_at", std::max(conversation.created, conversation.all.last_text_at));
    key.emplace_back("public_activity_at", std::max(conversation.created, conversation.open.last_text_at));
    writing.session.execute(kInsertContext, key);
    know(writing.session, writing.dialect, {record});
  } else if (in_public && !shown) {
    writing.session.execute(kShowContext, key);
  }
  return !found;
}

bool remove_context(Writing writing, domain::ConversationId conversation, const Reference &record) {
  return writing.session.execute(kDeleteContext, key_of(conversation, record)) > 0;
}

void touch_contexts(Writing writing, const Conversation &conversation, const Message &message) {
  // The last text message of each view is this one.
  Parameters parameters{{"activity_at", std::max(conversation.created, conversation.all.last_text_at)},
                        {"conversation", conversation.id}};
  const bool open = message.visibility == Visibility::everybody;
  if (open) {
    parameters.emplace_back("public_activity_at", std::max(conversation.created, conversation.open.last_text_at));
  }
  writing.session.execute(open ? kTouchContextsInPublic : kTouchContexts, parameters);
}

store::Appended add_text(Writing writing, Conversation &conversation, const store::NewMessage &message,
                         std::vector<Happening> &happenings) {
  store::Appended appended;
  Message &stored = appended.message;
  stored.sender = message.sender;
  stored.posted_by = writing.doing.actor;
  stored.type = MessageType::text;
  stored.visibility = message.visibility;
  stored.body = message.body;
  stored.client_id = message.client_id;
  insert_message(writing, conversation, stored, message.words);
  const bool open = message.visibility == Visibility::everybody;
  appended.participant_uid = take_part(writing, conversation.id, message.sender, open);
  add_context(writing, conversation, message.sender, open);
  mark_after_text(writing, conversation, stored);
  touch_contexts(writing, conversation, stored);
  happenings.push_back(
      {event_kind::kMessageAdded, message.visibility, stored.index, stored.public_index, stored.sender, {}});
  return appended;
}

} // namespace parley::adapters::sql
