#include "migrations/migrations.hpp"

#include <algorithm>
#include <filesystem>
#include <memory>

#include "adapters/connection/connection_string.hpp"
#include "adapters/connection/sqlite.hpp"
#include "adapters/connection/table_prefix.hpp"
#include "migrations/schema_differences.hpp"
#include "migrations/script.hpp"
#include "migrations/steps.hpp"

namespace parley::migrations {
namespace {

using adapters::DatabaseError;
using adapters::ErrorKind;
using adapters::Parameters;
using adapters::Session;

constexpr auto kTables = "select name from sqlite_master where type = 'table' and name not like 'sqlite~_%' escape '~'";
constexpr auto kHasTable = "select count(*) from sqlite_master where type = 'table' and name = :name";
constexpr auto kOtherPrefixes = "select substr(name, 1, length(name) - length('schema_version')) from sqlite_master "
                                "where type = 'table' and name like '%schema~_version' escape '~' order by name";
constexpr auto kApplied = "select number, name, checksum from {prefix}schema_version order by number";
constexpr auto kRecord = "insert into {prefix}schema_version (number, name, checksum, applied_at) "
                         "values (:number, :name, :checksum, :applied_at)";

struct Applied {
  int number = 0;
  std::string name;
  std::string checksum;
};

std::int64_t now() {
  using namespace std::chrono;
  return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

Error translated(const DatabaseError &error) {
  switch (error.kind()) {
  case ErrorKind::busy:
    return {Error::Why::busy, std::string("The database is busy: ") + error.what()};
  case ErrorKind::unavailable:
    return {Error::Why::unavailable, std::string("The database cannot be used: ") + error.what()};
  default:
    return {Error::Why::failed, std::string("The database refused a statement: ") + error.what()};
  }
}

/// The file that a connection string names, after everything about it was checked.
std::string checked_path(const std::string &connection, const Options &options) {
  try {
    adapters::check_table_prefix(options.table_prefix);
    const auto target = adapters::parse_connection(connection);
    if (target.database != adapters::Database::sqlite) {
      throw Error(Error::Why::unsupported, "This database is not supported by this build. Supported: sqlite:<path>.");
    }
    return target.location;
  } catch (const adapters::InvalidConnection &error) {
    throw Error(Error::Why::usage, error.what());
  }
}

std::unique_ptr<Session> connect(const std::string &path, const Options &options) {
  return adapters::open_sqlite(path, {options.table_prefix, options.patience});
}

/// Why there is no file to open, in a sentence; empty where there is one.
std::string missing(const std::string &path) {
  namespace fs = std::filesystem;
  std::error_code error;
  const auto type = fs::status(path, error).type();
  if (type == fs::file_type::directory) {
    return "\"" + path + "\" is a folder: the connection string must name a file in it.";
  }
  if (type == fs::file_type::none) {
    return "The file \"" + path + "\" cannot be looked at: " + error.message() + ".";
  }
  if (type != fs::file_type::not_found) {
    return {};
  }
  const fs::path folder = fs::path(path).parent_path();
  if (!folder.empty() && !fs::is_directory(folder, error)) {
    return "There is no folder \"" + folder.string() + "\", and so no file \"" + path + "\".";
  }
  return "There is no file \"" + path + "\".";
}

/// Without making the file: null where there is none.
std::unique_ptr<Session> connect_present(const std::string &path, const Options &options) {
  return missing(path).empty() ? connect(path, options) : nullptr;
}

bool has_table(Session &session, const std::string &name) {
  auto rows = session.query(kHasTable, "i", {{"name", name}});
  rows.next();
  return rows.integer() != 0;
}

std::vector<Applied> applied_steps(Session &session) {
  if (!has_table(session, session.table_prefix() + "schema_version")) {
    return {};
  }
  std::vector<Applied> steps;
  auto rows = session.query(kApplied, "itt");
  while (rows.next()) {
    Applied step;
    step.number = static_cast<int>(rows.integer());
    step.name = rows.text();
    step.checksum = rows.text();
    steps.push_back(std::move(step));
  }
  return steps;
}

Status status_of(const std::vector<Applied> &applied) {
  Status status;
  status.newest = newest();
  status.present = applied.empty() ? 0 : applied.back().number;
  if (status.present == 0) {
    status.state = State::empty;
  } else if (status.present > status.newest) {
    status.state = State::ahead;
  } else {
    status.state = status.present == status.newest ? State::current : State::behind;
  }
  return status;
}

/// The steps that are missing; throws where this build must not go on.
std::vector<Step> missing_steps(const std::vector<Applied> &applied, const std::string &prefix) {
  const Status status = status_of(applied);
  if (status.state == State::ahead) {
    throw Error(Error::Why::ahead, "The schema is at step " + std::to_string(status.present) +
                                       ", newer than this build, which knows " + std::to_string(status.newest) +
                                       " steps. Use the newer build.");
  }
  std::vector<Step> steps;
  for (const EmbeddedStep &embedded : sqlite_steps()) {
    if (embedded.number > status.present) {
      steps.push_back({embedded.number, std::string(embedded.name), std::string(embedded.checksum),
                       adapters::with_prefix(embedded.sql, prefix)});
    }
  }
  for (const Applied &each : applied) {
    const auto &embedded = sqlite_steps()[static_cast<std::size_t>(each.number) - 1];
    if (embedded.checksum != each.checksum) {
      throw Error(Error::Why::altered, "Step " + std::to_string(each.number) + " (" + each.name +
                                           ") was applied with another content than this build's.");
    }
  }
  return steps;
}

/// What the first `steps` steps make.
std::unique_ptr<Session> expected_schema(const std::string &prefix, int steps) {
  auto expected = adapters::open_sqlite_scratch(prefix);
  for (const EmbeddedStep &step : sqlite_steps()) {
    if (step.number <= steps) {
      for (const std::string &statement : statements_of(step.sql)) {
        expected->execute(statement);
      }
    }
  }
  return expected;
}

/// Of a database where no step is recorded: nothing is there, or that record is lost.
std::vector<std::string> differences_without_steps(Session &session) {
  const auto expected = expected_schema(session.table_prefix(), newest());
  bool any = false;
  auto tables = expected->query(kTables, "t");
  while (tables.next()) {
    any = has_table(session, tables.text()) || any;
  }
  if (any) {
    std::vector<std::string> differences{"No step is recorded as applied, but some of its tables are there."};
    for (std::string &difference : schema_differences(*expected, session)) {
      differences.push_back(std::move(difference));
    }
    return differences;
  }
  std::string sentence = "The schema is empty.";
  auto prefixes = session.query(kOtherPrefixes, "t");
  while (prefixes.next()) {
    sentence += " There is one with the table prefix \"" + prefixes.text() + "\".";
  }
  return {sentence};
}

std::vector<std::string> differences(Session &session) {
  const auto applied = applied_steps(session);
  const Status present = status_of(applied);
  if (present.state == State::empty) {
    return differences_without_steps(session);
  }
  if (present.state == State::ahead) {
    return {"The schema is at step " + std::to_string(present.present) + ", newer than this build."};
  }
  std::vector<std::string> differences;
  for (std::size_t at = 0; at < applied.size(); ++at) {
    const auto number = static_cast<std::size_t>(applied[at].number);
    if (number != at + 1) {
      differences.push_back("Step " + std::to_string(at + 1) + " is not recorded as applied.");
      break;
    }
    if (sqlite_steps()[at].checksum != applied[at].checksum) {
      differences.push_back("Step " + std::to_string(number) + " was applied with another content.");
    }
  }
  const auto expected = expected_schema(session.table_prefix(), present.present);
  for (std::string &difference : schema_differences(*expected, session)) {
    differences.push_back(std::move(difference));
  }
  return differences;
}

} // namespace

const char *name_of(State state) {
  switch (state) {
  case State::empty:
    return "empty";
  case State::behind:
    return "behind";
  case State::current:
    return "current";
  case State::ahead:
    return "ahead";
  }
  return "unknown";
}

int newest() {
  return sqlite_steps().empty() ? 0 : sqlite_steps().back().number;
}

Status status(const std::string &connection, const Options &options) {
  const std::string path = checked_path(connection, options);
  try {
    const auto session = connect_present(path, options);
    Status status = status_of(session ? applied_steps(*session) : std::vector<Applied>{});
    status.missing = session ? std::string() : missing(path);
    return status;
  } catch (const DatabaseError &error) {
    throw translated(error);
  }
}

std::vector<Step> plan(const std::string &connection, const Options &options) {
  const std::string path = checked_path(connection, options);
  try {
    const auto session = connect_present(path, options);
    return missing_steps(session ? applied_steps(*session) : std::vector<Applied>{}, options.table_prefix);
  } catch (const DatabaseError &error) {
    throw translated(error);
  }
}

std::vector<Step> apply(const std::string &connection, const Options &options) {
  const std::string path = checked_path(connection, options);
  try {
    const auto session = connect(path, options);
    // One of several that start at once gets the lock; the others find nothing left to do.
    adapters::Transaction transaction(*session, "begin exclusive");
    const auto applied = applied_steps(*session);
    auto steps = missing_steps(applied, options.table_prefix);
    for (const Step &step : steps) {
      for (const std::string &statement : statements_of(step.sql)) {
        session->execute(statement);
      }
      session->execute(kRecord, Parameters{{"number", std::int64_t{step.number}},
                                           {"name", step.name},
                                           {"checksum", step.checksum},
                                           {"applied_at", now()}});
    }
    transaction.commit();
    return steps;
  } catch (const DatabaseError &error) {
    throw translated(error);
  }
}

std::vector<std::string> verify(const std::string &connection, const Options &options) {
  const std::string path = checked_path(connection, options);
  try {
    const auto session = connect_present(path, options);
    return session ? differences(*session) : std::vector<std::string>{missing(path)};
  } catch (const DatabaseError &error) {
    throw translated(error);
  }
}

DataReport verify_data(const std::string &connection, std::size_t most_examples, const Options &options) {
  const std::string path = checked_path(connection, options);
  try {
    const auto session = connect_present(path, options);
    if (!session) {
      throw Error(Error::Why::unavailable, missing(path));
    }
    return check_data(*session, most_examples);
  } catch (const DatabaseError &error) {
    throw translated(error);
  }
}

} // namespace parley::migrations
