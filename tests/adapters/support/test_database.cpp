#include "tests/adapters/support/test_database.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include "adapters/connection/sqlite.hpp"
#include "migrations/migrations.hpp"
#include "tests/adapters/support/server_test_database.hpp"
#include "tests/support/servers/chosen_database.hpp"

namespace parley::tests {
namespace {

namespace fs = std::filesystem;

void remove_database(const std::string &path) {
  std::error_code ignored;
  for (const char *ending : {"", "-wal", "-shm"}) {
    fs::remove(path + ending, ignored);
  }
}

class SqliteTestDatabase : public TestDatabase {
public:
  SqliteTestDatabase() : path_(fresh_path()) { migrations::apply(connection()); }
  ~SqliteTestDatabase() override { remove_database(path_); }

  [[nodiscard]] std::string connection() const override { return "sqlite:" + path_; }
  [[nodiscard]] std::unique_ptr<adapters::Session> session() const override {
    return adapters::open_sqlite(path_, {"parley_", std::chrono::seconds(5)});
  }

private:
  std::string path_;
};

} // namespace

adapters::Stores TestDatabase::open() const {
  auto stores = adapters::open(connection());
  if (!stores) {
    throw std::runtime_error("the stores cannot be opened: " + stores.failure().faults.front().detail);
  }
  return std::move(stores).value();
}

std::int64_t TestDatabase::number(const std::string &sql) const {
  before_looking();
  const auto opened = session();
  auto rows = opened->query(sql, "i");
  return rows.next() ? rows.integer() : -1;
}

std::string TestDatabase::text(const std::string &sql) const {
  before_looking();
  const auto opened = session();
  auto rows = opened->query(sql, "t");
  return rows.next() ? rows.text() : "no row";
}

DatabaseKind sqlite_kind() {
  return {"sqlite", [] { return std::make_unique<SqliteTestDatabase>(); }};
}

std::vector<DatabaseKind> chosen_kind() {
  if (const auto server = chosen_server()) {
    return {{name_of(*server), [kind = *server] { return server_test_database(kind); }}};
  }
  return {sqlite_kind()};
}

std::vector<DatabaseKind> sqlite_if_chosen() {
  return chosen_server() ? std::vector<DatabaseKind>() : chosen_kind();
}

std::string fresh_path(const std::string &ending) {
  static std::atomic<int> next{0};
  const char *folder = std::getenv("PARLEY_TEST_DIR");
  const fs::path base = folder != nullptr ? fs::path(folder) : fs::temp_directory_path();
  std::string path = (base / ("t" + std::to_string(getpid()) + "-" + std::to_string(next++) + ending)).string();
  remove_database(path);
  return path;
}

} // namespace parley::tests
