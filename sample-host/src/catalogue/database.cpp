#include "sample-host/src/catalogue/database.h"

#include <condition_variable>
#include <deque>
#include <mutex>

#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

namespace host {
namespace {

constexpr std::size_t connections = 8;

class SociConnection final : public Connection {
public:
  explicit SociConnection(const std::string &file) : session_(soci::sqlite3, "db=" + file + " timeout=10") {
    session_ << "pragma journal_mode = wal";
    session_ << "pragma synchronous = full";
    session_ << "pragma foreign_keys = on";
  }

  Rows rows(const std::string &sql, const Values &values) override {
    soci::statement statement(session_);
    Bound bound(statement, values);
    statement.alloc();
    statement.prepare(sql);
    auto *backend = static_cast<soci::sqlite3_statement_backend *>(statement.get_backend());
    const auto columns = static_cast<std::size_t>(sqlite_api::sqlite3_column_count(backend->stmt_));
    std::vector<std::string> texts(columns);
    std::vector<soci::indicator> indicators(columns, soci::i_null);
    for (std::size_t i = 0; i < columns; ++i) {
      statement.exchange(soci::into(texts[i], indicators[i]));
    }
    statement.define_and_bind();
    Rows result;
    for (bool more = statement.execute(true); more; more = statement.fetch()) {
      Row row;
      row.reserve(columns);
      for (std::size_t i = 0; i < columns; ++i) {
        row.push_back(indicators[i] == soci::i_ok ? Cell(texts[i]) : std::nullopt);
      }
      result.push_back(std::move(row));
    }
    return result;
  }

  std::int64_t execute(const std::string &sql, const Values &values) override {
    soci::statement statement(session_);
    Bound bound(statement, values);
    statement.alloc();
    statement.prepare(sql);
    statement.define_and_bind();
    statement.execute(true);
    return statement.get_affected_rows();
  }

private:
  // Keeps copies of the parameters alive as long as the statement uses them.
  class Bound {
  public:
    Bound(soci::statement &statement, const Values &values) {
      for (const Value &value : values) {
        if (const auto *number = std::get_if<std::int64_t>(&value)) {
          numbers_.push_back(*number);
          statement.exchange(soci::use(numbers_.back()));
        } else if (const auto *text = std::get_if<std::string>(&value)) {
          texts_.push_back(*text);
          statement.exchange(soci::use(texts_.back()));
        } else {
          texts_.emplace_back();
          statement.exchange(soci::use(texts_.back(), null_));
        }
      }
    }

  private:
    std::deque<long long> numbers_;
    std::deque<std::string> texts_;
    soci::indicator null_ = soci::i_null;
  };

  soci::session session_;
};

} // namespace

std::int64_t number(const Cell &cell) {
  return cell && !cell->empty() ? std::stoll(*cell) : 0;
}
std::string text(const Cell &cell) {
  return cell.value_or(std::string());
}

class Database::Pool {
public:
  explicit Pool(const std::string &file) {
    for (std::size_t i = 0; i < connections; ++i) {
      free_.push_back(std::make_unique<SociConnection>(file));
    }
  }

  // Lends a connection for the time of `work`.
  template <typename Work>
  auto with(const Work &work) {
    std::unique_ptr<SociConnection> connection = take();
    struct GiveBack {
      Pool &pool;
      std::unique_ptr<SociConnection> &connection;
      ~GiveBack() { pool.give(std::move(connection)); }
    } give_back{*this, connection};
    try {
      return work(*connection);
    } catch (const soci::soci_error &error) {
      throw DatabaseError(error.get_error_message());
    }
  }

private:
  std::unique_ptr<SociConnection> take() {
    std::unique_lock lock(mutex_);
    returned_.wait(lock, [&] { return !free_.empty(); });
    auto connection = std::move(free_.back());
    free_.pop_back();
    return connection;
  }

  void give(std::unique_ptr<SociConnection> connection) {
    {
      const std::lock_guard lock(mutex_);
      free_.push_back(std::move(connection));
    }
    returned_.notify_one();
  }

  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<SociConnection>> free_;
};

Database::Database(const std::string &file) {
  try {
    pool_ = std::make_unique<Pool>(file);
  } catch (const soci::soci_error &error) {
    throw DatabaseError("cannot open " + file + ": " + error.get_error_message());
  }
}

Database::~Database() = default;

Rows Database::rows(const std::string &sql, const Values &values) {
  return pool_->with([&](Connection &connection) { return connection.rows(sql, values); });
}

void Database::write(const std::function<void(Connection &)> &work) {
  pool_->with([&](Connection &connection) {
    connection.execute("begin immediate");
    try {
      work(connection);
      connection.execute("commit");
    } catch (...) {
      try {
        connection.execute("rollback");
      } catch (const soci::soci_error &) {
        // SQLite has rolled back already; what made it do so is thrown on.
      }
      throw;
    }
  });
}

} // namespace host
