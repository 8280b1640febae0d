#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace parley::adapters {

class Session;

/// What the commands that share a transaction leave to its end: rows for statements that are dear each time they run, and
/// cost little more for many rows. One thread at a time.
class LateRows {
public:
  /// `sql`: its one parameter is :rows, a JSON array of rows. `row`: the row, a JSON array.
  void add(std::string sql, std::string row);

  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  /// Forgets what was added since there were so many: a command was taken back.
  void back_to(std::size_t size);

  /// Runs each statement once. Throws DatabaseError.
  void carry_out(Session &session) const;

private:
  struct Row {
    std::string sql;
    std::string json;
  };
  std::vector<Row> rows_;
};

} // namespace parley::adapters
