#pragma once

#include <memory>
#include <string>

namespace parley::tests {

/// Counts the statements that this process's connections run, those of a plugin that it loaded included, on the kind of
/// database that is chosen (chosen_database.hpp): SQLite itself tells, or the server's log. That a statement is prepared does
/// not count. One at a time in a process.
class StatementCounter {
public:
  /// Before connections are opened.
  StatementCounter();
  ~StatementCounter();
  StatementCounter(const StatementCounter &) = delete;
  StatementCounter &operator=(const StatementCounter &) = delete;

  /// Only this database's statements count from now on; before connections to it are opened. SQLite: every database's do.
  void watch(const std::string &connection);

  /// Since the last time, or the beginning.
  int take();

private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

} // namespace parley::tests
