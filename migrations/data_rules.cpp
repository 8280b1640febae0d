#include "migrations/data_rules.hpp"

#include <algorithm>

namespace parley::migrations {
namespace {

/// Rules with {side} in them hold for both audiences: for "all" and for "public".
constexpr auto kSide = "{side}";

// What every rule says of a reference: two columns, both empty or both set.
#define PARLEY_HALF(columns) "(" columns "_type = '') <> (" columns "_id = '')"

// --- the file -----------------------------------------------------------------------------------------------------

const DataRule kFile[] = {
    {"file-integrity", "",
     "The database finds its own file whole: pages, indexes, unique keys, checks (pragma integrity_check).",
     "select 0, integrity_check from pragma_integrity_check(100) where integrity_check <> 'ok'"},
    {"message-orphans", "message", "Every message belongs to a conversation that is there.",
     "select m.conversation, 'message ' || m.all_index || ' belongs to no conversation' "
     "from pragma_foreign_key_check('{prefix}message') f join {prefix}message m on m.id = f.rowid"},
    {"participant-orphans", "participant", "Every participant belongs to a conversation that is there.",
     "select p.conversation, p.actor_type || '/' || p.actor_id || ' belongs to no conversation' "
     "from pragma_foreign_key_check('{prefix}participant') f join {prefix}participant p on p.id = f.rowid"},
    {"context-orphans", "context", "Every context belongs to a conversation that is there.",
     "select x.conversation, x.record_type || '/' || x.record_id || ' belongs to no conversation' "
     "from pragma_foreign_key_check('{prefix}context') f join {prefix}context x on x.id = f.rowid"},
};

// --- conversation -------------------------------------------------------------------------------------------------

const DataRule kConversation[] = {
    {"conversation-references", "conversation", "A reference is a type and an id: both empty, or both set.",
     "select id, 'one of owner, customer, customer_user and source has only one half' from {prefix}conversation "
     "where " PARLEY_HALF("owner") " or " PARLEY_HALF("customer") " or " PARLEY_HALF(
         "customer_user") " or " PARLEY_HALF("source")},
    {"conversation-name-key", "conversation", "Lists sort by name_key: the name in small letters.",
     "select id, 'name_key is not the name in small letters' from {prefix}conversation "
     "where name_key <> lower(name)"},
    {"conversation-sort-keys", "conversation",
     "Lists sort by owner, customer and customer user: by the sort keys of their labels, empty where there is no "
     "label.",
     "select c.id, case when c.owner_key <> coalesce(o.sort_key, '') then 'owner_key' "
     "when c.customer_key <> coalesce(k.sort_key, '') then 'customer_key' else 'customer_user_key' end "
     "|| ' is not the sort key of the label' from {prefix}conversation c "
     "left join {prefix}record_label o on o.record_type = c.owner_type and o.record_id = c.owner_id "
     "left join {prefix}record_label k on k.record_type = c.customer_type and k.record_id = c.customer_id "
     "left join {prefix}record_label u on u.record_type = c.customer_user_type and u.record_id = c.customer_user_id "
     "where c.owner_key <> coalesce(o.sort_key, '') or c.customer_key <> coalesce(k.sort_key, '') "
     "or c.customer_user_key <> coalesce(u.sort_key, '')"},
    {"conversation-{side}-tally", "conversation",
     "Last number, count of text messages, last text message and its time ({side}) agree with the messages.",
     "with counted as (select conversation, max({side}_index) last_index, sum(type = 'text') text_count, "
     "max(case when type = 'text' then {side}_index end) last_text from {prefix}message "
     "where {side}_index is not null group by conversation), "
     "expected as (select c.id, coalesce(n.last_index, 0) last_index, coalesce(n.text_count, 0) text_count, "
     "coalesce(n.last_text, 0) last_text, coalesce(m.{side}_created_at, 0) last_text_at from {prefix}conversation c "
     "left join counted n on n.conversation = c.id "
     "left join {prefix}message m on m.conversation = c.id and m.{side}_index = n.last_text) "
     "select c.id, '{side}_last_index, _text_count, _last_text, _last_text_at are ' || c.{side}_last_index || ', ' "
     "|| c.{side}_text_count || ', ' || c.{side}_last_text || ', ' || c.{side}_last_text_at || '; expected ' "
     "|| e.last_index || ', ' || e.text_count || ', ' || e.last_text || ', ' || e.last_text_at "
     "from {prefix}conversation c join expected e on e.id = c.id where c.{side}_last_index <> e.last_index "
     "or c.{side}_text_count <> e.text_count or c.{side}_last_text <> e.last_text "
     "or c.{side}_last_text_at <> e.last_text_at"},
    {"conversation-{side}-times", "conversation",
     "The last change ({side}) is not before the beginning, nor before a message that is seen there; the back office "
     "sees every change.",
     "with newest as (select conversation, max({side}_created_at) at from {prefix}message where {side}_index is not "
     "null "
     "group by conversation) "
     "select c.id, '{side}_updated_at is ' || c.{side}_updated_at || '; expected at least ' "
     "|| max(c.created_at, coalesce(n.at, 0)) || ', and all_updated_at not before public_updated_at' "
     "from {prefix}conversation c left join newest n on n.conversation = c.id "
     "where c.{side}_updated_at < max(c.created_at, coalesce(n.at, 0)) or c.all_updated_at < c.{side}_updated_at"},
    {"conversation-status", "conversation", "The status is the one that the last transition in the thread led to.",
     "with transition as (select conversation, note_to, row_number() over (partition by conversation "
     "order by all_index desc) back from {prefix}message where type = 'system' and note_kind = 'transition') "
     "select c.id, 'the status is ' || c.status || '; expected ' || t.note_to from transition t "
     "join {prefix}conversation c on c.id = t.conversation where t.back = 1 and c.status <> t.note_to"},
    {"conversation-owner", "conversation", "The owner is the one that the last assignment in the thread names.",
     "with assignment as (select conversation, note_to, row_number() over (partition by conversation "
     "order by all_index desc) back from {prefix}message where type = 'system' and note_kind = 'assigned') "
     "select c.id, 'the owner is ' || c.owner_type || '/' || c.owner_id || '; expected ' || a.note_to "
     "from assignment a join {prefix}conversation c on c.id = a.conversation where a.back = 1 "
     "and a.note_to <> case when c.owner_type = '' then '' else c.owner_type || '/' || c.owner_id end"},
    {"conversation-first-owner", "conversation", "An owner who was never replaced takes part.",
     "select c.id, c.owner_type || '/' || c.owner_id || ' is no participant' from {prefix}conversation c "
     "left join {prefix}participant p on p.conversation = c.id and p.actor_type = c.owner_type "
     "and p.actor_id = c.owner_id where c.owner_type <> '' and p.id is null and not exists (select 1 "
     "from {prefix}message m where m.conversation = c.id and m.type = 'system' and m.note_kind = 'assigned')"},
};

// --- message ------------------------------------------------------------------------------------------------------

const DataRule kMessage[] = {
    {"message-{side}-numbers", "message",
     "The numbers ({side}) of a conversation's messages are 1, 2, 3 ... without gap.",
     "select conversation, count(*) || ' messages have numbers from ' || min({side}_index) || ' to ' "
     "|| max({side}_index) || '; expected 1 to ' || count(*) from {prefix}message where {side}_index is not null "
     "group by conversation having min({side}_index) <> 1 or max({side}_index) <> count(*)"},
    {"message-order", "message", "Public numbers rise with the others.",
     "select conversation, 'message ' || all_index || ' has the public number ' || public_index "
     "|| '; expected more than ' || before from (select conversation, all_index, public_index, lag(public_index) "
     "over (partition by conversation order by all_index) before from {prefix}message "
     "where public_index is not null) where public_index <= before"},
    {"message-{side}-times", "message", "Times ({side}) do not run backwards while numbers rise.",
     "select conversation, 'message ' || all_index || ' was created at ' || {side}_created_at || '; expected at least "
     "' "
     "|| before from (select conversation, all_index, {side}_created_at, lag({side}_created_at) over (partition by "
     "conversation order by {side}_index) before from {prefix}message where {side}_index is not null) "
     "where {side}_created_at < before"},
    {"message-visibility", "message", "The storefront sees transitions, and no assignments and changes of contexts.",
     "select conversation, 'message ' || all_index || ' (' || note_kind || ') is ' || visibility "
     "from {prefix}message where type = 'system' and visibility <> case note_kind when 'transition' then 'public' "
     "when 'assigned' then 'internal' when 'context-added' then 'internal' when 'context-removed' then 'internal' "
     "else visibility end"},
    {"message-transitions", "message", "A transition begins at the status where the one before it ended.",
     "select conversation, 'message ' || all_index || ' leads from ' || note_from || '; expected from ' || before "
     "from (select conversation, all_index, note_from, lag(note_to) over (partition by conversation "
     "order by all_index) before from {prefix}message where type = 'system' and note_kind = 'transition') "
     "where note_from <> before"},
    {"message-sender", "message",
     "The sender of a text message takes part; of a public one, so that the storefront sees it.",
     "select m.conversation, 'the sender of message ' || m.all_index || ', ' || m.sender_type || '/' || m.sender_id "
     "|| case when p.id is null then ', takes no part' else ', takes part for the back office alone' end "
     "from {prefix}message m left join {prefix}participant p on p.conversation = m.conversation "
     "and p.actor_type = m.sender_type and p.actor_id = m.sender_id where m.type = 'text' "
     "and (p.id is null or (p.in_public = 0 and m.visibility = 'public'))"},
};

// --- participant --------------------------------------------------------------------------------------------------

const DataRule kParticipant[] = {
    {"participant-{side}-marks", "participant",
     "A read mark ({side}) is a number that was given, or 0; one that was set has a time.",
     "select p.conversation, p.actor_type || '/' || p.actor_id || ' has read to ' || p.{side}_last_read || ' at ' "
     "|| p.{side}_last_read_at || '; expected 0 to ' || c.{side}_last_index from {prefix}participant p "
     "join {prefix}conversation c on c.id = p.conversation where p.{side}_last_read not between 0 "
     "and c.{side}_last_index or (p.{side}_last_read > 0 and p.{side}_last_read_at <= 0)"},
    // Who takes part by notes alone has no public mark that anybody looks at: its flag may rest until that changes.
    {"participant-{side}-unread", "participant",
     "A participant has something unread ({side}) while there is a text message behind its mark.",
     "select p.conversation, p.actor_type || '/' || p.actor_id || ' has {side}_unread ' || p.{side}_unread "
     "|| ', has read to ' || p.{side}_last_read || ', and the last text message is ' || c.{side}_last_text "
     "from {prefix}participant p join {prefix}conversation c on c.id = p.conversation "
     "where p.{side}_unread <> (c.{side}_last_text > p.{side}_last_read) "
     "and not ('{side}' = 'public' and p.in_public = 0 and p.public_unread = 0)"},
    {"participant-{side}-order", "participant",
     "What one has unread is found by the time of the conversation's last text message ({side}).",
     "select p.conversation, p.actor_type || '/' || p.actor_id || ' has {side}_last_text_at ' || p.{side}_last_text_at "
     "|| '; expected ' || c.{side}_last_text_at from {prefix}participant p join {prefix}conversation c "
     "on c.id = p.conversation where p.{side}_last_text_at <> c.{side}_last_text_at"},
    {"participant-in-public", "participant", "Who takes part for the back office alone has written an internal note.",
     "select p.conversation, p.actor_type || '/' || p.actor_id || ' has written none' from {prefix}participant p "
     "where p.in_public = 0 and not exists (select 1 from {prefix}message m where m.conversation = p.conversation "
     "and m.sender_type = p.actor_type and m.sender_id = p.actor_id and m.type = 'text' "
     "and m.visibility = 'internal')"},
};

// --- context ------------------------------------------------------------------------------------------------------

const DataRule kContext[] = {
    {"context-{side}-activity", "context",
     "The last activity ({side}) is the last text message, or the beginning of the conversation.",
     "select x.conversation, x.record_type || '/' || x.record_id || ' has {side}_activity_at ' "
     "|| x.{side}_activity_at || '; expected ' || max(c.created_at, c.{side}_last_text_at) from {prefix}context x "
     "join {prefix}conversation c on c.id = x.conversation "
     "where x.{side}_activity_at <> max(c.created_at, c.{side}_last_text_at)"},
    {"context-in-public", "context",
     "A context for the back office alone is somebody who has written an internal note.",
     "select x.conversation, x.record_type || '/' || x.record_id || ' has written none' from {prefix}context x "
     "where x.in_public = 0 and not exists (select 1 from {prefix}message m where m.conversation = x.conversation "
     "and m.sender_type = x.record_type and m.sender_id = x.record_id and m.type = 'text' "
     "and m.visibility = 'internal')"},
};

// --- record_label -------------------------------------------------------------------------------------------------

// That there is a label for everything that is named is no rule: what the host does not know has none.
const DataRule kLabel[] = {
    {"label-references", "record_label", "A reference is a type and an id: both empty, or both set.",
     "select 0, 'unit or customer of ' || record_type || '/' || record_id || ' has only one half' "
     "from {prefix}record_label where " PARLEY_HALF("unit") " or " PARLEY_HALF("customer")},
    {"label-title-key", "record_label", "Searches use title_key: the title in small letters.",
     "select 0, 'title_key of ' || record_type || '/' || record_id || ' is not its title in small letters' "
     "from {prefix}record_label where title_key <> lower(title)"},
};

// --- event --------------------------------------------------------------------------------------------------------

const DataRule kEvent[] = {
    {"event-feed", "event_feed", "There is one row that says where the feed stands.",
     "select 0, 'there are ' || n || ' rows; expected 1' from (select count(*) n from {prefix}event_feed) "
     "where n <> 1"},
    {"event-positions", "event", "Positions run from the purge floor to the last one without gap.",
     "select coalesce(conversation, 0), 'position ' || position || ' follows ' || before from (select e.position, "
     "e.conversation, coalesce(lag(e.position) over (order by e.position), f.purged_to) before from {prefix}event e, "
     "{prefix}event_feed f) where position <> before + 1 "
     "union all select 0, 'the feed ends at position ' || last_position || '; expected ' || newest "
     "from (select f.last_position, coalesce((select max(position) from {prefix}event), f.purged_to) newest "
     "from {prefix}event_feed f) where last_position <> newest"},
    {"event-references", "event", "A reference is a type and an id: both empty, or both set.",
     "select coalesce(conversation, 0), 'one of actor, owner, customer and customer_user at position ' || position "
     "|| ' has only one half' from {prefix}event where " PARLEY_HALF("actor") " or " PARLEY_HALF(
         "owner") " or " PARLEY_HALF("customer") " or " PARLEY_HALF("customer_user")},
    {"event-documents", "event", "Participants are a JSON array, and data is a JSON object.",
     "select coalesce(conversation, 0), 'participants or data at position ' || position || ' are not' "
     "from {prefix}event where case when json_valid(participants) then json_type(participants) end is not 'array' "
     "or case when json_valid(data) then json_type(data) end is not 'object'"},
    {"event-beginnings", "event", "The first event of a conversation is its creation, unless that was purged.",
     "select c.id, 'its first event is ' || coalesce(first, 'missing') || '; expected created' from (select c.id, "
     "(select e.kind from {prefix}event e where e.conversation = c.id order by e.position limit 1) first "
     "from {prefix}conversation c) c, {prefix}event_feed f where f.purged_to = 0 and first is not 'created'"},
    {"event-endings", "event", "Events tell of a conversation that is there, or end with its deletion.",
     "select e.conversation, case when c.id is null then 'it is gone, and no event says so' "
     "when e.deleted then 'it was deleted, and is there' else 'an event has another uid than it' end "
     "from (select conversation, min(conversation_uid) uid, max(conversation_uid) other, max(kind = 'deleted') deleted "
     "from {prefix}event where conversation is not null group by conversation) e "
     "left join {prefix}conversation c on c.id = e.conversation "
     "where e.uid <> e.other or (c.id is null and not e.deleted) or (c.id is not null and (e.deleted or c.uid <> "
     "e.uid))"},
    {"event-messages", "event", "Every message has one event, unless that was purged.",
     "select c.id, case when t.first is null then 'no message has an event' else t.n || ' events tell of messages ' "
     "|| t.first || ' to ' || t.last end || '; expected one for each up to ' || c.all_last_index "
     "from {prefix}conversation c join {prefix}event_feed f left join (select conversation, count(*) n, "
     "count(distinct all_index) different, min(all_index) first, max(all_index) last from {prefix}event "
     "where conversation is not null and all_index is not null group by conversation) t on t.conversation = c.id "
     "where case when t.first is null then f.purged_to = 0 and c.all_last_index > 0 "
     "else t.last <> c.all_last_index or t.n <> t.different or t.n <> t.last - t.first + 1 "
     "or (f.purged_to = 0 and t.first <> 1) end"},
    {"event-visibility", "event", "An event of a message is seen where the message is seen, under the same numbers.",
     "select e.conversation, 'at position ' || e.position || ' message ' || e.all_index || ' is ' || e.visibility "
     "|| ' with public number ' || coalesce(e.public_index, 'none') || '; expected ' || m.visibility || ', ' "
     "|| coalesce(m.public_index, 'none') from {prefix}event e join {prefix}message m "
     "on m.conversation = e.conversation and m.all_index = e.all_index "
     "where e.public_index is not m.public_index or e.visibility <> m.visibility"},
};

// --- workflow_state -----------------------------------------------------------------------------------------------

const DataRule kWorkflow[] = {
    {"workflow-references", "workflow_state", "A reference is a type and an id: both empty, or both set.",
     "select 0, 'who changed ' || name || ' has only one half' from {prefix}workflow_state "
     "where " PARLEY_HALF("changed_by")},
};

#undef PARLEY_HALF

std::string on_side(std::string text, const std::string &side) {
  const std::string mark = kSide;
  for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) {
    text.replace(at, mark.size(), side);
  }
  return text;
}

template <std::size_t count>
void add(std::vector<DataRule> &rules, const DataRule (&table)[count]) {
  for (const DataRule &rule : table) {
    if (rule.name.find(kSide) == std::string::npos) {
      rules.push_back(rule);
      continue;
    }
    for (const std::string side : {"all", "public"}) {
      rules.push_back(
          {on_side(rule.name, side), rule.table, on_side(rule.sentence, side), on_side(rule.offenders, side)});
    }
  }
}

} // namespace

const std::vector<DataRule> &data_rules() {
  static const std::vector<DataRule> rules = [] {
    std::vector<DataRule> all;
    add(all, kFile);
    add(all, kConversation);
    add(all, kMessage);
    add(all, kParticipant);
    add(all, kContext);
    add(all, kLabel);
    add(all, kEvent);
    add(all, kWorkflow);
    return all;
  }();
  return rules;
}

} // namespace parley::migrations
