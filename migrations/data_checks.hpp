#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace parley::adapters {
class Session;
}

namespace parley::migrations {

struct DataRule;

/// One thing that contradicts a rule.
struct Violation {
  std::string table;             ///< with its prefix
  std::int64_t conversation = 0; ///< 0: it belongs to none
  std::string what; ///< what is there, and what is expected: one sentence for the operator, no texts of people
};

/// How one rule fared.
struct DataResult {
  std::string name;                ///< stable, for scripts: "message-numbers"
  std::string sentence;            ///< the rule
  std::size_t violations = 0;      ///< all of them
  std::vector<Violation> examples; ///< the first of them
};

struct DataReport {
  std::int64_t conversations = 0;
  std::int64_t messages = 0;
  std::vector<DataResult> results; ///< of every rule, those that are kept included

  [[nodiscard]] std::size_t violations() const;
};

/// Checks the rules that what is stored keeps at every moment between two transactions; some the database enforces too,
/// and here it must say so itself. Reads only, in one transaction. The schema must be current.
///
/// A rule that cannot be checked since the file is damaged counts as violated. Throws DatabaseError when nothing can be
/// read at all.
DataReport check_data(adapters::Session &session, const std::vector<DataRule> &rules, std::size_t most_examples);

} // namespace parley::migrations
