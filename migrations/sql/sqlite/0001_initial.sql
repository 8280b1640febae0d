-- Conversations, who takes part in them, where they appear, and what happened.
--
-- Read this before you query these tables:
--   {prefix} stands for the table prefix. Every statement ends with a semicolon at the end of a line.
--   Times are microseconds since 1970-01-01 UTC. 0 stands for "never".
--   Records and actors of the host are two columns, *_type and *_id; both empty: none. They are never foreign keys.
--   What both audiences see is kept twice: all_* for the back office, public_* for the storefront, so that an internal
--   note leaves no trace outside. Message numbers run 1, 2, 3 ... without a gap in each of the two.
--   *_key holds what lists sort by: a name in small letters, or the sort key of a record's label.

-- The steps that were taken. The checksum is that of the file that a step was built from.
create table {prefix}schema_version (
  number integer primary key check (number >= 1),
  name text not null,
  checksum text not null,
  applied_at integer not null
);

create table {prefix}conversation (
  -- Never used again after a deletion: events outlive the conversation that they tell of.
  id integer primary key autoincrement,
  uid text not null check (length(uid) between 1 and 64),
  organization text not null default '' check (length(cast(organization as blob)) <= 64),
  website text not null default '' check (length(cast(website as blob)) <= 64),
  name text not null check (length(name) between 1 and 255),
  name_key text not null,
  -- What search finds the name by: index tokens, with a space between them.
  name_words text not null default '',
  status text not null check (status in ('active', 'inactive', 'closed')),
  owner_type text not null default '' check (length(cast(owner_type as blob)) <= 64),
  owner_id text not null default '' check (length(cast(owner_id as blob)) <= 64),
  owner_key text not null default '',
  unit text not null default '' check (length(cast(unit as blob)) <= 64),
  customer_type text not null default '' check (length(cast(customer_type as blob)) <= 64),
  customer_id text not null default '' check (length(cast(customer_id as blob)) <= 64),
  customer_key text not null default '',
  customer_user_type text not null default '' check (length(cast(customer_user_type as blob)) <= 64),
  customer_user_id text not null default '' check (length(cast(customer_user_id as blob)) <= 64),
  customer_user_key text not null default '',
  source_type text not null default '' check (length(cast(source_type as blob)) <= 64),
  source_id text not null default '' check (length(cast(source_id as blob)) <= 64),
  created_at integer not null,
  -- Counts edits of the members above, not messages.
  version integer not null default 1 check (version >= 1),
  all_last_index integer not null default 0 check (all_last_index >= 0),
  all_text_count integer not null default 0 check (all_text_count between 0 and all_last_index),
  all_last_text integer not null default 0 check (all_last_text between 0 and all_last_index),
  all_last_text_at integer not null default 0,
  all_updated_at integer not null default 0,
  public_last_index integer not null default 0 check (public_last_index between 0 and all_last_index),
  public_text_count integer not null default 0
    check (public_text_count between 0 and public_last_index and public_text_count <= all_text_count),
  public_last_text integer not null default 0 check (public_last_text between 0 and public_last_index),
  public_last_text_at integer not null default 0,
  public_updated_at integer not null default 0,
  unique (uid),
  check ((owner_type = '') = (owner_id = '')),
  check ((customer_type = '') = (customer_id = '')),
  check ((customer_user_type = '') = (customer_user_id = '')),
  check ((source_type = '') = (source_id = '')),
  check ((all_text_count = 0) = (all_last_text = 0)),
  check ((public_text_count = 0) = (public_last_text = 0))
);

-- The order of lists when nothing else is asked for: last message first. The newest of each scope are ranges of an index of
-- their own: of an organization, of a unit or of an owner for the back office; of a customer or of a customer user for
-- the storefront. (Where an actor takes part: participant.) They serve filters and look-ups by these columns as well.
create index {prefix}conversation_all_last_text_at on {prefix}conversation (all_last_text_at, id);
create index {prefix}conversation_public_last_text_at on {prefix}conversation (public_last_text_at, id);
create index {prefix}conversation_organization on {prefix}conversation (organization, all_last_text_at, id);
create index {prefix}conversation_unit on {prefix}conversation (unit, all_last_text_at, id);
create index {prefix}conversation_owner on {prefix}conversation (owner_id, owner_type, all_last_text_at, id);
create index {prefix}conversation_customer on {prefix}conversation (customer_id, public_last_text_at, id);
create index {prefix}conversation_customer_user
  on {prefix}conversation (customer_user_id, customer_user_type, public_last_text_at, id);

-- The other orders of lists; the id decides last, and is the primary key where it decides alone.
create index {prefix}conversation_name_key on {prefix}conversation (name_key, id);
create index {prefix}conversation_status on {prefix}conversation (status, id);
create index {prefix}conversation_created_at on {prefix}conversation (created_at, id);
create index {prefix}conversation_all_updated_at on {prefix}conversation (all_updated_at, id);
create index {prefix}conversation_public_updated_at on {prefix}conversation (public_updated_at, id);
create index {prefix}conversation_all_text_count on {prefix}conversation (all_text_count, id);
create index {prefix}conversation_public_text_count on {prefix}conversation (public_text_count, id);
create index {prefix}conversation_owner_key on {prefix}conversation (owner_key, id);
create index {prefix}conversation_customer_key on {prefix}conversation (customer_key, id);
create index {prefix}conversation_customer_user_key on {prefix}conversation (customer_user_key, id);

-- Those that began at a record.
create index {prefix}conversation_source on {prefix}conversation (source_id, source_type);

-- Active ones that nobody writes in, longest silent first, where their settings are the same. Said by what they are not,
-- so that the database does not take the index of statuses instead, and sort.
create index {prefix}conversation_idle on {prefix}conversation
  (organization, website, max(created_at, all_last_text_at), id) where status not in ('inactive', 'closed');

create table {prefix}message (
  id integer primary key,
  conversation integer not null references {prefix}conversation (id) on delete cascade,
  all_index integer not null check (all_index >= 1),
  -- Null: internal, the storefront must not know of it.
  public_index integer check (public_index between 1 and all_index),
  -- Whose words; and who typed them, which is always kept.
  -- "system" without an id: a job.
  sender_type text not null check (length(cast(sender_type as blob)) between 1 and 64),
  sender_id text not null check (length(cast(sender_id as blob)) <= 64),
  posted_by_type text not null check (length(cast(posted_by_type as blob)) between 1 and 64),
  posted_by_id text not null check (length(cast(posted_by_id as blob)) <= 64),
  type text not null check (type in ('text', 'system')),
  visibility text not null check (visibility in ('public', 'internal')),
  body text not null default '' check (length(cast(body as blob)) <= 65536),
  -- What search finds the body by: index tokens, with a space between them. Nothing finds system messages.
  words text not null default '' check (type = 'text' or words = ''),
  -- What a system message tells, in place of words.
  note_kind text not null default '' check (length(cast(note_kind as blob)) <= 64),
  note_from text not null default '' check (length(cast(note_from as blob)) <= 129),
  note_to text not null default '' check (length(cast(note_to as blob)) <= 129),
  -- Null where the sender's program gave none.
  client_id text check (length(cast(client_id as blob)) between 1 and 255),
  -- Neither runs backwards against the numbers of its audience, whatever clocks do. The public one follows public
  -- messages alone: null where the message is internal.
  all_created_at integer not null,
  public_created_at integer,
  -- Both also serve the order of a conversation's messages, one for each audience.
  unique (conversation, all_index),
  unique (conversation, public_index),
  -- A message that is sent twice is stored once. The client id is of the program of who typed it.
  unique (conversation, client_id, posted_by_type, posted_by_id),
  check (sender_id <> '' or (sender_type = 'system' and type = 'system')),
  check (posted_by_id <> '' or (posted_by_type = 'system' and type = 'system')),
  check ((visibility = 'internal') = (public_index is null)),
  check ((public_index is null) = (public_created_at is null)),
  check ((type = 'text' and body <> '' and note_kind = '') or (type = 'system' and body = '' and note_kind <> ''))
);

-- Search: which rows hold a token, or one that begins so. Only the index is here, the tokens are in the tables; triggers keep
-- the two together. Beginnings of 4 to 8 characters have indexes of their own: a word's first letter is at least 4 long.
create virtual table {prefix}conversation_search using fts5
  (name_words, content = '{prefix}conversation', content_rowid = 'id', tokenize = 'ascii', prefix = '4 5 6 8',
   detail = none, columnsize = 0);
create virtual table {prefix}message_search using fts5
  (words, content = '{prefix}message', content_rowid = 'id', tokenize = 'ascii', prefix = '4 5 6 8',
   detail = none, columnsize = 0);
create trigger {prefix}conversation_search_insert after insert on {prefix}conversation when new.name_words <> ''
  begin insert into {prefix}conversation_search (rowid, name_words) values (new.id, new.name_words); end;
create trigger {prefix}conversation_search_delete after delete on {prefix}conversation when old.name_words <> ''
  begin insert into {prefix}conversation_search ({prefix}conversation_search, rowid, name_words)
    values ('delete', old.id, old.name_words); end;
create trigger {prefix}conversation_search_update after update of name_words on {prefix}conversation
  begin insert into {prefix}conversation_search ({prefix}conversation_search, rowid, name_words)
    select 'delete', old.id, old.name_words where old.name_words <> ''; insert into {prefix}conversation_search
    (rowid, name_words) select new.id, new.name_words where new.name_words <> ''; end;
create trigger {prefix}message_search_insert after insert on {prefix}message when new.words <> ''
  begin insert into {prefix}message_search (rowid, words) values (new.id, new.words); end;
create trigger {prefix}message_search_delete after delete on {prefix}message when old.words <> ''
  begin insert into {prefix}message_search ({prefix}message_search, rowid, words)
    values ('delete', old.id, old.words); end;
create trigger {prefix}message_search_update after update of words on {prefix}message
  begin insert into {prefix}message_search ({prefix}message_search, rowid, words)
    select 'delete', old.id, old.words where old.words <> ''; insert into {prefix}message_search
    (rowid, words) select new.id, new.words where new.words <> ''; end;

-- The order of messages of several conversations: by time, then conversation, then number.
create index {prefix}message_all_created_at on {prefix}message (all_created_at, conversation, all_index);
create index {prefix}message_public_created_at on {prefix}message (public_created_at, conversation, public_index)
  where public_index is not null;

create table {prefix}participant (
  id integer primary key,
  conversation integer not null references {prefix}conversation (id) on delete cascade,
  -- Within the conversation; random, so that it tells nothing.
  uid text not null check (length(uid) between 1 and 64),
  actor_type text not null check (length(cast(actor_type as blob)) between 1 and 64),
  actor_id text not null check (length(cast(actor_id as blob)) between 1 and 64),
  -- 0: takes part by internal notes alone.
  in_public integer not null default 1 check (in_public in (0, 1)),
  -- The read marks: the last message that was read, in the numbers of each audience.
  all_last_read integer not null default 0 check (all_last_read >= 0),
  public_last_read integer not null default 0 check (public_last_read >= 0),
  all_last_read_at integer not null default 0,
  public_last_read_at integer not null default 0,
  -- Kept by "add a message" and "mark read": there is a text message behind the mark.
  all_unread integer not null default 0 check (all_unread in (0, 1)),
  public_unread integer not null default 0 check (public_unread in (0, 1)),
  -- The same as in the conversation: where an actor takes part, and what it has not read, newest first, are index ranges.
  all_last_text_at integer not null default 0,
  public_last_text_at integer not null default 0,
  unique (conversation, actor_type, actor_id),
  -- Also serves the order of participants: by conversation, then uid.
  unique (conversation, uid)
);

-- Where an actor takes part, newest first.
create index {prefix}participant_all on {prefix}participant (actor_id, actor_type, all_last_text_at, conversation);
create index {prefix}participant_public on {prefix}participant (actor_id, actor_type, public_last_text_at, conversation)
  where in_public = 1;
-- What it has not read: an indicator reads the beginning of one of these.
create index {prefix}participant_all_unread
  on {prefix}participant (actor_id, actor_type, all_last_text_at, conversation) where all_unread = 1;
create index {prefix}participant_public_unread
  on {prefix}participant (actor_id, actor_type, public_last_text_at, conversation)
  where public_unread = 1 and in_public = 1;

create table {prefix}context (
  id integer primary key,
  conversation integer not null references {prefix}conversation (id) on delete cascade,
  record_type text not null check (length(cast(record_type as blob)) between 1 and 64),
  record_id text not null check (length(cast(record_id as blob)) between 1 and 64),
  -- 0: a context by internal notes alone.
  in_public integer not null default 1 check (in_public in (0, 1)),
  -- The last text message, or the beginning of the conversation.
  all_activity_at integer not null,
  public_activity_at integer not null,
  unique (conversation, record_type, record_id)
);

-- A record's panel, newest activity first: one range of one of these.
create index {prefix}context_all on {prefix}context (record_id, record_type, all_activity_at, conversation);
create index {prefix}context_public on {prefix}context (record_id, record_type, public_activity_at, conversation);

-- What is known of the host's records and actors without asking it. Everything that the other tables refer to has a row;
-- one that was never looked up has no title. refreshed_at 0: what is known was not carried over to every conversation.
create table {prefix}record_label (
  record_type text not null check (length(cast(record_type as blob)) between 1 and 64),
  record_id text not null check (length(cast(record_id as blob)) between 1 and 64),
  title text not null default '',
  title_key text not null default '',
  full_title text not null default '',
  sort_key text not null default '',
  unit_type text not null default '',
  unit_id text not null default '',
  customer_type text not null default '',
  customer_id text not null default '',
  deleted integer not null default 0 check (deleted in (0, 1)),
  refreshed_at integer not null default 0,
  primary key (record_type, record_id)
);

-- Which were not looked up for longest.
create index {prefix}record_label_refreshed_at on {prefix}record_label (refreshed_at, record_type, record_id);

-- What happened, and whom it concerned at that time, so that it can be filtered after a deletion too: therefore no
-- foreign key. Positions have no gap; they are given in the transaction that writes the event, since only one writes.
create table {prefix}event (
  position integer primary key check (position >= 1),
  kind text not null check (length(kind) between 1 and 64),
  happened_at integer not null,
  -- Who did it: for the back office.
  actor_type text not null default '',
  actor_id text not null default '',
  -- Of an event that brought a message: whose words it is. The storefront is told of this one in place of the actor, who
  -- may have typed it for somebody else; empty: of the actor.
  sender_type text not null default '',
  sender_id text not null default '',
  visibility text not null check (visibility in ('public', 'internal')),
  -- Null for events that concern no conversation.
  conversation integer,
  conversation_uid text not null default '',
  all_index integer,
  public_index integer,
  organization text not null default '',
  website text not null default '',
  owner_type text not null default '',
  owner_id text not null default '',
  unit text not null default '',
  customer_type text not null default '',
  customer_id text not null default '',
  customer_user_type text not null default '',
  customer_user_id text not null default '',
  -- [["users", "1", 1], ...]: type, id, whether it takes part in public.
  participants text not null default '[]',
  -- What changed, as a JSON object. Never the text of a message.
  data text not null default '{}',
  check (public_index is null or visibility = 'public')
);

-- The history of a conversation.
create index {prefix}event_conversation on {prefix}event (conversation, position);
-- Retention: what is old enough to be purged.
create index {prefix}event_happened_at on {prefix}event (happened_at);

-- One row: the last position that was given, and the last one that was purged.
create table {prefix}event_feed (
  singleton integer primary key check (singleton = 1),
  last_position integer not null check (last_position >= 0),
  purged_to integer not null check (purged_to between 0 and last_position)
);
insert into {prefix}event_feed (singleton, last_position, purged_to) values (1, 0, 0);

-- What was done for a request with an idempotency key, in the transaction that did it, so that a retry is answered and
-- not done again. Purged when it has expired.
create table {prefix}idempotency (
  actor_type text not null check (length(cast(actor_type as blob)) between 1 and 64),
  actor_id text not null check (length(cast(actor_id as blob)) <= 64),
  audience text not null check (audience in ('backoffice', 'storefront')),
  idempotency_key text not null check (length(cast(idempotency_key as blob)) between 1 and 255),
  -- Of what was asked for: the same key with another request is refused.
  fingerprint text not null check (length(fingerprint) between 1 and 64),
  -- What was made: a conversation, or a message by its numbers. Null: the request itself names what it is about.
  conversation integer,
  all_index integer check (all_index >= 1),
  public_index integer check (public_index >= 1),
  created_at integer not null,
  expires_at integer not null,
  primary key (actor_type, actor_id, audience, idempotency_key),
  check (all_index is null or conversation is not null),
  check (public_index is null or all_index is not null)
) without rowid;

-- What is old enough to be purged.
create index {prefix}idempotency_expires_at on {prefix}idempotency (expires_at);

-- Workflows are active unless a row says otherwise.
create table {prefix}workflow_state (
  name text not null primary key check (length(name) between 1 and 64),
  active integer not null check (active in (0, 1)),
  changed_at integer not null,
  changed_by_type text not null default '',
  changed_by_id text not null default ''
);
