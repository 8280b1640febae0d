-- Conversations, who takes part in them, where they appear, and what happened.
--
-- Read this before you query these tables:
--   {prefix} stands for the table prefix. Every statement ends with a semicolon at the end of a line; a function stands
--   between two marks.
--   Times are microseconds since 1970-01-01 UTC. 0 stands for "never".
--   Records and actors of the host are two columns, *_type and *_id; both empty: none. They are never foreign keys.
--   What both audiences see is kept twice: all_* for the back office, public_* for the storefront, so that an internal
--   note leaves no trace outside. Message numbers run 1, 2, 3 ... without a gap in each of the two.
--   *_key holds what lists sort by: a name in small letters, or the sort key of a record's label.
--   Texts are compared as they are: letter case, accents and trailing blanks count.
--
-- No transaction holds these statements together: each may be run again after it was done, so that a migration that was
-- interrupted is resumed from its beginning.

-- The steps that were taken. The checksum is that of the file that a step was built from.
create table if not exists {prefix}schema_version (
  number bigint not null primary key check (number >= 1),
  name text not null,
  checksum text not null,
  applied_at bigint not null
) engine = InnoDB row_format = dynamic default charset = utf8mb4 collate = utf8mb4_nopad_bin;

create table if not exists {prefix}conversation (
  -- Never used again after a deletion: events outlive the conversation that they tell of.
  id bigint not null auto_increment primary key,
  uid varchar(64) not null check (char_length(uid) between 1 and 64),
  organization varchar(64) not null default '' check (octet_length(organization) <= 64),
  website varchar(64) not null default '' check (octet_length(website) <= 64),
  name varchar(255) not null check (char_length(name) between 1 and 255),
  name_key varchar(255) not null,
  -- What the name is searched by.
  name_words mediumtext character set ascii collate ascii_bin not null default '',
  status varchar(16) not null check (status in ('active', 'inactive', 'closed')),
  owner_type varchar(64) not null default '' check (octet_length(owner_type) <= 64),
  owner_id varchar(64) not null default '' check (octet_length(owner_id) <= 64),
  owner_key varchar(255) not null default '',
  unit varchar(64) not null default '' check (octet_length(unit) <= 64),
  customer_type varchar(64) not null default '' check (octet_length(customer_type) <= 64),
  customer_id varchar(64) not null default '' check (octet_length(customer_id) <= 64),
  customer_key varchar(255) not null default '',
  customer_user_type varchar(64) not null default '' check (octet_length(customer_user_type) <= 64),
  customer_user_id varchar(64) not null default '' check (octet_length(customer_user_id) <= 64),
  customer_user_key varchar(255) not null default '',
  source_type varchar(64) not null default '' check (octet_length(source_type) <= 64),
  source_id varchar(64) not null default '' check (octet_length(source_id) <= 64),
  created_at bigint not null,
  -- Counts edits of the members above, not messages.
  version bigint not null default 1 check (version >= 1),
  all_last_index bigint not null default 0 check (all_last_index >= 0),
  all_text_count bigint not null default 0 check (all_text_count between 0 and all_last_index),
  all_last_text bigint not null default 0 check (all_last_text between 0 and all_last_index),
  all_last_text_at bigint not null default 0,
  all_updated_at bigint not null default 0,
  public_last_index bigint not null default 0 check (public_last_index between 0 and all_last_index),
  public_text_count bigint not null default 0
    check (public_text_count between 0 and public_last_index and public_text_count <= all_text_count),
  public_last_text bigint not null default 0 check (public_last_text between 0 and public_last_index),
  public_last_text_at bigint not null default 0,
  public_updated_at bigint not null default 0,
  -- Since when nobody wrote, for the index "idle".
  idle_since bigint as (greatest(created_at, all_last_text_at)) stored,
  unique key {prefix}conversation_uid (uid),
  check ((owner_type = '') = (owner_id = '')),
  check ((customer_type = '') = (customer_id = '')),
  check ((customer_user_type = '') = (customer_user_id = '')),
  check ((source_type = '') = (source_id = '')),
  check ((all_text_count = 0) = (all_last_text = 0)),
  check ((public_text_count = 0) = (public_last_text = 0)),

  -- The order of lists when nothing else is asked for: last message first. The newest of each scope are ranges of an
  -- index of their own: of an organization, of a unit or of an owner for the back office; of a customer or of a customer
  -- user for the storefront. (Where an actor takes part: participant.) They serve filters and look-ups by these columns
  -- as well.
  key {prefix}conversation_all_last_text_at (all_last_text_at, id),
  key {prefix}conversation_public_last_text_at (public_last_text_at, id),
  key {prefix}conversation_organization (organization, all_last_text_at, id),
  key {prefix}conversation_unit (unit, all_last_text_at, id),
  key {prefix}conversation_owner (owner_id, owner_type, all_last_text_at, id),
  key {prefix}conversation_customer (customer_id, public_last_text_at, id),
  key {prefix}conversation_customer_user (customer_user_id, customer_user_type, public_last_text_at, id),

  -- The other orders of lists; the id decides last, and is the primary key where it decides alone.
  key {prefix}conversation_name_key (name_key, id),
  key {prefix}conversation_status (status, id),
  key {prefix}conversation_created_at (created_at, id),
  key {prefix}conversation_all_updated_at (all_updated_at, id),
  key {prefix}conversation_public_updated_at (public_updated_at, id),
  key {prefix}conversation_all_text_count (all_text_count, id),
  key {prefix}conversation_public_text_count (public_text_count, id),
  key {prefix}conversation_owner_key (owner_key, id),
  key {prefix}conversation_customer_key (customer_key, id),
  key {prefix}conversation_customer_user_key (customer_user_key, id),

  -- Those that began at a record.
  key {prefix}conversation_source (source_id, source_type),

  -- Active ones that nobody writes in, longest silent first, where their settings are the same.
  key {prefix}conversation_idle (status, organization, website, idle_since, id),

  -- Every token is in it: all are longer than the shortest that is taken, and none is a stop word.
  fulltext key {prefix}conversation_name_words (name_words)
) engine = InnoDB row_format = dynamic default charset = utf8mb4 collate = utf8mb4_nopad_bin;

create table if not exists {prefix}message (
  id bigint not null auto_increment primary key,
  conversation bigint not null,
  all_index bigint not null check (all_index >= 1),
  -- Null: internal, the storefront must not know of it.
  public_index bigint check (public_index between 1 and all_index),
  -- Whose words; and who typed them, which is always kept.
  -- "system" without an id: a job.
  sender_type varchar(64) not null check (octet_length(sender_type) between 1 and 64),
  sender_id varchar(64) not null check (octet_length(sender_id) <= 64),
  posted_by_type varchar(64) not null check (octet_length(posted_by_type) between 1 and 64),
  posted_by_id varchar(64) not null check (octet_length(posted_by_id) <= 64),
  type varchar(16) not null check (type in ('text', 'system')),
  visibility varchar(16) not null check (visibility in ('public', 'internal')),
  body mediumtext not null default '' check (octet_length(body) <= 65536),
  -- What a system message tells, in place of words.
  note_kind varchar(64) not null default '' check (octet_length(note_kind) <= 64),
  note_from varchar(129) not null default '' check (octet_length(note_from) <= 129),
  note_to varchar(129) not null default '' check (octet_length(note_to) <= 129),
  -- Null where the sender's program gave none.
  client_id varchar(255) check (octet_length(client_id) between 1 and 255),
  -- Neither runs backwards against the numbers of its audience, whatever clocks do. The public one follows public
  -- messages alone: null where the message is internal.
  all_created_at bigint not null,
  public_created_at bigint,
  -- What the body is searched by.
  words mediumtext character set ascii collate ascii_bin not null default '',
  -- Both also serve the order of a conversation's messages, one for each audience.
  unique key {prefix}message_all_index (conversation, all_index),
  unique key {prefix}message_public_index (conversation, public_index),
  -- A message that is sent twice is stored once. The client id is of the program of who typed it.
  unique key {prefix}message_client_id (conversation, client_id, posted_by_type, posted_by_id),
  check (sender_id <> '' or (sender_type = 'system' and type = 'system')),
  check (posted_by_id <> '' or (posted_by_type = 'system' and type = 'system')),
  check ((visibility = 'internal') = (public_index is null)),
  check ((public_index is null) = (public_created_at is null)),
  check ((type = 'text' and body <> '' and note_kind = '') or (type = 'system' and body = '' and note_kind <> '')),

  -- The order of messages of several conversations: by time, then conversation, then number.
  key {prefix}message_all_created_at (all_created_at, conversation, all_index),
  key {prefix}message_public_created_at (public_created_at, conversation, public_index),

  -- As that of names.
  fulltext key {prefix}message_words (words),

  foreign key (conversation) references {prefix}conversation (id) on delete cascade
) engine = InnoDB row_format = dynamic default charset = utf8mb4 collate = utf8mb4_nopad_bin;

create table if not exists {prefix}participant (
  id bigint not null auto_increment primary key,
  conversation bigint not null,
  -- Within the conversation; random, so that it tells nothing.
  uid varchar(64) not null check (char_length(uid) between 1 and 64),
  actor_type varchar(64) not null check (octet_length(actor_type) between 1 and 64),
  actor_id varchar(64) not null check (octet_length(actor_id) between 1 and 64),
  -- 0: takes part by internal notes alone.
  in_public tinyint not null default 1 check (in_public in (0, 1)),
  -- The read marks: the last message that was read, in the numbers of each audience.
  all_last_read bigint not null default 0 check (all_last_read >= 0),
  public_last_read bigint not null default 0 check (public_last_read >= 0),
  all_last_read_at bigint not null default 0,
  public_last_read_at bigint not null default 0,
  -- Kept by "add a message" and "mark read": there is a text message behind the mark.
  all_unread tinyint not null default 0 check (all_unread in (0, 1)),
  public_unread tinyint not null default 0 check (public_unread in (0, 1)),
  -- The same as in the conversation: where an actor takes part, and what it has not read, newest first, are index ranges.
  all_last_text_at bigint not null default 0,
  public_last_text_at bigint not null default 0,
  unique key {prefix}participant_actor (conversation, actor_type, actor_id),
  -- Also serves the order of participants: by conversation, then uid.
  unique key {prefix}participant_uid (conversation, uid),

  -- Where an actor takes part, newest first.
  key {prefix}participant_all (actor_id, actor_type, all_last_text_at, conversation),
  key {prefix}participant_public (actor_id, actor_type, in_public, public_last_text_at, conversation),
  -- What it has not read: an indicator reads the beginning of one of these.
  key {prefix}participant_all_unread (actor_id, actor_type, all_unread, all_last_text_at, conversation),
  key {prefix}participant_public_unread
    (actor_id, actor_type, in_public, public_unread, public_last_text_at, conversation),

  foreign key (conversation) references {prefix}conversation (id) on delete cascade
) engine = InnoDB row_format = dynamic default charset = utf8mb4 collate = utf8mb4_nopad_bin;

create table if not exists {prefix}context (
  id bigint not null auto_increment primary key,
  conversation bigint not null,
  record_type varchar(64) not null check (octet_length(record_type) between 1 and 64),
  record_id varchar(64) not null check (octet_length(record_id) between 1 and 64),
  -- 0: a context by internal notes alone.
  in_public tinyint not null default 1 check (in_public in (0, 1)),
  -- The last text message, or the beginning of the conversation.
  all_activity_at bigint not null,
  public_activity_at bigint not null,
  unique key {prefix}context_record (conversation, record_type, record_id),

  -- A record's panel, newest activity first: one range of one of these.
  key {prefix}context_all (record_id, record_type, all_activity_at, conversation),
  key {prefix}context_public (record_id, record_type, public_activity_at, conversation),

  foreign key (conversation) references {prefix}conversation (id) on delete cascade
) engine = InnoDB row_format = dynamic default charset = utf8mb4 collate = utf8mb4_nopad_bin;

-- What is known of the host's records and actors without asking it. Everything that the other tables refer to has a row;
-- one that was never looked up has no title. refreshed_at 0: what is known was not carried over to every conversation.
create table if not exists {prefix}record_label (
  record_type varchar(64) not null check (octet_length(record_type) between 1 and 64),
  record_id varchar(64) not null check (octet_length(record_id) between 1 and 64),
  title mediumtext not null default '',
  title_key mediumtext not null default '',
  full_title mediumtext not null default '',
  sort_key varchar(255) not null default '',
  unit_type varchar(64) not null default '',
  unit_id varchar(64) not null default '',
  customer_type varchar(64) not null default '',
  customer_id varchar(64) not null default '',
  deleted tinyint not null default 0 check (deleted in (0, 1)),
  refreshed_at bigint not null default 0,
  primary key (record_type, record_id),

  -- Which were not looked up for longest.
  key {prefix}record_label_refreshed_at (refreshed_at, record_type, record_id)
) engine = InnoDB row_format = dynamic default charset = utf8mb4 collate = utf8mb4_nopad_bin;

-- What happened, and whom it concerned at that time, so that it can be filtered after a deletion too: therefore no
-- foreign key. Several transactions write at once, and their ids become visible in any order: a position, without a gap,
-- is given to committed events alone, by whoever reads next. Nobody pages by ids.
create table if not exists {prefix}event (
  id bigint not null auto_increment primary key,
  -- Null: not published yet.
  position bigint check (position >= 1),
  kind varchar(64) not null check (char_length(kind) between 1 and 64),
  happened_at bigint not null,
  -- Who did it: for the back office.
  actor_type varchar(64) not null default '',
  actor_id varchar(64) not null default '',
  -- Of an event that brought a message: whose words it is. The storefront is told of this one in place of the actor, who
  -- may have typed it for somebody else; empty: of the actor.
  sender_type varchar(64) not null default '',
  sender_id varchar(64) not null default '',
  visibility varchar(16) not null check (visibility in ('public', 'internal')),
  -- Null for events that concern no conversation.
  conversation bigint,
  conversation_uid varchar(64) not null default '',
  all_index bigint,
  public_index bigint,
  organization varchar(64) not null default '',
  website varchar(64) not null default '',
  owner_type varchar(64) not null default '',
  owner_id varchar(64) not null default '',
  unit varchar(64) not null default '',
  customer_type varchar(64) not null default '',
  customer_id varchar(64) not null default '',
  customer_user_type varchar(64) not null default '',
  customer_user_id varchar(64) not null default '',
  -- [["users", "1", 1], ...]: type, id, whether it takes part in public.
  participants longtext not null default '[]',
  -- What changed, as a JSON object. Never the text of a message.
  data longtext not null default '{}',
  -- Serves what is read of the feed, and finds what is not published.
  unique key {prefix}event_position (position),
  check (public_index is null or visibility = 'public'),

  -- The history of a conversation.
  key {prefix}event_conversation (conversation, position),
  -- Retention: what is old enough to be purged.
  key {prefix}event_happened_at (happened_at)
) engine = InnoDB row_format = dynamic default charset = utf8mb4 collate = utf8mb4_nopad_bin;

-- One row: the last position that was given, and the last one that was purged. Who gives positions locks it.
create table if not exists {prefix}event_feed (
  singleton bigint not null primary key check (singleton = 1),
  last_position bigint not null check (last_position >= 0),
  purged_to bigint not null check (purged_to between 0 and last_position)
) engine = InnoDB row_format = dynamic default charset = utf8mb4 collate = utf8mb4_nopad_bin;
insert ignore into {prefix}event_feed (singleton, last_position, purged_to) values (1, 0, 0);

-- What was done for a request with an idempotency key, in the transaction that did it, so that a retry is answered and
-- not done again. Purged when it has expired.
create table if not exists {prefix}idempotency (
  actor_type varchar(64) not null check (octet_length(actor_type) between 1 and 64),
  actor_id varchar(64) not null check (octet_length(actor_id) <= 64),
  audience varchar(16) not null check (audience in ('backoffice', 'storefront')),
  idempotency_key varchar(255) not null check (octet_length(idempotency_key) between 1 and 255),
  -- Of what was asked for: the same key with another request is refused.
  fingerprint varchar(64) not null check (char_length(fingerprint) between 1 and 64),
  -- What was made: a conversation, or a message by its numbers. Null: the request itself names what it is about.
  conversation bigint,
  all_index bigint check (all_index >= 1),
  public_index bigint check (public_index >= 1),
  created_at bigint not null,
  expires_at bigint not null,
  primary key (actor_type, actor_id, audience, idempotency_key),
  check (all_index is null or conversation is not null),
  check (public_index is null or all_index is not null),

  -- What is old enough to be purged.
  key {prefix}idempotency_expires_at (expires_at)
) engine = InnoDB row_format = dynamic default charset = utf8mb4 collate = utf8mb4_nopad_bin;

-- Workflows are active unless a row says otherwise.
create table if not exists {prefix}workflow_state (
  name varchar(64) not null primary key check (char_length(name) between 1 and 64),
  active tinyint not null check (active in (0, 1)),
  changed_at bigint not null,
  changed_by_type varchar(64) not null default '',
  changed_by_id varchar(64) not null default ''
) engine = InnoDB row_format = dynamic default charset = utf8mb4 collate = utf8mb4_nopad_bin;

-- Is the conversation in the scope {"level", "actor", "organization", "groups", "customer"}? The same as the condition of
-- the statements that the plugin makes itself.
-- {function
create or replace function {prefix}in_scope(
  scope longtext character set utf8mb4 collate utf8mb4_nopad_bin,
  audience varchar(16) character set utf8mb4 collate utf8mb4_nopad_bin,
  wanted bigint
) returns tinyint reads sql data sql security invoker
begin
  declare scope_level, who_type, who_id, scope_organization, customer_type, customer_id, own_group
    varchar(255) character set utf8mb4 collate utf8mb4_nopad_bin;
  declare c row type of {prefix}conversation;
  select j.level, j.who_type, j.who_id, j.organization, j.customer_type, j.customer_id
    into scope_level, who_type, who_id, scope_organization, customer_type, customer_id
    from json_table(scope, '$' columns (
      level varchar(255) character set utf8mb4 collate utf8mb4_nopad_bin path '$.level',
      who_type varchar(255) character set utf8mb4 collate utf8mb4_nopad_bin path '$.actor.type',
      who_id varchar(255) character set utf8mb4 collate utf8mb4_nopad_bin path '$.actor.id',
      organization varchar(255) character set utf8mb4 collate utf8mb4_nopad_bin path '$.organization',
      customer_type varchar(255) character set utf8mb4 collate utf8mb4_nopad_bin path '$.customer.type',
      customer_id varchar(255) character set utf8mb4 collate utf8mb4_nopad_bin path '$.customer.id')) j;
  if scope_level = 'global' then
    return 1;
  end if;
  select * into c from {prefix}conversation where id = wanted;
  if scope_level = 'organization' then
    return c.organization = scope_organization;
  end if;
  if scope_level not in ('user', 'unit', 'division')
      or (scope_organization <> '' and c.organization <> scope_organization) then
    return 0;
  end if;
  if scope_level <> 'user' then
    set own_group = if(audience = 'backoffice', c.unit, c.customer_id);
    if exists (select 1 from json_table(scope, '$.groups[*]' columns (
        name varchar(255) character set utf8mb4 collate utf8mb4_nopad_bin path '$')) g where g.name = own_group) then
      return 1;
    end if;
  end if;
  if who_type = '' and who_id = '' then
    return 0;
  end if;
  if audience = 'backoffice' then
    return (c.owner_type = who_type and c.owner_id = who_id)
      or exists (select 1 from {prefix}participant t where t.conversation = wanted
        and t.actor_type = who_type and t.actor_id = who_id);
  end if;
  return c.customer_type = customer_type and c.customer_id = customer_id
    and ((c.customer_user_type = who_type and c.customer_user_id = who_id)
      or exists (select 1 from {prefix}participant t where t.conversation = wanted
        and t.actor_type = who_type and t.actor_id = who_id and t.in_public = 1));
end;
-- function}

-- Adds a text message in one call, where nothing is out of the ordinary. Null, with nothing changed: something is, or
-- was done before; then the plugin does it step by step, and finds out what. It must do exactly what the plugin's own
-- steps do, and lock in their order: first the conversation, which shuts out every other writer of it. All that is read
-- here is read behind that lock: the call sees one moment, which begins with its first read that takes no lock.
-- {function
create or replace function {prefix}append_message(
  command longtext character set utf8mb4 collate utf8mb4_nopad_bin
) returns longtext character set utf8mb4 collate utf8mb4_nopad_bin
modifies sql data sql security invoker
begin
  declare audience, poster_type, poster_id, speaker_type, speaker_id, client, speaker_customer_type, speaker_customer_id,
    request_key, request_fingerprint, visible, participant_uid
    varchar(255) character set utf8mb4 collate utf8mb4_nopad_bin;
  declare body, words, taking_part longtext character set utf8mb4 collate utf8mb4_nopad_bin;
  declare wanted, moment, fresh, request_expires_at, all_moment, public_moment, new_all_index, new_public_index bigint;
  declare open tinyint;
  declare c row type of {prefix}conversation;

  select j.conversation, j.now, j.fresh, j.audience, j.poster_type, j.poster_id, j.speaker_type, j.speaker_id,
      nullif(j.client_id, ''), j.visibility, j.visibility = 'public', j.body, j.words, j.customer_type, j.customer_id,
      j.request_key, j.fingerprint, j.expires_at, j.uid
    into wanted, moment, fresh, audience, poster_type, poster_id, speaker_type, speaker_id, client, visible, open, body,
      words, speaker_customer_type, speaker_customer_id, request_key, request_fingerprint, request_expires_at,
      participant_uid
    from json_table(command, '$' columns (
      conversation bigint path '$.conversation', now bigint path '$.now', fresh bigint path '$.fresh',
      audience varchar(255) character set utf8mb4 collate utf8mb4_nopad_bin path '$.audience',
      poster_type varchar(255) character set utf8mb4 collate utf8mb4_nopad_bin path '$.actor.type',
      poster_id varchar(255) character set utf8mb4 collate utf8mb4_nopad_bin path '$.actor.id',
      speaker_type varchar(255) character set utf8mb4 collate utf8mb4_nopad_bin path '$.message.sender.type',
      speaker_id varchar(255) character set utf8mb4 collate utf8mb4_nopad_bin path '$.message.sender.id',
      client_id varchar(255) character set utf8mb4 collate utf8mb4_nopad_bin path '$.message.client_id',
      visibility varchar(255) character set utf8mb4 collate utf8mb4_nopad_bin path '$.message.visibility',
      body mediumtext character set utf8mb4 collate utf8mb4_nopad_bin path '$.message.body',
      words mediumtext character set utf8mb4 collate utf8mb4_nopad_bin path '$.message.words',
      customer_type varchar(255) character set utf8mb4 collate utf8mb4_nopad_bin path '$.sender_customer.type',
      customer_id varchar(255) character set utf8mb4 collate utf8mb4_nopad_bin path '$.sender_customer.id',
      request_key varchar(255) character set utf8mb4 collate utf8mb4_nopad_bin path '$.once.key',
      fingerprint varchar(255) character set utf8mb4 collate utf8mb4_nopad_bin path '$.once.fingerprint',
      expires_at bigint path '$.once.expires_at',
      uid varchar(255) character set utf8mb4 collate utf8mb4_nopad_bin path '$.uid')) j;

  select * into c from {prefix}conversation where id = wanted for update;
  if c.id is null
      or not exists (select 1 from json_table(command, '$.writable[*]' columns (
        name varchar(16) character set utf8mb4 collate utf8mb4_nopad_bin path '$')) w where w.name = c.status)
      or c.customer_type <> speaker_customer_type or c.customer_id <> speaker_customer_id
      or not {prefix}in_scope(json_extract(command, '$.view'), audience, wanted)
      or (json_extract(command, '$.act') <> json_extract(command, '$.view')
        and not {prefix}in_scope(json_extract(command, '$.act'), audience, wanted)) then
    return null;
  end if;
  if client is not null and exists (select 1 from {prefix}message m where m.conversation = wanted
      and m.client_id = client and m.posted_by_type = poster_type and m.posted_by_id = poster_id) then
    return null;
  end if;
  if request_key is not null and exists (select 1 from {prefix}idempotency i where i.actor_type = poster_type
      and i.actor_id = poster_id and i.audience = audience and i.idempotency_key = request_key) then
    return null;
  end if;
  -- Labels: all that are given are stored, say the same, and are fresh; and who speaks and who posts have one.
  if exists (
      select 1 from json_table(command, '$.labels[*]' columns (
          type varchar(255) character set utf8mb4 collate utf8mb4_nopad_bin path '$.type',
          id varchar(255) character set utf8mb4 collate utf8mb4_nopad_bin path '$.id',
          title longtext character set utf8mb4 collate utf8mb4_nopad_bin path '$.title',
          full_title longtext character set utf8mb4 collate utf8mb4_nopad_bin path '$.full_title',
          sort_key longtext character set utf8mb4 collate utf8mb4_nopad_bin path '$.sort_key',
          unit_type varchar(255) character set utf8mb4 collate utf8mb4_nopad_bin path '$.unit.type',
          unit_id varchar(255) character set utf8mb4 collate utf8mb4_nopad_bin path '$.unit.id',
          customer_type varchar(255) character set utf8mb4 collate utf8mb4_nopad_bin path '$.customer.type',
          customer_id varchar(255) character set utf8mb4 collate utf8mb4_nopad_bin path '$.customer.id',
          deleted bigint path '$.deleted', refreshed bigint path '$.refreshed')) g
        left join {prefix}record_label l
          on l.record_type = g.type and l.record_id = g.id and l.refreshed_at <> 0
          and l.title = g.title and l.full_title = g.full_title and l.sort_key = g.sort_key
          and l.unit_type = g.unit_type and l.unit_id = g.unit_id
          and l.customer_type = g.customer_type and l.customer_id = g.customer_id
          and l.deleted = g.deleted and g.refreshed < l.refreshed_at + fresh
        where l.record_type is null)
      or not exists (select 1 from {prefix}record_label l
        where l.record_type = speaker_type and l.record_id = speaker_id)
      or not exists (select 1 from {prefix}record_label l
        where l.record_type = poster_type and l.record_id = poster_id) then
    return null;
  end if;
  -- Whom the event concerns; the sender comes last where it takes part from now on. More than this, and what is joined
  -- here might be cut off.
  if (select count(*) from {prefix}participant p where p.conversation = wanted) > 1000 then
    return null;
  end if;

  set new_all_index = c.all_last_index + 1, all_moment = greatest(c.all_updated_at, moment);
  if open then
    set new_public_index = c.public_last_index + 1, public_moment = greatest(c.public_updated_at, moment);
  end if;
  insert into {prefix}message (conversation, all_index, public_index, sender_type, sender_id, posted_by_type,
      posted_by_id, type, visibility, body, client_id, all_created_at, public_created_at, words)
    values (wanted, new_all_index, new_public_index, speaker_type, speaker_id, poster_type, poster_id, 'text', visible,
      body, client, all_moment, public_moment, words);

  -- Whoever speaks takes part, and is a context. Read by who typed it, unread by all others.
  insert into {prefix}participant (conversation, uid, actor_type, actor_id, in_public, public_last_text_at)
    select wanted, participant_uid, speaker_type, speaker_id, open, c.public_last_text_at from dual
      where not exists (select 1 from {prefix}participant p where p.conversation = wanted
        and p.actor_type = speaker_type and p.actor_id = speaker_id);
  if row_count() = 0 then
    set participant_uid = (select p.uid from {prefix}participant p where p.conversation = wanted
      and p.actor_type = speaker_type and p.actor_id = speaker_id);
  end if;
  if open then
    update {prefix}participant set
        in_public = if(actor_type = speaker_type and actor_id = speaker_id, 1, in_public),
        all_last_text_at = all_moment, public_last_text_at = public_moment,
        all_unread = if(actor_type = poster_type and actor_id = poster_id, 0, 1),
        all_last_read = if(actor_type = poster_type and actor_id = poster_id, new_all_index, all_last_read),
        all_last_read_at = if(actor_type = poster_type and actor_id = poster_id, moment, all_last_read_at),
        public_unread = if(actor_type = poster_type and actor_id = poster_id, 0, 1),
        public_last_read = if(actor_type = poster_type and actor_id = poster_id, new_public_index, public_last_read),
        public_last_read_at = if(actor_type = poster_type and actor_id = poster_id, moment, public_last_read_at)
      where conversation = wanted;
    update {prefix}context set
        in_public = if(record_type = speaker_type and record_id = speaker_id, 1, in_public),
        all_activity_at = greatest(c.created_at, all_moment), public_activity_at = greatest(c.created_at, public_moment)
      where conversation = wanted;
  else
    update {prefix}participant set
        all_last_text_at = all_moment,
        all_unread = if(actor_type = poster_type and actor_id = poster_id, 0, 1),
        all_last_read = if(actor_type = poster_type and actor_id = poster_id, new_all_index, all_last_read),
        all_last_read_at = if(actor_type = poster_type and actor_id = poster_id, moment, all_last_read_at)
      where conversation = wanted;
    update {prefix}context set all_activity_at = greatest(c.created_at, all_moment) where conversation = wanted;
  end if;
  insert into {prefix}context (conversation, record_type, record_id, in_public, all_activity_at, public_activity_at)
    select wanted, speaker_type, speaker_id, open, greatest(c.created_at, all_moment),
        greatest(c.created_at, if(open, public_moment, c.public_last_text_at)) from dual
      where not exists (select 1 from {prefix}context x where x.conversation = wanted
        and x.record_type = speaker_type and x.record_id = speaker_id);

  if open then
    update {prefix}conversation set
        all_last_index = new_all_index, all_text_count = all_text_count + 1, all_last_text = new_all_index,
        all_last_text_at = all_moment, all_updated_at = all_moment,
        public_last_index = new_public_index, public_text_count = public_text_count + 1,
        public_last_text = new_public_index, public_last_text_at = public_moment, public_updated_at = public_moment
      where id = wanted;
  else
    update {prefix}conversation set
        all_last_index = new_all_index, all_text_count = all_text_count + 1, all_last_text = new_all_index,
        all_last_text_at = all_moment, all_updated_at = all_moment
      where id = wanted;
  end if;

  select group_concat('[', json_quote(p.actor_type) collate utf8mb4_nopad_bin, ',',
      json_quote(p.actor_id) collate utf8mb4_nopad_bin, ',', p.in_public, ']' order by p.id)
    into taking_part from {prefix}participant p where p.conversation = wanted;
  insert into {prefix}event (kind, happened_at, actor_type, actor_id, sender_type, sender_id, visibility, conversation,
      conversation_uid, all_index, public_index, organization, website, owner_type, owner_id, unit, customer_type,
      customer_id, customer_user_type, customer_user_id, participants)
    values ('message-added', moment, poster_type, poster_id, speaker_type, speaker_id, visible, wanted, c.uid,
      new_all_index, new_public_index, c.organization, c.website, c.owner_type, c.owner_id, c.unit, c.customer_type,
      c.customer_id, c.customer_user_type, c.customer_user_id, concat('[', taking_part, ']'));
  if request_key is not null then
    insert into {prefix}idempotency (actor_type, actor_id, audience, idempotency_key, fingerprint, conversation,
        all_index, public_index, created_at, expires_at)
      values (poster_type, poster_id, audience, request_key, request_fingerprint, wanted, new_all_index,
        new_public_index, moment, request_expires_at);
  end if;
  return concat('{"index":', new_all_index, ',"public_index":', coalesce(new_public_index, 0), ',"created":', all_moment,
    ',"participant":', json_quote(participant_uid) collate utf8mb4_nopad_bin, '}');
end;
-- function}
