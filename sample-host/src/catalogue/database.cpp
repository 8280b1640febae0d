#include "sample-host/src/catalogue/database.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <unordered_map>

#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

namespace host {
namespace {

constexpr std::size_t connections = 8;

// A connection prepares anew what it was not asked for lately.
constexpr std::size_t most_prepared = 128;

// A statement that stays prepared, with the places of its parameters and columns. Which parameters are numbers was decided
// when it was prepared.
class Prepared {
public:
  Prepared(soci::session &session, const std::string &sql, const Values &values)
      : statement_(session), parameters_(values.size()) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      Parameter &parameter = parameters_[i];
      if (std::holds_alternative<std::int64_t>(values[i])) {
        statement_.exchange(soci::use(parameter.number));
      } else {
        statement_.exchange(soci::use(parameter.text, parameter.indicator));
      }
    }
    statement_.alloc();
    statement_.prepare(sql);
    auto *backend = static_cast<soci::sqlite3_statement_backend *>(statement_.get_backend());
    columns_.resize(static_cast<std::size_t>(sqlite_api::sqlite3_column_count(backend->stmt_)));
    for (Column &column : columns_) {
      statement_.exchange(soci::into(column.text, column.indicator));
    }
    statement_.define_and_bind();
  }

  // True: there is a row.
  bool run(const Values &values) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      Parameter &parameter = parameters_[i];
      if (const auto *number = std::get_if<std::int64_t>(&values[i])) {
        parameter.number = *number;
      } else if (const auto *text = std::get_if<std::string>(&values[i])) {
        parameter.text = *text;
        parameter.indicator = soci::i_ok;
      } else {
        parameter.indicator = soci::i_null;
      }
    }
    return statement_.execute(true);
  }
  bool next() { return statement_.fetch(); }
  Row row() const {
    Row row;
    row.reserve(columns_.size());
    for (const Column &column : columns_) {
      row.push_back(column.indicator == soci::i_ok ? Cell(column.text) : std::nullopt);
    }
    return row;
  }
  std::int64_t changed() { return statement_.get_affected_rows(); }

private:
  struct Parameter {
    long long number = 0;
    std::string text;
    soci::indicator indicator = soci::i_ok;
  };
  struct Column {
    std::string text;
    soci::indicator indicator = soci::i_null;
  };

  soci::statement statement_;
  std::vector<Parameter> parameters_;
  std::vector<Column> columns_;
};

class SociConnection final : public Connection {
public:
  explicit SociConnection(const std::string &file) : session_(soci::sqlite3, "db=" + file + " timeout=10") {
    session_ << "pragma journal_mode = wal";
    session_ << "pragma synchronous = full";
    session_ << "pragma foreign_keys = on";
  }

  Rows rows(const std::string &sql, const Values &values) override {
    return with_prepared<Rows>(sql, values, [&](Prepared &statement) {
      Rows result;
      for (bool more = statement.run(values); more; more = statement.next()) {
        result.push_back(statement.row());
      }
      return result;
    });
  }

  std::int64_t execute(const std::string &sql, const Values &values) override {
    return with_prepared<std::int64_t>(sql, values, [&](Prepared &statement) {
      statement.run(values);
      return statement.changed();
    });
  }

private:
  // What failed is not used again.
  template <typename Result>
  Result with_prepared(const std::string &sql, const Values &values, const std::function<Result(Prepared &)> &work) {
    std::string key = sql;
    for (const Value &value : values) {
      key += std::holds_alternative<std::int64_t>(value) ? '\1' : '\2';
    }
    auto found = prepared_.find(key);
    if (found == prepared_.end()) {
      if (prepared_.size() >= most_prepared) {
        prepared_.clear();
      }
      found = prepared_.emplace(key, std::make_unique<Prepared>(session_, sql, values)).first;
    }
    try {
      return work(*found->second);
    } catch (...) {
      prepared_.erase(key);
      throw;
    }
  }

  soci::session session_;
  std::unordered_map<std::string, std::unique_ptr<Prepared>> prepared_; // goes before the session
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
