#include <sqlite3.h>

#include <stdexcept>

#include "tests/support/servers/server_kind.hpp"

namespace parley::tests {
namespace {

class SqliteLink : public Client::Link {
public:
  explicit SqliteLink(const std::string &path) {
    if (sqlite3_open(path.c_str(), &connection_) != SQLITE_OK) {
      const std::string why = sqlite3_errmsg(connection_);
      sqlite3_close(connection_);
      throw std::runtime_error(why);
    }
    sqlite3_busy_timeout(connection_, 5000);
  }
  ~SqliteLink() override { sqlite3_close(connection_); }

  std::vector<std::string> run(const std::string &sql) override {
    std::vector<std::string> values;
    const auto keep = [](void *kept, int /*columns*/, char **row, char ** /*names*/) {
      static_cast<std::vector<std::string> *>(kept)->emplace_back(row[0] == nullptr ? "" : row[0]);
      return 0;
    };
    if (sqlite3_exec(connection_, sql.c_str(), keep, &values, nullptr) != SQLITE_OK) {
      throw std::runtime_error(std::string(sqlite3_errmsg(connection_)) + " in: " + sql);
    }
    return values;
  }

private:
  sqlite3 *connection_ = nullptr;
};

} // namespace

std::unique_ptr<Client::Link> connect_sqlite(const std::string &path) {
  return std::make_unique<SqliteLink>(path);
}

} // namespace parley::tests
