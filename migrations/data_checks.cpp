#include "migrations/data_checks.hpp"

#include "adapters/connection/session.hpp"
#include "migrations/data_rules.hpp"

namespace parley::migrations {
namespace {

using adapters::DatabaseError;
using adapters::Session;

constexpr auto kCounts = "select (select count(*) from {prefix}conversation), (select count(*) from {prefix}message)";

DataResult check(Session &session, const DataRule &rule, std::size_t most_examples) {
  DataResult result{rule.name, rule.sentence, 0, {}};
  const std::string table = rule.table.empty() ? "the file" : session.table_prefix() + rule.table;
  // On PostgreSQL an error would end the transaction.
  session.execute("savepoint rule");
  try {
    // Client libraries of servers hold a whole result in memory: those that are shown come, with the number of all.
    auto rows = session.query("with offender (conversation, what) as (" + rule.offenders +
                                  ") select conversation, what, count(*) over () from offender limit :most",
                              "iti", {{"most", static_cast<std::int64_t>(most_examples)}});
    while (rows.next()) {
      const auto conversation = rows.integer();
      result.examples.push_back({table, conversation, rows.text()});
      result.violations = static_cast<std::size_t>(rows.integer());
    }
  } catch (const DatabaseError &error) {
    session.execute("rollback to savepoint rule"); // throws where the connection is gone
    // A damaged file is what this is for: the other rules still tell how far the damage goes.
    ++result.violations;
    result.examples.push_back({table, 0, std::string("This rule could not be checked: ") + error.what()});
  }
  return result;
}

} // namespace

std::size_t DataReport::violations() const {
  std::size_t sum = 0;
  for (const DataResult &result : results) {
    sum += result.violations;
  }
  return sum;
}

DataReport check_data(Session &session, const std::vector<DataRule> &rules, std::size_t most_examples) {
  DataReport report;
  {
    auto rows = session.query(kCounts, "ii");
    rows.next();
    report.conversations = rows.integer();
    report.messages = rows.integer();
  }
  for (const DataRule &rule : rules) {
    report.results.push_back(check(session, rule, most_examples));
  }
  return report;
}

} // namespace parley::migrations
