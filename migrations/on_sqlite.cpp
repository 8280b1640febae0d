// SQLite: one file, one exclusive transaction for all steps, and a database in memory to compare with.
#include <algorithm>
#include <filesystem>

#include "adapters/connection/sqlite.hpp"
#include "migrations/backend.hpp"
#include "migrations/script.hpp"

namespace parley::migrations {
namespace {

using adapters::Session;

constexpr auto kHasTable = "select count(*) from sqlite_master where type = 'table' and name = :name";
constexpr auto kElsewhere = "select '', substr(name, 1, length(name) - length('schema_version')) from sqlite_master "
                            "where type = 'table' and name like '%schema~_version' escape '~' order by name";
constexpr auto kObjects = "select type, name, tbl_name, coalesce(sql, '') from sqlite_master "
                          "where type in ('table', 'index', 'trigger') and name not like 'sqlite~_%' escape '~' "
                          "order by type desc, name";
constexpr auto kColumns = "select name, type, \"notnull\", coalesce(dflt_value, ''), pk, hidden "
                          "from pragma_table_xinfo(:name) order by cid";

constexpr auto kGiven = "select seq from sqlite_sequence where name = :name";
constexpr auto kRaiseGiven = "update sqlite_sequence set seq = max(seq, :id) where name = :name";
constexpr auto kSetGiven = "insert into sqlite_sequence (seq, name) values (:id, :name)";

std::map<std::string, std::string> columns_of(Session &session, const std::string &table) {
  std::map<std::string, std::string> columns;
  auto rows = session.query(kColumns, "ttitii", {{"name", table}});
  while (rows.next()) {
    std::string name = rows.text();
    std::string declared = normalised_sql(rows.text());
    declared += "; not null " + std::to_string(rows.integer());
    declared += "; default " + rows.text();
    declared += "; key " + std::to_string(rows.integer());
    declared += "; hidden " + std::to_string(rows.integer());
    columns.emplace(std::move(name), std::move(declared));
  }
  return columns;
}

class SqliteBackend : public Backend {
public:
  SqliteBackend(std::string path, const Options &options)
      : Backend(options.steps != nullptr ? *options.steps : sqlite_steps(), {kHasTable, kElsewhere}),
        path_(std::move(path)), options_{options.table_prefix, options.patience} {}

  using Backend::missing;
  [[nodiscard]] std::string missing() const override {
    namespace fs = std::filesystem;
    std::error_code error;
    const auto type = fs::status(path_, error).type();
    if (type == fs::file_type::directory) {
      return "\"" + path_ + "\" is a folder: the connection string must name a file in it.";
    }
    if (type == fs::file_type::none) {
      return "The file \"" + path_ + "\" cannot be looked at: " + error.message() + ".";
    }
    if (type != fs::file_type::not_found) {
      return {};
    }
    const fs::path folder = fs::path(path_).parent_path();
    if (!folder.empty() && !fs::is_directory(folder, error)) {
      return "There is no folder \"" + folder.string() + "\", and so no file \"" + path_ + "\".";
    }
    return "There is no file \"" + path_ + "\".";
  }

  [[nodiscard]] std::unique_ptr<Session> connect() const override { return adapters::open_sqlite(path_, options_); }

  std::vector<Step> take(Session &session, const std::function<std::vector<Step>()> &missing_steps) const override {
    // One of several that start at once gets the lock; the others find nothing left to do.
    adapters::Transaction transaction(session, "begin exclusive");
    auto steps = missing_steps();
    for (const Step &step : steps) {
      run(session, step);
      record(session, step);
    }
    transaction.commit();
    return steps;
  }

  SchemaDescription describe(Session &session) const override {
    SchemaDescription description;
    auto rows = session.query(kObjects, "tttt");
    while (rows.next()) {
      std::string type = rows.text();
      std::string name = rows.text();
      SchemaObject object;
      object.owner = rows.text();
      object.text = normalised_sql(rows.text());
      if (type == "table") {
        object.columns = columns_of(session, name);
      }
      description.emplace(std::make_pair(std::move(type), std::move(name)), std::move(object));
    }
    return description;
  }

  Expected expected(Session &session, int count) const override {
    const auto scratch = adapters::open_sqlite_scratch(session.table_prefix());
    make(*scratch, count);
    return {describe(*scratch), "the same steps, taken in memory"};
  }

  void begin_moment(Session &session) const override { session.begin(); }
  std::int64_t given(Session &session, const std::string &table) const override {
    auto rows = session.query(kGiven, "i", {{"name", session.table_prefix() + table}});
    return rows.next() ? rows.integer() : 0;
  }

  void set_given(Session &session, const std::string &table, std::int64_t id) const override {
    const adapters::Parameters parameters{{"id", id}, {"name", session.table_prefix() + table}};
    // Only a table whose ids are never given twice has a row there, and that not before its first one.
    if (table == "conversation" && session.execute(kRaiseGiven, parameters) == 0) {
      session.execute(kSetGiven, parameters);
    }
  }

  [[nodiscard]] adapters::Database kind() const override { return adapters::Database::sqlite; }

private:
  const std::string path_;
  const adapters::SqliteOptions options_;
};

} // namespace

std::unique_ptr<Backend> sqlite_backend(const adapters::ConnectionTarget &target, const Options &options) {
  return std::make_unique<SqliteBackend>(target.location, options);
}

} // namespace parley::migrations
