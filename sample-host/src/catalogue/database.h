// The host's own SQLite file: a few connections, short reads, immediate write transactions.
//
// Rows are collected before they are handed out, so that nobody holds a connection while calling somebody else.
#ifndef PARLEY_SAMPLE_HOST_CATALOGUE_DATABASE_H
#define PARLEY_SAMPLE_HOST_CATALOGUE_DATABASE_H

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

namespace host {

// A bound parameter. monostate is NULL.
using Value = std::variant<std::monostate, std::int64_t, std::string>;
using Values = std::vector<Value>;
// A column as text; nothing for NULL.
using Cell = std::optional<std::string>;
using Row = std::vector<Cell>;
using Rows = std::vector<Row>;

std::int64_t number(const Cell &cell);
std::string text(const Cell &cell);

// The file cannot be read or written. The message names no bound values.
class DatabaseError : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

// One connection for the time of one piece of work. Not thread-safe; lives within Database::read and ::write.
class Connection {
public:
  virtual ~Connection() = default;
  Connection(const Connection &) = delete;
  Connection &operator=(const Connection &) = delete;

  // Placeholders are "?", in the order of `values`.
  virtual Rows rows(const std::string &sql, const Values &values = {}) = 0;
  // Number of rows that changed.
  virtual std::int64_t execute(const std::string &sql, const Values &values = {}) = 0;

protected:
  Connection() = default;
};

// [thread-safe]. Everything throws DatabaseError.
class Database {
public:
  explicit Database(const std::string &file);
  ~Database();
  Database(const Database &) = delete;
  Database &operator=(const Database &) = delete;

  Rows rows(const std::string &sql, const Values &values = {});
  // One transaction: all of `work`, or nothing when it throws. Other processes may write to the same file.
  void write(const std::function<void(Connection &)> &work);

private:
  class Pool;
  std::unique_ptr<Pool> pool_;
};

} // namespace host

#endif
