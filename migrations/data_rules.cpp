#include "migrations/data_rules.hpp"

#include <algorithm>

namespace parley::migrations {
namespace {

using adapters::Database;

/// Rules with {side} in them hold for both audiences: for "all" and for "public".
constexpr auto kSide = "{side}";

/// What the databases say differently stands in the texts as
///   {greatest}         the function that takes the larger of two
///   {event_order}      a column that events of one conversation are ordered by, published or not
///   {json <column>}    "array", "object" or something else: what the column's text is
///   {unlike <a> <b>}   column a is not column b in small letters (those of ASCII)
struct Words {
  const char *greatest;
  const char *event_order;
  const char *json; ///< $1 stands for the column
  const char *unlike;
};

constexpr Words kSqliteWords{"max", "e.position", "case when json_valid($1) then json_type($1) else '' end",
                             "$1 <> lower($2)"};
constexpr Words kPostgresqlWords{"greatest", "e.id", "pg_temp.parley_json_type($1)", "$1 <> lower($2)"};
// MariaDB's lower() knows all letters: those beyond ASCII are compared without their case.
constexpr Words kMariadbWords{"greatest", "e.id", "case when json_valid($1) then lower(json_type($1)) else '' end",
                              "(lower($1) <> lower($2) or $1 regexp '(?-i)[A-Z]')"};

const Words &words_of(Database database) {
  switch (database) {
  case Database::sqlite:
    break;
  case Database::postgresql:
    return kPostgresqlWords;
  case Database::mariadb:
    return kMariadbWords;
  }
  return kSqliteWords;
}

// What every rule says of a reference: two columns, both empty or both set.
#define PARLEY_HALF(columns) "(" columns "_type = '') <> (" columns "_id = '')"
// Servers have events that were not published yet.
#define PARLEY_POSITION(column) "coalesce('' || " column ", 'none yet')"

// --- the file -----------------------------------------------------------------------------------------------------

const DataRule kFile[] = {
    {"file-integrity", "",
     "The database finds its own file whole: pages, indexes, unique keys, checks (pragma integrity_check).",
     "select 0, integrity_check from pragma_integrity_check(100) where integrity_check <> 'ok'"},
};

// --- what belongs to a conversation -------------------------------------------------------------------------------

const DataRule kOrphans[] = {
    {"message-orphans", "message", "Every message belongs to a conversation that is there.",
     "select m.conversation, 'message ' || m.all_index || ' belongs to no conversation' from {prefix}message m "
     "left join {prefix}conversation c on c.id = m.conversation where c.id is null"},
    {"participant-orphans", "participant", "Every participant belongs to a conversation that is there.",
     "select p.conversation, p.actor_type || '/' || p.actor_id || ' belongs to no conversation' "
     "from {prefix}participant p left join {prefix}conversation c on c.id = p.conversation where c.id is null"},
    {"context-orphans", "context", "Every context belongs to a conversation that is there.",
     "select x.conversation, x.record_type || '/' || x.record_id || ' belongs to no conversation' "
     "from {prefix}context x left join {prefix}conversation c on c.id = x.conversation where c.id is null"},
};

// --- conversation -------------------------------------------------------------------------------------------------

const DataRule kConversation[] = {
    {"conversation-references", "conversation", "A reference is a type and an id: both empty, or both set.",
     "select id, 'one of owner, customer, customer_user and source has only one half' from {prefix}conversation "
     "where " PARLEY_HALF("owner") " or " PARLEY_HALF("customer") " or " PARLEY_HALF(
         "customer_user") " or " PARLEY_HALF("source")},
    {"conversation-name-key", "conversation", "Lists sort by name_key: the name in small letters.",
     "select id, 'name_key is not the name in small letters' from {prefix}conversation "
     "where {unlike name_key name}"},
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
     "with counted as (select conversation, max({side}_index) as last_index, "
     "count(case when type = 'text' then 1 end) as text_count, "
     "max(case when type = 'text' then {side}_index end) as last_text from {prefix}message "
     "where {side}_index is not null group by conversation), "
     "expected as (select c.id, coalesce(n.last_index, 0) as last_index, coalesce(n.text_count, 0) as text_count, "
     "coalesce(n.last_text, 0) as last_text, coalesce(m.{side}_created_at, 0) as last_text_at from "
     "{prefix}conversation c "
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
     "with newest as (select conversation, max({side}_created_at) as newest_at from {prefix}message "
     "where {side}_index is not null group by conversation) "
     "select c.id, '{side}_updated_at is ' || c.{side}_updated_at || '; expected at least ' "
     "|| {greatest}(c.created_at, coalesce(n.newest_at, 0)) || ', and all_updated_at not before public_updated_at' "
     "from {prefix}conversation c left join newest n on n.conversation = c.id "
     "where c.{side}_updated_at < {greatest}(c.created_at, coalesce(n.newest_at, 0)) or c.all_updated_at < "
     "c.{side}_updated_at"},
    {"conversation-status", "conversation", "The status is the one that the last transition in the thread led to.",
     "with transition as (select conversation, note_to, row_number() over (partition by conversation "
     "order by all_index desc) as back from {prefix}message where type = 'system' and note_kind = 'transition') "
     "select c.id, 'the status is ' || c.status || '; expected ' || t.note_to from transition t "
     "join {prefix}conversation c on c.id = t.conversation where t.back = 1 and c.status <> t.note_to"},
    {"conversation-owner", "conversation", "The owner is the one that the last assignment in the thread names.",
     "with assignment as (select conversation, note_to, row_number() over (partition by conversation "
     "order by all_index desc) as back from {prefix}message where type = 'system' and note_kind = 'assigned') "
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
     "|| '; expected more than ' || previous from (select conversation, all_index, public_index, lag(public_index) "
     "over (partition by conversation order by all_index) as previous from {prefix}message "
     "where public_index is not null) t where public_index <= previous"},
    {"message-{side}-times", "message", "Times ({side}) do not run backwards while numbers rise.",
     "select conversation, 'message ' || all_index || ' was created at ' || {side}_created_at || '; expected at least "
     "' "
     "|| previous from (select conversation, all_index, {side}_created_at, lag({side}_created_at) over (partition by "
     "conversation order by {side}_index) as previous from {prefix}message where {side}_index is not null) t "
     "where {side}_created_at < previous"},
    {"message-visibility", "message", "The storefront sees transitions, and no assignments and changes of contexts.",
     "select conversation, 'message ' || all_index || ' (' || note_kind || ') is ' || visibility "
     "from {prefix}message where type = 'system' and visibility <> case note_kind when 'transition' then 'public' "
     "when 'assigned' then 'internal' when 'context-added' then 'internal' when 'context-removed' then 'internal' "
     "else visibility end"},
    {"message-transitions", "message", "A transition begins at the status where the one before it ended.",
     "select conversation, 'message ' || all_index || ' leads from ' || note_from || '; expected from ' || previous "
     "from (select conversation, all_index, note_from, lag(note_to) over (partition by conversation "
     "order by all_index) as previous from {prefix}message where type = 'system' and note_kind = 'transition') t "
     "where note_from <> previous"},
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
     "where p.{side}_unread <> case when c.{side}_last_text > p.{side}_last_read then 1 else 0 end "
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
     "|| x.{side}_activity_at || '; expected ' || {greatest}(c.created_at, c.{side}_last_text_at) from {prefix}context "
     "x "
     "join {prefix}conversation c on c.id = x.conversation "
     "where x.{side}_activity_at <> {greatest}(c.created_at, c.{side}_last_text_at)"},
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
     "from {prefix}record_label where {unlike title_key title}"},
};

// --- event --------------------------------------------------------------------------------------------------------

const DataRule kEvent[] =
    {
        {"event-feed", "event_feed", "There is one row that says where the feed stands.",
         "select 0, 'there are ' || n || ' rows; expected 1' from (select count(*) as n from {prefix}event_feed) t "
         "where n <> 1"},
        {"event-positions", "event", "Positions run from the purge floor to the last one without gap.",
         "select coalesce(conversation, 0), 'position ' || position || ' follows ' || previous from (select "
         "e.position, "
         "e.conversation, coalesce(lag(e.position) over (order by e.position), f.purged_to) as previous "
         "from {prefix}event e cross join {prefix}event_feed f where e.position is not null) t "
         "where position <> previous + 1 "
         "union all select 0, 'the feed ends at position ' || last_position || '; expected ' || newest "
         "from (select f.last_position, coalesce((select max(position) from {prefix}event), f.purged_to) as newest "
         "from {prefix}event_feed f) t where last_position <> newest"},
        {"event-references", "event",
         "A reference is a type and an id: both empty, or both set. The actor of jobs has no id.",
         "select coalesce(conversation, 0), 'one of actor, owner, customer and customer_user at position ' "
         "|| " PARLEY_POSITION("position") " || ' has only one half' from {prefix}event where (" PARLEY_HALF("actor") " and not (actor_type = 'system' and actor_id = '')) or " PARLEY_HALF(
             "owner") " or " PARLEY_HALF("customer") " or " PARLEY_HALF("customer_user")},
        {"event-documents", "event", "Participants are a JSON array, and data is a JSON object.",
         "select coalesce(conversation, 0), 'participants or data at position ' || " PARLEY_POSITION(
             "position") " || ' are not' from {prefix}event where {json participants} <> 'array' "
                         "or {json data} <> 'object'"},
        {"event-beginnings", "event", "The first event of a conversation is its creation, unless that was purged.",
         "select t.id, 'its first event is ' || coalesce(beginning, 'missing') || '; expected created' from (select "
         "c.id, "
         "(select e.kind from {prefix}event e where e.conversation = c.id order by {event_order} limit 1) as beginning "
         "from {prefix}conversation c) t cross join {prefix}event_feed f "
         "where f.purged_to = 0 and coalesce(beginning, '') <> 'created'"},
        {"event-endings", "event", "Events tell of a conversation that is there, or end with its deletion.",
         "select e.conversation, case when c.id is null then 'it is gone, and no event says so' "
         "when e.deletions > 0 then 'it was deleted, and is there' else 'an event has another uid than it' end "
         "from (select conversation, min(conversation_uid) as uid, max(conversation_uid) as another, "
         "count(case when kind = 'deleted' then 1 end) as deletions "
         "from {prefix}event where conversation is not null group by conversation) e "
         "left join {prefix}conversation c on c.id = e.conversation where e.uid <> e.another "
         "or (c.id is null and e.deletions = 0) or (c.id is not null and (e.deletions > 0 or c.uid <> e.uid))"},
        {"event-messages", "event", "Every message has one event, unless that was purged.",
         "select c.id, case when t.lowest is null then 'no message has an event' else t.n || ' events tell of messages "
         "' "
         "|| t.lowest || ' to ' || t.highest end || '; expected one for each up to ' || c.all_last_index "
         "from {prefix}conversation c cross join {prefix}event_feed f left join (select conversation, count(*) as n, "
         "count(distinct all_index) as different, min(all_index) as lowest, max(all_index) as highest from "
         "{prefix}event "
         "where conversation is not null and all_index is not null group by conversation) t on t.conversation = c.id "
         "where case when t.lowest is null then f.purged_to = 0 and c.all_last_index > 0 "
         "else t.highest <> c.all_last_index or t.n <> t.different or t.n <> t.highest - t.lowest + 1 "
         "or (f.purged_to = 0 and t.lowest <> 1) end"},
        {"event-visibility", "event",
         "An event of a message is seen where the message is seen, under the same numbers.",
         "select e.conversation, 'at position ' || " PARLEY_POSITION(
             "e.position") " || ' message ' || e.all_index || ' is ' "
                           "|| e.visibility || ' with public number ' || coalesce('' || e.public_index, 'none') || '; "
                           "expected ' "
                           "|| m.visibility || ', ' || coalesce('' || m.public_index, 'none') from {prefix}event e "
                           "join "
                           "{prefix}message m "
                           "on m.conversation = e.conversation and m.all_index = e.all_index "
                           "where coalesce(e.public_index, 0) <> coalesce(m.public_index, 0) or e.visibility <> "
                           "m.visibility"},
};

// --- workflow_state -----------------------------------------------------------------------------------------------

const DataRule kWorkflow[] = {
    {"workflow-references", "workflow_state", "A reference is a type and an id: both empty, or both set.",
     "select 0, 'who changed ' || name || ' has only one half' from {prefix}workflow_state "
     "where " PARLEY_HALF("changed_by")},
};

// --- ids of servers -----------------------------------------------------------------------------------------------

// On servers events have an id beside their position. What a sequence gives next may be hidden from the role: then it
// is null, and nobody is to blame.
const DataRule kServer[] = {
    {"event-order", "event", "Positions of a conversation's events rise with their ids; those without one come last.",
     "select conversation, 'event ' || id || ' has the position ' || " PARLEY_POSITION(
         "position") " || ', and the one before it ' || " PARLEY_POSITION("previous") " from (select conversation, id, "
                                                                                      "position, lag(position) over "
                                                                                      "(partition by conversation "
                                                                                      "order by id) as previous, "
                                                                                      "lag(id) over (partition by "
                                                                                      "conversation order by id) as "
                                                                                      "preceding from {prefix}event "
                                                                                      "where conversation is not null) "
                                                                                      "t "
                                                                                      "where preceding is not null and "
                                                                                      "(position <= previous or "
                                                                                      "(position is not null and "
                                                                                      "previous is null))"},
};

const DataRule kPostgresqlIds[] = {
    {"conversation-ids", "conversation", "An id that was given is never given again.",
     "select 0, 'the next id follows ' || given || ', and ' || highest || ' was given' from (select "
     "pg_sequence_last_value(pg_get_serial_sequence(quote_ident('{prefix}conversation'), 'id')::regclass) as given, "
     "greatest((select max(id) from {prefix}conversation), (select max(conversation) from {prefix}event)) as highest) "
     "t where given < highest"},
};

const DataRule kMariadbIds[] = {
    {"conversation-ids", "conversation", "An id that was given is never given again.",
     "select 0, 'the next id is ' || following || ', and ' || highest || ' was given' from (select (select "
     "auto_increment from information_schema.tables where table_schema = database() "
     "and table_name = '{prefix}conversation') as following, greatest((select coalesce(max(id), 0) "
     "from {prefix}conversation), (select coalesce(max(conversation), 0) from {prefix}event)) as highest) t "
     "where following <= highest"},
};

const DataRule kSqliteIds[] = {
    {"conversation-ids", "conversation", "An id that was given is never given again.",
     "select 0, 'the next id follows ' || given || ', and ' || highest || ' was given' from (select coalesce((select "
     "seq from sqlite_sequence where name = '{prefix}conversation'), 0) as given, max(coalesce((select max(id) "
     "from {prefix}conversation), 0), coalesce((select max(conversation) from {prefix}event), 0)) as highest) t "
     "where given < highest"},
};

#undef PARLEY_HALF
#undef PARLEY_POSITION

std::string replaced(std::string text, const std::string &mark, const std::string &with) {
  for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + with.size())) {
    text.replace(at, mark.size(), with);
  }
  return text;
}

std::string on_side(const std::string &text, const std::string &side) {
  return replaced(text, kSide, side);
}

/// `text` with every {name a b} replaced by `pattern`, in which $1 stands for a and $2 for b.
std::string with_arguments(std::string text, const std::string &name, const std::string &pattern) {
  const std::string begin = "{" + name + " ";
  for (auto at = text.find(begin); at != std::string::npos; at = text.find(begin, at)) {
    const auto end = text.find('}', at);
    const std::string arguments = text.substr(at + begin.size(), end - at - begin.size());
    const auto blank = arguments.find(' ');
    std::string filled = replaced(pattern, "$1", arguments.substr(0, blank));
    if (blank != std::string::npos) {
      filled = replaced(filled, "$2", arguments.substr(blank + 1));
    }
    text.replace(at, end + 1 - at, filled);
  }
  return text;
}

std::string in_words_of(Database database, std::string text) {
  const Words &words = words_of(database);
  text = replaced(std::move(text), "{greatest}", words.greatest);
  text = replaced(std::move(text), "{event_order}", words.event_order);
  text = with_arguments(std::move(text), "json", words.json);
  return with_arguments(std::move(text), "unlike", words.unlike);
}

template <std::size_t count>
void add(std::vector<DataRule> &rules, Database database, const DataRule (&table)[count]) {
  for (const DataRule &rule : table) {
    const std::string offenders = in_words_of(database, rule.offenders);
    if (rule.name.find(kSide) == std::string::npos) {
      rules.push_back({rule.name, rule.table, rule.sentence, offenders});
      continue;
    }
    for (const std::string side : {"all", "public"}) {
      rules.push_back({on_side(rule.name, side), rule.table, on_side(rule.sentence, side), on_side(offenders, side)});
    }
  }
}

} // namespace

std::vector<DataRule> data_rules(Database database) {
  std::vector<DataRule> all;
  if (database == Database::sqlite) {
    add(all, database, kFile);
  }
  add(all, database, kOrphans);
  add(all, database, kConversation);
  add(all, database, kMessage);
  add(all, database, kParticipant);
  add(all, database, kContext);
  add(all, database, kLabel);
  add(all, database, kEvent);
  add(all, database, kWorkflow);
  switch (database) {
  case Database::sqlite:
    add(all, database, kSqliteIds);
    break;
  case Database::postgresql:
    add(all, database, kServer);
    add(all, database, kPostgresqlIds);
    break;
  case Database::mariadb:
    add(all, database, kServer);
    add(all, database, kMariadbIds);
    break;
  }
  return all;
}

} // namespace parley::migrations
