#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace parley::tests {

/// What one run of one statement cost the database.
struct StatementWork {
  std::string sql;
  std::int64_t vm_steps = 0;
  std::int64_t full_scan_steps = 0;
  std::int64_t sorts = 0;
  std::int64_t automatic_indexes = 0;
};

/// The sums over several statements.
struct Work {
  std::int64_t statements = 0;
  std::int64_t vm_steps = 0;
  std::int64_t full_scan_steps = 0;
  std::int64_t sorts = 0;
  std::int64_t automatic_indexes = 0;
  std::vector<StatementWork> each;
};

/// Counts what SQLite does on every connection that is opened while the meter lives, whoever opens it: this program or a
/// plugin that it loaded. SQLite itself tells, so that what is measured knows nothing of it. One at a time in a process.
class SqliteMeter {
public:
  SqliteMeter();
  ~SqliteMeter();
  SqliteMeter(const SqliteMeter &) = delete;
  SqliteMeter &operator=(const SqliteMeter &) = delete;

  /// What was done since the last time, or since the beginning. Statements that still run are not in it.
  Work take();
};

} // namespace parley::tests
