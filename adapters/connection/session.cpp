#include "adapters/connection/session.hpp"

#include <soci/soci.h>

#include <unordered_map>

#include "adapters/connection/driver.hpp"
#include "adapters/connection/errors.hpp"
#include "adapters/connection/statement.hpp"
#include "adapters/connection/table_prefix.hpp"

namespace parley::adapters {
namespace {

/// Texts of lists vary with their filters: beyond this many the one that was not used for longest goes.
constexpr std::size_t kMostStatements = 256;

} // namespace

struct Session::State {
  std::unique_ptr<Driver> driver;
  std::string prefix;
  bool in_transaction = false;
  bool failed = false; ///< in a transaction that can only be rolled back
  bool broken = false;
  std::uint64_t clock = 0;
  // Destroyed from the bottom up: statements before the connection that they belong to.
  soci::session connection;
  std::unordered_map<std::string, std::unique_ptr<Statement>> statements;
  /// They failed in a transaction: while that lasts PostgreSQL does not let go of them.
  std::vector<std::unique_ptr<Statement>> doomed;

  State(std::unique_ptr<Driver> of, std::string table_prefix)
      : driver(std::move(of)), prefix(std::move(table_prefix)) {}
  State(const State &) = delete;
  State &operator=(const State &) = delete;
  ~State() { forget_statements(); }

  void forget_statements() {
    for (const auto &each : statements) {
      driver->forget(each.second->native());
    }
    for (const auto &each : doomed) {
      driver->forget(each->native());
    }
    statements.clear();
    doomed.clear();
  }
};

Session::Session(std::unique_ptr<Driver> driver, std::string table_prefix)
    : state_(std::make_unique<State>(std::move(driver), std::move(table_prefix))) {
  connect();
}

Session::~Session() = default;

void Session::connect() {
  try {
    state_->driver->open(state_->connection);
  } catch (const soci::soci_error &error) {
    throw translated(error);
  }
}

Statement &Session::statement(std::string_view sql, std::string_view columns, const Parameters &parameters) {
  std::string key(sql);
  auto found = state_->statements.find(key);
  if (found == state_->statements.end()) {
    if (state_->statements.size() >= kMostStatements) {
      auto oldest = state_->statements.end();
      for (auto each = state_->statements.begin(); each != state_->statements.end(); ++each) {
        if (!each->second->in_use &&
            (oldest == state_->statements.end() || each->second->last_used < oldest->second->last_used)) {
          oldest = each;
        }
      }
      if (oldest != state_->statements.end()) {
        state_->statements.erase(oldest);
      }
    }
    auto made = std::make_unique<Statement>(state_->connection, with_prefix(sql, state_->prefix), columns, parameters);
    found = state_->statements.emplace(std::move(key), std::move(made)).first;
  } else if (found->second->in_use) {
    throw std::logic_error("a statement was started while its rows were still being read");
  } else if (found->second->spoilt) {
    found->second =
        std::make_unique<Statement>(state_->connection, with_prefix(sql, state_->prefix), columns, parameters);
  }
  found->second->last_used = ++state_->clock;
  return *found->second;
}

DatabaseError Session::failed(DatabaseError error) {
  if (error.kind() == ErrorKind::unavailable || state_->driver->lost(state_->connection)) {
    state_->broken = true;
  }
  state_->failed = state_->in_transaction && state_->driver->errors_end_transactions();
  return error;
}

DatabaseError Session::dropped(std::string_view sql, const DatabaseError &error) {
  auto node = state_->statements.extract(std::string(sql));
  if (node && state_->in_transaction) {
    state_->doomed.push_back(std::move(node.mapped()));
  }
  return failed(error);
}

Rows Session::query(std::string_view sql, std::string_view columns, const Parameters &parameters) {
  try {
    Statement &prepared = statement(sql, columns, parameters);
    Rows rows(prepared);
    rows.started(prepared.run(parameters));
    return rows;
  } catch (const soci::soci_error &error) {
    throw dropped(sql, translated(error));
  }
}

std::int64_t Session::execute(std::string_view sql, const Parameters &parameters) {
  try {
    Statement &prepared = statement(sql, {}, parameters);
    prepared.run(parameters);
    return prepared.changed();
  } catch (const soci::soci_error &error) {
    throw dropped(sql, translated(error));
  }
}

void Session::run(std::string_view sql) {
  try {
    state_->driver->run(state_->connection, with_prefix(sql, state_->prefix));
  } catch (const soci::soci_error &error) {
    throw failed(translated(error));
  }
}

void Session::begin(std::string_view how) {
  execute(how);
  state_->in_transaction = true;
  state_->failed = false;
}

void Session::commit() {
  if (state_->failed) {
    rollback();
    throw DatabaseError(ErrorKind::unexpected, "A statement of the transaction had failed: it was rolled back.");
  }
  execute("commit");
  state_->in_transaction = false;
}

void Session::rollback() {
  if (!state_->in_transaction) {
    return;
  }
  state_->in_transaction = false;
  state_->failed = false;
  if (!state_->broken) {
    try {
      execute("rollback");
    } catch (const DatabaseError &) {
      // The database may have ended the transaction itself; if it did not, nobody must use this connection again.
      state_->broken = true;
    }
  }
  state_->doomed.clear();
}

bool Session::in_transaction() const {
  return state_->in_transaction;
}

bool Session::broken() const {
  return state_->broken;
}

void Session::reconnect() {
  state_->forget_statements();
  state_->in_transaction = false;
  state_->failed = false;
  state_->broken = true;
  try {
    state_->connection.close();
  } catch (const soci::soci_error &error) {
    throw translated(error);
  }
  connect();
  state_->broken = false;
}

const std::string &Session::table_prefix() const {
  return state_->prefix;
}

std::size_t Session::prepared() const {
  return state_->statements.size();
}

Rows::Rows(Statement &statement) : statement_(&statement) {
  statement_->in_use = true;
}

Rows::Rows(Rows &&other) noexcept
    : statement_(other.statement_), first_(other.first_), more_(other.more_), column_(other.column_) {
  other.statement_ = nullptr;
}

Rows::~Rows() {
  if (statement_ == nullptr) {
    return;
  }
  try {
    statement_->drain();
  } catch (...) {
    statement_->spoilt = true;
  }
  statement_->in_use = false;
}

void Rows::started(bool any) {
  more_ = any;
}

bool Rows::next() {
  column_ = 0;
  if (first_) {
    first_ = false;
    return more_;
  }
  if (!more_) {
    return false;
  }
  try {
    more_ = statement_->fetch();
  } catch (const soci::soci_error &error) {
    statement_->spoilt = true;
    more_ = false;
    throw translated(error);
  }
  return more_;
}

std::int64_t Rows::integer() {
  return statement_->integer(column_++);
}

std::string Rows::text() {
  return statement_->text(column_++);
}

Transaction::~Transaction() {
  if (open_) {
    session_.rollback();
  }
}

void Transaction::commit() {
  session_.commit();
  open_ = false;
}

} // namespace parley::adapters
