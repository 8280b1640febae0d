#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "adapters/connection/connection_string.hpp"
#include "adapters/connection/session.hpp"
#include "migrations/migrations.hpp"
#include "migrations/schema_description.hpp"
#include "migrations/steps.hpp"

namespace parley::migrations {

/// What verify() holds the real schema against.
struct Expected {
  SchemaDescription description;
  std::string source; ///< where it comes from, for the operator: "tables made for the comparison"
};

/// How a kind of database is asked for tables.
struct CatalogueQueries {
  const char *has_table; ///< how many tables have this :name
  /// Schemas of ours that lie elsewhere in the same database: where (empty: in the same place), and their table prefix.
  const char *elsewhere;
};

/// One kind of database as the runner sees it: a file of its own for each. One thread at a time; functions throw
/// DatabaseError, and Error where they know better.
class Backend {
public:
  Backend(std::vector<EmbeddedStep> steps, CatalogueQueries queries) : steps_(std::move(steps)), queries_(queries) {}
  Backend(const Backend &) = delete;
  Backend &operator=(const Backend &) = delete;
  virtual ~Backend() = default;

  /// The steps of this build, by number.
  [[nodiscard]] const std::vector<EmbeddedStep> &steps() const { return steps_; }

  /// Why there is no database to look at, in a sentence; empty: there is one.
  [[nodiscard]] virtual std::string missing() const { return {}; }
  /// Connects. A database that is a file is made where there is none.
  [[nodiscard]] virtual std::unique_ptr<adapters::Session> connect() const = 0;

  bool has_table(adapters::Session &session, const std::string &name) const;
  /// Which schemas of ours lie elsewhere in the same database, in sentences; empty: none.
  std::string elsewhere(adapters::Session &session) const;
  /// The same as missing(), of what only a connection shows: the schema that the connection string names.
  virtual std::string missing(adapters::Session & /*session*/) const { return {}; }
  /// Throws Error (rights) where the role may not look at the place that the connection string names, so that nobody knows
  /// what is there.
  virtual void demand_sight(adapters::Session & /*session*/) const {}
  /// What an earlier attempt left half done, in a sentence; empty: nothing.
  virtual std::string unfinished(adapters::Session &session) const;

  /// Takes the steps that `missing_steps` names, which is asked once nobody else can migrate, and records them. Where
  /// the database can, all or none; else so that the next call goes on where this one ended.
  virtual std::vector<Step> take(adapters::Session &session,
                                 const std::function<std::vector<Step>()> &missing_steps) const = 0;

  /// How the tables with our prefix, and what belongs to them, are declared.
  virtual SchemaDescription describe(adapters::Session &session) const = 0;
  /// What the first `steps` steps make.
  virtual Expected expected(adapters::Session &session, int steps) const = 0;

  [[nodiscard]] virtual adapters::Database kind() const = 0;
  /// Begins a transaction that sees one moment of the database and changes nothing.
  virtual void begin_moment(adapters::Session &session) const = 0;
  /// Makes what data rules need, for this session alone.
  virtual void prepare_checks(adapters::Session & /*session*/) const {}

  /// Gives positions to events that have none yet.
  virtual void publish(adapters::Session & /*session*/) const {}
  /// The highest id that the database gave to a row of a table (without prefix), or knows not to give again.
  virtual std::int64_t given(adapters::Session &session, const std::string &table) const = 0;
  /// The next id of this table is higher than `id`.
  virtual void set_given(adapters::Session &session, const std::string &table, std::int64_t id) const = 0;

protected:
  /// Runs every statement of a step.
  static void run(adapters::Session &session, const Step &step);
  /// Runs the first `count` steps and records none: for comparing.
  void make(adapters::Session &session, int count) const;
  /// Writes down that a step was taken.
  static void record(adapters::Session &session, const Step &step);

private:
  const std::vector<EmbeddedStep> steps_;
  const CatalogueQueries queries_;
};

std::unique_ptr<Backend> sqlite_backend(const adapters::ConnectionTarget &target, const Options &options);
std::unique_ptr<Backend> postgresql_backend(const adapters::ConnectionTarget &target, const Options &options);
std::unique_ptr<Backend> mariadb_backend(const adapters::ConnectionTarget &target, const Options &options);

/// The one that a connection string names, after everything about it was checked.
std::unique_ptr<Backend> backend_of(const std::string &connection, const Options &options);

/// This moment, in microseconds since 1970.
std::int64_t now();

/// The first column of the first row.
std::int64_t number(adapters::Session &session, const char *sql, const adapters::Parameters &parameters = {});

/// A step with the table prefix filled in.
Step with_prefix_of(const EmbeddedStep &step, const std::string &prefix);

/// What `work` throws as DatabaseError leaves as Error.
Error translated(const adapters::DatabaseError &error);
template <class Work>
auto with_errors(Work &&work) {
  try {
    return work();
  } catch (const adapters::DatabaseError &error) {
    throw translated(error);
  }
}

} // namespace parley::migrations
