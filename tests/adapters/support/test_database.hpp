#pragma once

#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "adapters/connection/session.hpp"
#include "adapters/store_factory.hpp"

namespace parley::tests {

/// A database of its own for one test, with the current schema.
class TestDatabase {
public:
  virtual ~TestDatabase() = default;
  [[nodiscard]] virtual std::string connection() const = 0;
  /// To look behind the stores.
  [[nodiscard]] virtual std::unique_ptr<adapters::Session> session() const = 0;

  /// Fails the test when the stores cannot be opened.
  [[nodiscard]] adapters::Stores open() const;
  /// The first column of the first row.
  [[nodiscard]] std::int64_t number(const std::string &sql) const;
  [[nodiscard]] std::string text(const std::string &sql) const;

private:
  /// What reading would do first.
  virtual void before_looking() const {}
};

/// A kind of database that the suite runs on.
struct DatabaseKind {
  std::string name;
  std::function<std::unique_ptr<TestDatabase>()> make;
};
inline std::ostream &operator<<(std::ostream &out, const DatabaseKind &kind) {
  return out << kind.name;
}

DatabaseKind sqlite_kind();
/// The kind that this run of the tests is about (tests/support/servers/chosen_database.hpp).
std::vector<DatabaseKind> chosen_kind();
/// The same when it is SQLite, else none: for tests of what SQLite alone has.
std::vector<DatabaseKind> sqlite_if_chosen();

/// A path in the test's own folder that nothing uses yet.
std::string fresh_path(const std::string &ending = ".db");

} // namespace parley::tests
