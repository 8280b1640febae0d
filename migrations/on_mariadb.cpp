// MariaDB: a named lock, and statements that are written down one by one, since each commits by itself.
#include <algorithm>
#include <array>
#include <chrono>
#include <map>

#include "adapters/connection/server.hpp"
#include "migrations/backend.hpp"
#include "migrations/catalogue.hpp"
#include "migrations/recorded_schema.hpp"
#include "migrations/script.hpp"

namespace parley::migrations {
namespace {

using adapters::DatabaseError;
using adapters::ErrorKind;
using adapters::Session;

constexpr auto kHasTable = "select count(*) from information_schema.tables where table_schema = database() "
                           "and table_type = 'BASE TABLE' and table_name = :name";
constexpr auto kElsewhere = "select '', left(table_name, char_length(table_name) - char_length('schema_version')) "
                            "from information_schema.tables where table_schema = database() and right(table_name, "
                            "char_length('schema_version')) = 'schema_version' "
                            "order by 2";

// --- taking steps -------------------------------------------------------------------------------------------------

constexpr auto kLock = "select coalesce(get_lock(concat('parley-migrate ', sha1(concat(database(), ' ', :what))), "
                       ":seconds), -1)";
constexpr auto kUnlock =
    "select coalesce(release_lock(concat('parley-migrate ', sha1(concat(database(), ' ', :what)))), "
    "-1)";
// A row for each statement that was begun, while its step is not done.
constexpr auto kMakeProgress = "create table if not exists {prefix}schema_progress ("
                               "step bigint not null, statement bigint not null, checksum varchar(64) not null, "
                               "started_at bigint not null, done_at bigint, failure mediumtext not null default '', "
                               "primary key (step, statement)) "
                               "engine = InnoDB default charset = utf8mb4 collate = utf8mb4_nopad_bin";
constexpr auto kProgress = "select statement, checksum, case when done_at is null then 0 else 1 end, failure "
                           "from {prefix}schema_progress where step = :step order by statement";
constexpr auto kUnfinishedStep = "select coalesce(min(step), 0) from {prefix}schema_progress";
constexpr auto kStarted = "insert into {prefix}schema_progress (step, statement, checksum, started_at) "
                          "values (:step, :statement, :checksum, :at) "
                          "on duplicate key update started_at = values(started_at), failure = ''";
constexpr auto kDone = "update {prefix}schema_progress set done_at = :at where step = :step and statement = :statement";
constexpr auto kFailed = "update {prefix}schema_progress set failure = :failure "
                         "where step = :step and statement = :statement";
constexpr auto kStepDone = "delete from {prefix}schema_progress where step = :step";

// --- describing ---------------------------------------------------------------------------------------------------

// In all of these our tables' names begin with :prefix. What this file keeps for itself is left out.
constexpr auto kTables = "select table_name, concat(engine, ' ', table_collation, ' ', coalesce(create_options, '')) "
                         "from information_schema.tables where table_schema = database() and table_type = 'BASE TABLE' "
                         "and left(table_name, char_length(:prefix)) = :prefix";
constexpr auto kColumns =
    "select table_name, column_name, concat(column_type, case is_nullable when 'NO' then ' not null' else '' end, "
    "coalesce(concat(' default ', column_default), ''), coalesce(concat(' collate ', collation_name), ''), "
    "coalesce(concat(' ', extra), ''), coalesce(concat(' as ', generation_expression), '')) "
    "from information_schema.columns where table_schema = database() "
    "and left(table_name, char_length(:prefix)) = :prefix";
constexpr auto kIndexes =
    "select case when index_name = 'PRIMARY' then 'primary key' when non_unique = 0 then 'unique key' else 'index' "
    "end, case when index_name = 'PRIMARY' then concat('of ', table_name) "
    "when left(index_name, char_length(table_name)) = table_name then index_name "
    "else concat(table_name, '.', index_name) end, table_name, concat(index_type, ' ', ignored, ' ', "
    "group_concat(concat(column_name, coalesce(concat('(', sub_part, ')'), ''), coalesce(concat(' ', collation), '')) "
    "order by seq_in_index separator ', ')) from information_schema.statistics where table_schema = database() "
    "and left(table_name, char_length(:prefix)) = :prefix "
    "group by table_name, index_name, non_unique, index_type, ignored";
constexpr auto kForeignKeys =
    "select 'foreign key', concat(k.table_name, '.', k.constraint_name), k.table_name, "
    "concat(group_concat(k.column_name order by k.ordinal_position separator ', '), ' to ', k.referenced_table_name, "
    "' ', group_concat(k.referenced_column_name order by k.ordinal_position separator ', '), ' on delete ', "
    "max(r.delete_rule), ' on update ', max(r.update_rule)) from information_schema.key_column_usage k "
    "join information_schema.referential_constraints r on r.constraint_schema = k.constraint_schema "
    "and r.table_name = k.table_name and r.constraint_name = k.constraint_name "
    "where k.table_schema = database() and k.referenced_table_name is not null "
    "and left(k.table_name, char_length(:prefix)) = :prefix "
    "group by k.table_name, k.constraint_name, k.referenced_table_name";
constexpr auto kChecks = "select 'check', concat(table_name, '.', constraint_name), table_name, "
                         "concat(level, ' ', check_clause) from information_schema.check_constraints "
                         "where constraint_schema = database() and left(table_name, char_length(:prefix)) = :prefix";
constexpr auto kTriggers =
    "select 'trigger', trigger_name, event_object_table, concat(action_timing, ' ', event_manipulation, ' ', "
    "action_statement) from information_schema.triggers where trigger_schema = database() "
    "and left(event_object_table, char_length(:prefix)) = :prefix";
// A body may be read by who made the function alone.
constexpr auto kFunctions =
    "select 'function', r.routine_name, r.routine_name, concat(r.routine_type, ' (', coalesce((select "
    "group_concat(concat(coalesce(p.parameter_mode, 'RETURNS'), ' ', coalesce(p.parameter_name, ''), ' ', "
    "p.dtd_identifier) order by p.ordinal_position separator ', ') from information_schema.parameters p "
    "where p.specific_schema = r.routine_schema and p.specific_name = r.specific_name), ''), ') ', "
    "r.sql_data_access, ' ', r.security_type, ' ', r.is_deterministic, ' ', r.sql_mode, ' '), "
    "coalesce(r.routine_definition, '') from information_schema.routines r where r.routine_schema = database() "
    "and left(r.routine_name, char_length(:prefix)) = :prefix";

// --- copying ------------------------------------------------------------------------------------------------------

// The row of the feed is everybody's lock for giving positions.
constexpr auto kFeedLocked = "select last_position from {prefix}event_feed where singleton = 1 for update";
constexpr auto kPublish =
    "update {prefix}event e join (select id, row_number() over (order by id) as place from {prefix}event "
    "where position is null) n on n.id = e.id "
    "set e.position = n.place + (select last_position from {prefix}event_feed where singleton = 1)";
constexpr auto kFeedRaised = "update {prefix}event_feed set last_position = last_position + :given where singleton = 1";
constexpr auto kGiven = "select coalesce(max(auto_increment), 1) - 1 from information_schema.tables "
                        "where table_schema = database() and table_name = :name";

// --- a scratch database -------------------------------------------------------------------------------------------

/// A table that tells a database of ours from one that merely has the name.
constexpr auto kScratchMark = "parley_scratch";
constexpr auto kScratchName = "select concat(left(database(), 48), '_parley_scratch')";
constexpr auto kScratchThere = "select count(*) from information_schema.schemata where schema_name = :name";
constexpr auto kScratchIsOurs = "select (select count(*) from information_schema.tables where table_schema = :name), "
                                "(select count(*) from information_schema.tables where table_schema = :name "
                                "and table_name = :mark)";

template <std::size_t count>
bool is_one_of(const DatabaseError &error, const std::array<int, count> &codes) {
  return std::any_of(codes.begin(), codes.end(), [&](int code) { return error.code() == std::to_string(code); });
}

/// The server keeps a binary log, and so lets administrators alone make functions.
bool is_denied_by_the_binary_log(const DatabaseError &error) {
  return is_one_of(error, std::array{1418, 1419});
}

/// Of a database, table, column, function; the right to do what only an administrator may; functions in a binary log.
bool is_denied(const DatabaseError &error) {
  return is_denied_by_the_binary_log(error) || is_one_of(error, std::array{1044, 1142, 1143, 1227, 1370, 1410});
}

/// What a statement says that was carried out before: the table, column, key, function or trigger is there, or gone.
bool is_there_already(const DatabaseError &error) {
  return is_one_of(error, std::array{1050, 1051, 1060, 1061, 1091, 1304, 1305, 1359, 1360, 1826});
}

/// A lock by name that the connection holds for as long as this object lives.
class NamedLock {
public:
  NamedLock(Session &session, std::string what, std::chrono::milliseconds patience)
      : session_(session), what_(std::move(what)) {
    const auto seconds = std::max<std::int64_t>(1, std::chrono::ceil<std::chrono::seconds>(patience).count());
    if (number(session_, kLock, {{"what", what_}, {"seconds", seconds}}) != 1) {
      throw Error(Error::Why::busy,
                  "The database is busy: somebody else has been migrating it for " + std::to_string(seconds) + " s.");
    }
  }
  NamedLock(const NamedLock &) = delete;
  NamedLock &operator=(const NamedLock &) = delete;
  ~NamedLock() {
    try {
      number(session_, kUnlock, {{"what", what_}});
    } catch (const DatabaseError &) {
      // It went with the connection.
    }
  }

private:
  Session &session_;
  const std::string what_;
};

/// The beginning of a statement, to name it by.
std::string head_of(const std::string &statement) {
  return statement.substr(0, std::min(statement.find_first_of("(\n"), std::size_t{80}));
}

/// A database that is there for a comparison alone. One that an interrupted comparison left is taken over; one of
/// somebody else is not touched.
class ScratchDatabase {
public:
  ScratchDatabase(Session &session, std::string name) : session_(session), name_(std::move(name)) {
    if (number(session_, kScratchThere, {{"name", name_}}) != 0) {
      auto rows = session_.query(kScratchIsOurs, "ii", {{"name", name_}, {"mark", std::string(kScratchMark)}});
      rows.next();
      const auto tables = rows.integer();
      if (tables != 0 && rows.integer() == 0) {
        throw Error(Error::Why::failed,
                    "The database \"" + name_ + "\" is in the way: comparing needs that name for a moment.");
      }
      session_.run("drop database `" + name_ + "`");
    }
    session_.run("create database `" + name_ + "` character set utf8mb4 collate utf8mb4_nopad_bin");
    try {
      session_.run("create table `" + name_ + "`." + kScratchMark + " (a bigint)");
      session_.run("use `" + name_ + "`");
    } catch (const DatabaseError &) {
      drop();
      throw;
    }
  }
  ScratchDatabase(const ScratchDatabase &) = delete;
  ScratchDatabase &operator=(const ScratchDatabase &) = delete;
  ~ScratchDatabase() { drop(); }

private:
  void drop() {
    try {
      session_.run("drop database `" + name_ + "`");
    } catch (const DatabaseError &) {
      // The next comparison drops it.
    }
  }

  Session &session_;
  const std::string name_;
};

/// How far a step is.
struct Progress {
  struct Statement {
    bool done = false;
    std::string failure;
  };
  std::map<std::int64_t, Statement> statements; ///< those that were begun, from 1
  std::string checksum;

  [[nodiscard]] std::size_t done() const {
    return static_cast<std::size_t>(
        std::count_if(statements.begin(), statements.end(), [](const auto &each) { return each.second.done; }));
  }
};

Progress progress_of(Session &session, std::int64_t step) {
  Progress progress;
  auto rows = session.query(kProgress, "itit", {{"step", step}});
  while (rows.next()) {
    auto &statement = progress.statements[rows.integer()];
    progress.checksum = rows.text();
    statement.done = rows.integer() != 0;
    statement.failure = rows.text();
  }
  return progress;
}

class MariadbBackend : public Backend {
public:
  MariadbBackend(adapters::ConnectionTarget target, const Options &options)
      : Backend(options.steps != nullptr ? *options.steps : mariadb_steps(), {kHasTable, kElsewhere}),
        target_(std::move(target)), prefix_(options.table_prefix), patience_(options.patience) {}

  [[nodiscard]] std::unique_ptr<Session> connect() const override {
    return adapters::open_mariadb(target_.server, {prefix_, patience_});
  }

  std::string unfinished(Session &session) const override {
    if (!has_table(session, prefix_ + "schema_progress")) {
      return {};
    }
    const auto step = number(session, kUnfinishedStep);
    if (step == 0) {
      return {};
    }
    const Progress progress = progress_of(session, step);
    std::string sentence = "Step " + std::to_string(step) + " is half done: " + std::to_string(progress.done());
    for (const EmbeddedStep &each : steps()) {
      if (each.number == step) {
        sentence += " of " + std::to_string(statements_of(each.sql).size());
      }
    }
    sentence += " statements. ";
    for (const auto &[at, statement] : progress.statements) {
      if (!statement.failure.empty()) {
        sentence += "Statement " + std::to_string(at) + " failed: " + statement.failure + ". ";
      }
    }
    return sentence + "\"up\" goes on there.";
  }

  std::vector<Step> take(Session &session, const std::function<std::vector<Step>()> &missing_steps) const override {
    const NamedLock lock(session, prefix_, patience_);
    auto steps = missing_steps();
    if (steps.empty()) {
      return steps;
    }
    try {
      session.run(kMakeProgress);
    } catch (const DatabaseError &error) {
      refuse(error, "before the first step");
    }
    for (const Step &step : steps) {
      take_step(session, step);
    }
    record_schema(session, describe(session), steps.back().checksum);
    return steps;
  }

  SchemaDescription describe(Session &session) const override {
    const adapters::Parameters where{{"prefix", prefix_}};
    SchemaDescription description = described_tables(session, kTables, kColumns, where);
    for (const char *sql : {kIndexes, kForeignKeys, kChecks, kTriggers}) {
      auto rows = session.query(sql, "tttt", where);
      while (rows.next()) {
        std::string kind = rows.text();
        std::string name = rows.text();
        std::string owner = rows.text();
        description[{std::move(kind), std::move(name)}] = {std::move(owner), rows.text(), {}};
      }
    }
    auto functions = session.query(kFunctions, "ttttt", where);
    while (functions.next()) {
      std::string kind = functions.text();
      std::string name = functions.text();
      SchemaObject object{functions.text(), functions.text(), {}};
      if (const std::string body = functions.text(); !body.empty()) {
        object.columns["body"] = normalised_sql(body);
      }
      description[{std::move(kind), std::move(name)}] = std::move(object);
    }
    for (const std::string &own :
         {prefix_ + "schema_progress", prefix_ + "schema_description", std::string(kScratchMark)}) {
      for (auto each = description.begin(); each != description.end();) {
        each = each->second.owner == own ? description.erase(each) : std::next(each);
      }
    }
    return description;
  }

  Expected expected(Session &session, int count) const override {
    Expected expected = expected_with_bodies(session, count);
    bool hidden = false;
    for (const auto &[key, object] : describe(session)) {
      const auto found = expected.description.find(key);
      if (key.first == "function" && object.columns.empty() && found != expected.description.end()) {
        found->second.columns.clear();
        hidden = true;
      }
    }
    if (hidden) {
      expected.source += "; the bodies of functions, which this role may not read, were left out";
    }
    return expected;
  }

  void begin_moment(Session &session) const override {
    // A snapshot that lasts needs this level; it is that of the next transaction alone.
    session.run("set transaction isolation level repeatable read");
    session.begin("start transaction with consistent snapshot, read only");
  }
  void publish(Session &session) const override {
    adapters::Transaction transaction(session);
    number(session, kFeedLocked);
    const auto given = session.execute(kPublish);
    session.execute(kFeedRaised, {{"given", given}});
    transaction.commit();
  }

  std::int64_t given(Session &session, const std::string &table) const override {
    return number(session, kGiven, {{"name", prefix_ + table}});
  }

  void set_given(Session &session, const std::string &table, std::int64_t id) const override {
    if (id > given(session, table)) {
      session.run("alter table " + prefix_ + table + " auto_increment = " + std::to_string(id + 1));
    }
  }

  [[nodiscard]] adapters::Database kind() const override { return adapters::Database::mariadb; }

private:
  [[noreturn]] static void refuse(const DatabaseError &error, const std::string &where) {
    if (error.kind() == ErrorKind::busy || error.kind() == ErrorKind::unavailable) {
      throw DatabaseError(error);
    }
    if (is_denied_by_the_binary_log(error)) {
      throw Error(Error::Why::rights,
                  "The server keeps a binary log, and then lets nobody make functions (" + where +
                      "): " + error.what() +
                      ". As an administrator run \"set global log_bin_trust_function_creators = 1\", "
                      "then run \"up\" again.");
    }
    if (is_denied(error)) {
      throw Error(Error::Why::rights, std::string(error.what()) + " (" + where + ").");
    }
    throw Error(Error::Why::failed, "The database refused a statement (" + where + "): " + error.what() + ".");
  }

  Expected expected_with_bodies(Session &session, int count) const {
    try {
      return made_in_scratch(count);
    } catch (const DatabaseError &error) {
      if (!is_denied(error)) {
        throw;
      }
    }
    const auto last =
        std::find_if(steps().begin(), steps().end(), [&](const auto &each) { return each.number == count; });
    return {recorded_schema(session, has_table(session, prefix_ + "schema_description"), std::string(last->checksum)),
            "what was recorded after the last step, since the role may not make the same anew for the comparison"};
  }

  void take_step(Session &session, const Step &step) const {
    const auto statements = statements_of(step.sql);
    const Progress progress = progress_of(session, step.number);
    if (!progress.statements.empty() && progress.checksum != step.checksum) {
      throw Error(Error::Why::altered, "Step " + std::to_string(step.number) + " (" + step.name +
                                           ") was begun by another build, with another content. Finish it with that "
                                           "build, or restore the backup from before.");
    }
    for (std::size_t at = 0; at < statements.size(); ++at) {
      const auto place = static_cast<std::int64_t>(at) + 1;
      const auto before = progress.statements.find(place);
      if (before != progress.statements.end() && before->second.done) {
        continue;
      }
      const bool interrupted = before != progress.statements.end() && before->second.failure.empty();
      take_statement(session, step, place, statements, interrupted);
    }
    adapters::Transaction transaction(session);
    record(session, step);
    session.execute(kStepDone, {{"step", std::int64_t{step.number}}});
    transaction.commit();
  }

  void take_statement(Session &session, const Step &step, std::int64_t place,
                      const std::vector<std::string> &statements, bool interrupted) const {
    const std::string &sql = statements[static_cast<std::size_t>(place) - 1];
    const std::int64_t number_of_step = step.number;
    session.execute(kStarted,
                    {{"step", number_of_step}, {"statement", place}, {"checksum", step.checksum}, {"at", now()}});
    try {
      // A statement on rows commits together with its mark; one on the schema has committed before.
      adapters::Transaction transaction(session);
      session.run(sql);
      session.execute(kDone, {{"at", now()}, {"step", number_of_step}, {"statement", place}});
      transaction.commit();
    } catch (const DatabaseError &error) {
      if (session.broken()) {
        throw;
      }
      if (interrupted && is_there_already(error)) {
        session.execute(kDone, {{"at", now()}, {"step", number_of_step}, {"statement", place}});
        return;
      }
      session.execute(kFailed,
                      {{"failure", std::string(error.what())}, {"step", number_of_step}, {"statement", place}});
      refuse(error, "step " + std::to_string(step.number) + ", statement " + std::to_string(place) + " of " +
                        std::to_string(statements.size()) + ", " + head_of(sql) +
                        "; what was done before stays, and \"up\" goes on there");
    }
  }

  /// On a connection of its own: it changes to another database.
  Expected made_in_scratch(int count) const {
    const auto session = connect();
    std::string name;
    {
      auto rows = session->query(kScratchName, "t");
      rows.next();
      name = rows.text();
    }
    const NamedLock lock(*session, name, patience_);
    const ScratchDatabase scratch(*session, name);
    make(*session, count);
    return {describe(*session), "a database that the same steps made for the comparison"};
  }

  const adapters::ConnectionTarget target_;
  const std::string prefix_;
  const std::chrono::milliseconds patience_;
};

} // namespace

std::unique_ptr<Backend> mariadb_backend(const adapters::ConnectionTarget &target, const Options &options) {
  return std::make_unique<MariadbBackend>(target, options);
}

} // namespace parley::migrations
