#include "migrations/migrations.hpp"

#include <algorithm>

#include "migrations/backend.hpp"
#include "migrations/data_rules.hpp"
#include "migrations/steps.hpp"

namespace parley::migrations {
namespace {

using adapters::Session;

constexpr auto kApplied = "select number, name, checksum from {prefix}schema_version order by number";

struct Applied {
  int number = 0;
  std::string name;
  std::string checksum;
};

/// Null where there is nothing to connect to: none is made.
std::unique_ptr<Session> connect_present(const Backend &backend) {
  return backend.missing().empty() ? backend.connect() : nullptr;
}

std::vector<Applied> applied_steps(const Backend &backend, Session &session) {
  if (!backend.has_table(session, session.table_prefix() + "schema_version")) {
    backend.demand_sight(session);
    return {};
  }
  try {
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
  } catch (const adapters::DatabaseError &) {
    if (!session.broken()) {
      backend.demand_sight(session);
    }
    throw;
  }
}

Status status_of(const Backend &backend, const std::vector<Applied> &applied) {
  Status status;
  status.newest = backend.steps().empty() ? 0 : backend.steps().back().number;
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
std::vector<Step> missing_steps(const Backend &backend, const std::vector<Applied> &applied,
                                const std::string &prefix) {
  const Status status = status_of(backend, applied);
  if (status.state == State::ahead) {
    throw Error(Error::Why::ahead, "The schema is at step " + std::to_string(status.present) +
                                       ", newer than this build, which knows " + std::to_string(status.newest) +
                                       " steps. Use the newer build.");
  }
  std::vector<Step> steps;
  for (const EmbeddedStep &embedded : backend.steps()) {
    if (embedded.number > status.present) {
      steps.push_back(with_prefix_of(embedded, prefix));
    }
  }
  for (const Applied &each : applied) {
    const auto &embedded = backend.steps()[static_cast<std::size_t>(each.number) - 1];
    if (embedded.checksum != each.checksum) {
      throw Error(Error::Why::altered, "Step " + std::to_string(each.number) + " (" + each.name +
                                           ") was applied with another content than this build's.");
    }
  }
  return steps;
}

std::vector<Step> missing_steps(const Backend &backend, Session &session) {
  return missing_steps(backend, applied_steps(backend, session), session.table_prefix());
}

void add(std::vector<std::string> &differences, const std::vector<std::string> &more) {
  differences.insert(differences.end(), more.begin(), more.end());
}

/// Of a database where no step is recorded: nothing is there, or that record is lost.
Verification without_steps(const Backend &backend, Session &session) {
  const auto real = backend.describe(session);
  if (!real.empty()) {
    const auto expected = backend.expected(session, backend.steps().back().number);
    const auto is_there = [&](const auto &each) { return each.first.first == "table" && real.count(each.first) != 0; };
    if (std::any_of(expected.description.begin(), expected.description.end(), is_there)) {
      Verification result{{"No step is recorded as applied, but some of its tables are there."}, expected.source};
      add(result.differences, schema_differences(expected.description, real));
      return result;
    }
  }
  std::string sentence = backend.missing(session);
  if (sentence.empty()) {
    sentence = "The schema is empty.";
  }
  const std::string elsewhere = backend.elsewhere(session);
  return {{elsewhere.empty() ? sentence : sentence + " " + elsewhere}, {}};
}

/// What was begun here and not ended, in a sentence: a step, or a copy into this database.
std::string left_over(const Backend &backend, Session &session) {
  std::string left = backend.unfinished(session);
  if (left.empty() && backend.has_table(session, session.table_prefix() + "copy_progress")) {
    left = "A copy into this database is not finished: no host may use it yet.";
  }
  return left;
}

Verification verification(const Backend &backend, Session &session) {
  if (const std::string left = left_over(backend, session); !left.empty()) {
    return {{left}, {}};
  }
  const auto applied = applied_steps(backend, session);
  const Status present = status_of(backend, applied);
  if (present.state == State::empty) {
    return without_steps(backend, session);
  }
  if (present.state == State::ahead) {
    return {{"The schema is at step " + std::to_string(present.present) + ", newer than this build."}, {}};
  }
  Verification result;
  for (std::size_t at = 0; at < applied.size(); ++at) {
    const auto number = static_cast<std::size_t>(applied[at].number);
    if (number != at + 1) {
      result.differences.push_back("Step " + std::to_string(at + 1) + " is not recorded as applied.");
      break;
    }
    if (backend.steps()[at].checksum != applied[at].checksum) {
      result.differences.push_back("Step " + std::to_string(number) + " was applied with another content.");
    }
  }
  const auto expected = backend.expected(session, present.present);
  result.compared_with = expected.source;
  add(result.differences, schema_differences(expected.description, backend.describe(session)));
  return result;
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
  return with_errors([&] {
    const auto backend = backend_of(connection, options);
    const auto session = connect_present(*backend);
    if (!session) {
      Status status = status_of(*backend, {});
      status.missing = backend->missing();
      return status;
    }
    Status status = status_of(*backend, applied_steps(*backend, *session));
    status.unfinished = left_over(*backend, *session);
    if (!status.unfinished.empty() && status.state == State::empty) {
      status.state = State::behind;
    }
    if (status.state == State::empty) {
      status.missing = backend->missing(*session);
      status.elsewhere = backend->elsewhere(*session);
    }
    return status;
  });
}

std::vector<Step> plan(const std::string &connection, const Options &options) {
  return with_errors([&] {
    const auto backend = backend_of(connection, options);
    const auto session = connect_present(*backend);
    return session ? missing_steps(*backend, *session) : missing_steps(*backend, {}, options.table_prefix);
  });
}

std::vector<Step> apply(const std::string &connection, const Options &options) {
  return with_errors([&]() -> std::vector<Step> {
    const auto backend = backend_of(connection, options);
    const auto session = backend->connect();
    const auto missing = [&] { return missing_steps(*backend, *session); };
    // Whoever finds nothing to do needs neither the lock nor the right to change anything.
    return missing().empty() ? std::vector<Step>{} : backend->take(*session, missing);
  });
}

Verification verify_schema(const std::string &connection, const Options &options) {
  return with_errors([&] {
    const auto backend = backend_of(connection, options);
    const auto session = connect_present(*backend);
    return session ? verification(*backend, *session) : Verification{{backend->missing()}, {}};
  });
}

std::vector<std::string> verify(const std::string &connection, const Options &options) {
  return verify_schema(connection, options).differences;
}

DataReport verify_data(const std::string &connection, std::size_t most_examples, const Options &options) {
  return with_errors([&] {
    const auto backend = backend_of(connection, options);
    const auto session = connect_present(*backend);
    if (!session) {
      throw Error(Error::Why::unavailable, backend->missing());
    }
    backend->prepare_checks(*session);
    backend->begin_moment(*session);
    return check_data(*session, data_rules(backend->kind()), most_examples);
  });
}

} // namespace parley::migrations
