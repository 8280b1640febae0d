#include "migrations/backend.hpp"

#include <chrono>

#include "adapters/connection/table_prefix.hpp"
#include "migrations/script.hpp"

namespace parley::migrations {
namespace {

using adapters::DatabaseError;
using adapters::ErrorKind;
using adapters::Session;

constexpr auto kRecord = "insert into {prefix}schema_version (number, name, checksum, applied_at) "
                         "values (:number, :name, :checksum, :applied_at)";

} // namespace

std::int64_t now() {
  using namespace std::chrono;
  return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

std::int64_t number(Session &session, const char *sql, const adapters::Parameters &parameters) {
  auto rows = session.query(sql, "i", parameters);
  rows.next();
  return rows.integer();
}

bool Backend::has_table(Session &session, const std::string &name) const {
  return number(session, queries_.has_table, {{"name", name}}) != 0;
}

std::string Backend::elsewhere(Session &session) const {
  std::string sentences;
  auto rows = session.query(queries_.elsewhere, "tt");
  while (rows.next()) {
    const std::string place = rows.text();
    const std::string prefix = rows.text();
    const bool other_prefix = prefix != session.table_prefix();
    if (place.empty() && !other_prefix) {
      continue;
    }
    sentences += sentences.empty() ? "There is one" : " There is one";
    sentences += place.empty() ? "" : " in the schema \"" + place + "\"";
    sentences += other_prefix ? " with the table prefix \"" + prefix + "\"" : "";
    sentences += place.empty() ? "." : ": \"?schema=" + place + "\" in the connection string names it.";
  }
  return sentences;
}

std::string Backend::unfinished(Session & /*session*/) const {
  return {};
}

void Backend::run(Session &session, const Step &step) {
  for (const std::string &statement : statements_of(step.sql)) {
    session.run(statement);
  }
}

void Backend::make(Session &session, int count) const {
  for (const EmbeddedStep &step : steps_) {
    if (step.number <= count) {
      run(session, with_prefix_of(step, session.table_prefix()));
    }
  }
}

void Backend::record(Session &session, const Step &step) {
  session.execute(
      kRecord,
      {{"number", std::int64_t{step.number}}, {"name", step.name}, {"checksum", step.checksum}, {"applied_at", now()}});
}

std::unique_ptr<Backend> backend_of(const std::string &connection, const Options &options) {
  try {
    adapters::check_table_prefix(options.table_prefix);
    const auto target = adapters::parse_connection(connection);
    switch (target.database) {
    case adapters::Database::sqlite:
      break;
    case adapters::Database::postgresql:
      return postgresql_backend(target, options);
    case adapters::Database::mariadb:
      return mariadb_backend(target, options);
    }
    return sqlite_backend(target, options);
  } catch (const adapters::InvalidConnection &error) {
    throw Error(Error::Why::usage, error.what());
  }
}

Step with_prefix_of(const EmbeddedStep &step, const std::string &prefix) {
  return {step.number, std::string(step.name), std::string(step.checksum), adapters::with_prefix(step.sql, prefix)};
}

Error translated(const DatabaseError &error) {
  switch (error.kind()) {
  case ErrorKind::again:
  case ErrorKind::busy:
    return {Error::Why::busy, std::string("The database is busy: ") + error.what()};
  case ErrorKind::unavailable:
    return {Error::Why::unavailable, std::string("The database cannot be used: ") + error.what()};
  default:
    return {Error::Why::failed, std::string("The database refused a statement: ") + error.what()};
  }
}

} // namespace parley::migrations
