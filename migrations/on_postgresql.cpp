// PostgreSQL: an advisory lock, one transaction for all steps, and temporary tables to compare with.
#include <algorithm>

#include "adapters/connection/server.hpp"
#include "migrations/backend.hpp"
#include "migrations/catalogue.hpp"
#include "migrations/script.hpp"

namespace parley::migrations {
namespace {

using adapters::Session;

// current_schema() is null where the schema that the connection string names is not there yet.
constexpr auto kHasTable = "select count(*) from pg_catalog.pg_class c join pg_catalog.pg_namespace n "
                           "on n.oid = c.relnamespace where n.nspname = current_schema() and c.relkind in ('r', 'p') "
                           "and c.relname = :name";
// Whoever may not look into a schema still sees in the catalogue what is there. "schema_version" alone is a name that others
// use, too.
constexpr auto kElsewhere =
    "select case when n.nspname = current_schema() then '' else n.nspname::text end, "
    "left(c.relname::text, -length('schema_version')) from pg_catalog.pg_class c "
    "join pg_catalog.pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') "
    "and c.relname::text like '%schema~_version' escape '~' and n.nspname::text not like 'pg~_%' escape '~' "
    "and exists (select 1 from pg_catalog.pg_class o where o.relnamespace = c.relnamespace "
    "and o.relname::text = left(c.relname::text, -length('schema_version')) || 'conversation') order by 1, 2";

constexpr auto kRole = "select current_user::text";
constexpr auto kHere = "select current_database()::text, coalesce(current_schema()::text, ''), "
                       "case when has_database_privilege(current_database(), 'CREATE') then 1 else 0 end, "
                       "case when current_schema() is null then 0 "
                       "when has_schema_privilege(current_schema(), 'CREATE') then 1 else 0 end, "
                       "case when has_database_privilege(current_database(), 'TEMP') then 1 else 0 end";
// Of a schema: no row where it is not there; else whether the role may use it.
constexpr auto kUsable = "select case when has_schema_privilege(oid, 'USAGE') then 1 else 0 end "
                         "from pg_catalog.pg_namespace where nspname::text = :name";
// The schemas that would be looked for one after the other.
constexpr auto kPath = "select current_setting('search_path')";
constexpr auto kMayRead = "select case when has_table_privilege(quote_ident(current_schema()) || '.' || "
                          "quote_ident(:name), 'SELECT') then 1 else 0 end";
// One lock for each schema and prefix; it ends with the transaction.
constexpr auto kLock = "select cast(pg_advisory_xact_lock(hashtextextended(:what, 0)) as text)";

/// Where tables of the steps are made while they are only compared with.
constexpr auto kScratchPath = "set local search_path = pg_temp";
constexpr auto kScratchBodies = "set local check_function_bodies = off";
constexpr auto kScratchSchema = "select nspname::text from pg_catalog.pg_namespace where oid = pg_my_temp_schema()";

// In all of these :place is the schema, and our tables' names begin with :prefix. Tables of others come along where
// the prefix is empty; they are not compared.
constexpr auto kTables =
    "select c.relname::text, c.relkind::text || case when c.relpersistence = 'u' then ' unlogged' else '' end "
    "|| case when c.relrowsecurity then ' row security' else '' end "
    "|| coalesce(' ' || array_to_string(c.reloptions, ' '), '') "
    "from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace "
    "where n.nspname = :place and c.relkind in ('r', 'p') and starts_with(c.relname::text, :prefix)";
constexpr auto kColumns =
    "select c.relname::text, a.attname::text, format_type(a.atttypid, a.atttypmod) "
    "|| case when a.attnotnull then ' not null' else '' end "
    "|| coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') "
    "|| case when a.attidentity <> '' then ' identity ' || a.attidentity::text else '' end "
    "|| case when a.attgenerated <> '' then ' generated ' || a.attgenerated::text else '' end "
    "|| coalesce(' collate ' || l.collname::text, '') "
    "from pg_catalog.pg_attribute a join pg_catalog.pg_class c on c.oid = a.attrelid "
    "join pg_catalog.pg_namespace n on n.oid = c.relnamespace "
    "left join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum "
    "left join pg_catalog.pg_collation l on l.oid = a.attcollation "
    "where n.nspname = :place and c.relkind in ('r', 'p') and starts_with(c.relname::text, :prefix) "
    "and a.attnum > 0 and not a.attisdropped";
constexpr auto kConstraints =
    "select case k.contype when 'p' then 'primary key' when 'u' then 'unique key' when 'f' then 'foreign key' "
    "when 'c' then 'check' else 'constraint' end, k.conname::text, c.relname::text, pg_get_constraintdef(k.oid) "
    "|| case when exists (select 1 from pg_catalog.pg_trigger t where t.tgconstraint = k.oid and t.tgenabled = 'D') "
    "then ' disabled' else '' end "
    "from pg_catalog.pg_constraint k join pg_catalog.pg_class c on c.oid = k.conrelid "
    "join pg_catalog.pg_namespace n on n.oid = c.relnamespace "
    "where n.nspname = :place and starts_with(c.relname::text, :prefix) and k.contype <> 't'";
constexpr auto kIndexes =
    "select 'index', i.relname::text, c.relname::text, pg_get_indexdef(x.indexrelid) "
    "|| case when x.indisvalid and x.indisready then '' else ' invalid' end "
    "from pg_catalog.pg_index x join pg_catalog.pg_class i on i.oid = x.indexrelid "
    "join pg_catalog.pg_class c on c.oid = x.indrelid join pg_catalog.pg_namespace n on n.oid = c.relnamespace "
    "where n.nspname = :place and starts_with(c.relname::text, :prefix) "
    "and not exists (select 1 from pg_catalog.pg_constraint k where k.conindid = x.indexrelid "
    "and k.contype in ('p', 'u', 'x'))";
constexpr auto kTriggers =
    "select 'trigger', t.tgname::text, c.relname::text, pg_get_triggerdef(t.oid) || ' ' || t.tgenabled::text "
    "from pg_catalog.pg_trigger t join pg_catalog.pg_class c on c.oid = t.tgrelid "
    "join pg_catalog.pg_namespace n on n.oid = c.relnamespace "
    "where n.nspname = :place and starts_with(c.relname::text, :prefix) and not t.tgisinternal";
constexpr auto kRules = "select 'rule', r.rulename::text, c.relname::text, pg_get_ruledef(r.oid) "
                        "from pg_catalog.pg_rewrite r join pg_catalog.pg_class c on c.oid = r.ev_class "
                        "join pg_catalog.pg_namespace n on n.oid = c.relnamespace "
                        "where n.nspname = :place and starts_with(c.relname::text, :prefix)";
constexpr auto kFunctions =
    "select 'function', p.proname::text || '(' || pg_get_function_identity_arguments(p.oid) || ')', p.proname::text, "
    "p.prokind::text || ' ' || l.lanname::text || ' returns ' || coalesce(pg_get_function_result(p.oid), '') || ' ' "
    "|| p.provolatile::text || case when p.prosecdef then ' security definer' else '' end "
    "|| case when p.proisstrict then ' strict' else '' end || coalesce(' ' || array_to_string(p.proconfig, ' '), '') "
    "|| ' as ' || p.prosrc from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace "
    "join pg_catalog.pg_language l on l.oid = p.prolang "
    "where n.nspname = :place and starts_with(p.proname::text, :prefix)";

/// What a text is as JSON, and nothing where it is none: PostgreSQL 15 raises an error there.
constexpr auto kJsonType = "create or replace function pg_temp.parley_json_type(words text) returns text "
                           "language plpgsql as $$ begin return jsonb_typeof(words::jsonb); "
                           "exception when others then return ''; end $$";

constexpr auto kPublish = "select {prefix}publish_events()";
constexpr auto kGiven =
    "select coalesce(pg_sequence_last_value(cast(pg_get_serial_sequence(:name, 'id') as regclass)), "
    "0)";
constexpr auto kSetGiven = "select setval(cast(pg_get_serial_sequence(:name, 'id') as regclass), :id)";

/// Without the schema's name, which is another one where the tables are only compared with.
std::string without_schema(std::string text, const std::string &schema) {
  // Definitions name the schema of temporary tables by its short name.
  for (const std::string &mark : {schema + ".", "\"" + schema + "\".", std::string("pg_temp.")}) {
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) {
      text.erase(at, mark.size());
    }
  }
  return text;
}

/// A condition that was restored from a backup has its parentheses in other places: "a between b and c and d" is read back
/// as one list of three conditions.
std::string without_parentheses(std::string text) {
  text.erase(std::remove_if(text.begin(), text.end(), [](char c) { return c == '(' || c == ')'; }), text.end());
  return text;
}

SchemaDescription describe_in(Session &session, const std::string &place) {
  const adapters::Parameters where{{"place", place}, {"prefix", session.table_prefix()}};
  SchemaDescription description = described_tables(
      session, kTables, kColumns, where, [&](const std::string &text) { return without_schema(text, place); });
  for (const char *sql : {kConstraints, kIndexes, kTriggers, kRules, kFunctions}) {
    auto rows = session.query(sql, "tttt", where);
    while (rows.next()) {
      std::string kind = rows.text();
      std::string name = without_schema(rows.text(), place);
      std::string owner = rows.text();
      std::string declared = without_schema(rows.text(), place);
      if (kind == "check" || kind == "index") {
        declared = without_parentheses(std::move(declared));
      }
      description[{std::move(kind), std::move(name)}] = {std::move(owner), std::move(declared), {}};
    }
  }
  return description;
}

struct Here {
  std::string database;
  std::string schema; ///< empty: the one that is looked for first is not there
  bool may_make_schemas = false;
  bool may_make_tables = false;
  bool may_make_temporary_tables = false;
};

Here here(Session &session) {
  auto rows = session.query(kHere, "ttiii");
  rows.next();
  Here here;
  here.database = rows.text();
  here.schema = rows.text();
  here.may_make_schemas = rows.integer() != 0;
  here.may_make_tables = rows.integer() != 0;
  here.may_make_temporary_tables = rows.integer() != 0;
  return here;
}

[[noreturn]] void lacks(Session &session, const std::string &right, const std::string &more = "") {
  auto rows = session.query(kRole, "t");
  rows.next();
  throw Error(Error::Why::rights,
              "The role \"" + rows.text() + "\" lacks the right " + right + "." + (more.empty() ? "" : " " + more));
}

class PostgresqlBackend : public Backend {
public:
  PostgresqlBackend(adapters::ConnectionTarget target, const Options &options)
      : Backend(options.steps != nullptr ? *options.steps : postgresql_steps(), {kHasTable, kElsewhere}),
        target_(std::move(target)), prefix_(options.table_prefix), options_{options.table_prefix, options.patience} {}

  [[nodiscard]] std::unique_ptr<Session> connect() const override {
    return adapters::open_postgresql(target_.server, options_);
  }

  using Backend::missing;
  std::string missing(Session &session) const override {
    const Here now = here(session);
    if (!now.schema.empty()) {
      return {};
    }
    if (!target_.server.schema.empty()) {
      return "There is no schema \"" + target_.server.schema + "\" in the database \"" + now.database + "\".";
    }
    auto rows = session.query(kPath, "t");
    rows.next();
    return "None of the schemas that the role looks into (" + rows.text() + ") can be used in the database \"" +
           now.database + "\".";
  }

  void demand_sight(Session &session) const override {
    const std::string version = prefix_ + "schema_version";
    if (has_table(session, version)) {
      if (number(session, kMayRead, {{"name", version}}) == 0) {
        lacks(session, "SELECT on table \"" + version + "\"");
      }
      return;
    }
    auto rows = session.query(kUsable, "i", {{"name", target_.server.schema}});
    if (rows.next() && rows.integer() == 0) {
      lacks(session, "USAGE on schema \"" + target_.server.schema + "\"");
    }
  }

  std::vector<Step> take(Session &session, const std::function<std::vector<Step>()> &missing_steps) const override {
    adapters::Transaction transaction(session);
    lock(session);
    make_schema(session);
    auto steps = missing_steps();
    if (!steps.empty() && !here(session).may_make_tables) {
      lacks(session, "CREATE on schema \"" + here(session).schema + "\", which the next steps need",
            elsewhere(session));
    }
    for (const Step &step : steps) {
      run(session, step);
      record(session, step);
    }
    transaction.commit();
    return steps;
  }

  SchemaDescription describe(Session &session) const override { return describe_in(session, here(session).schema); }

  Expected expected(Session &session, int count) const override {
    if (!here(session).may_make_temporary_tables) {
      lacks(session, "TEMPORARY on database \"" + here(session).database +
                         "\": what the steps make is compared with temporary tables");
    }
    const adapters::Transaction never_committed(session);
    session.run(kScratchPath);
    session.run(kScratchBodies);
    make(session, count);
    std::string place;
    {
      auto rows = session.query(kScratchSchema, "t");
      rows.next();
      place = rows.text();
    }
    return {describe_in(session, place), "temporary tables that the same steps made"};
  }

  void begin_moment(Session &session) const override {
    session.begin("begin isolation level repeatable read read only");
  }
  void publish(Session &session) const override { session.query(kPublish, "i").next(); }

  std::int64_t given(Session &session, const std::string &table) const override {
    return number(session, kGiven, {{"name", "\"" + prefix_ + table + "\""}});
  }

  void set_given(Session &session, const std::string &table, std::int64_t id) const override {
    if (id > given(session, table)) {
      session.query(kSetGiven, "i", {{"name", "\"" + prefix_ + table + "\""}, {"id", id}}).next();
    }
  }

  [[nodiscard]] adapters::Database kind() const override { return adapters::Database::postgresql; }
  void prepare_checks(Session &session) const override { session.run(kJsonType); }

private:
  void lock(Session &session) const {
    session.query(kLock, "t", {{"what", "parley-migrate " + target_.server.schema + " " + prefix_}}).next();
  }

  void make_schema(Session &session) const {
    const std::string &schema = target_.server.schema;
    const Here now = here(session);
    if (schema.empty() || now.schema == schema) {
      return;
    }
    if (!now.may_make_schemas) {
      lacks(session, "CREATE on database \"" + now.database + "\" to make the schema \"" + schema + "\"");
    }
    session.run("create schema if not exists \"" + schema + "\"");
  }

  const adapters::ConnectionTarget target_;
  const std::string prefix_;
  const adapters::ServerOptions options_;
};

} // namespace

std::unique_ptr<Backend> postgresql_backend(const adapters::ConnectionTarget &target, const Options &options) {
  return std::make_unique<PostgresqlBackend>(target, options);
}

} // namespace parley::migrations
