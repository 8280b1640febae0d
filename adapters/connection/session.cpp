#include "adapters/connection/session.hpp"

#include <soci/soci.h>

#include <algorithm>
#include <unordered_map>

#include "adapters/connection/driver.hpp"
#include "adapters/connection/errors.hpp"
#include "adapters/connection/statement.hpp"
#include "adapters/connection/table_prefix.hpp"
#include "adapters/connection/watchdog.hpp"

namespace parley::adapters {
namespace {

/// Texts of lists vary with their filters: beyond this many the one that was not used for longest goes.
constexpr std::size_t kMostStatements = 256;

using std::chrono::milliseconds;

/// What the server gives up itself costs no connection: the watchdog waits so much longer.
constexpr milliseconds kGrace{250};
/// Cutting a commit leaves nobody who knows whether it was stored.
constexpr milliseconds kGraceOfCommit{1000};

/// Less by at most a fifth, so that times that differ a little become the same.
milliseconds rounded(milliseconds time) {
  std::int64_t step = 1;
  while (time.count() / step >= 8) {
    step *= 2;
  }
  return milliseconds(std::max<std::int64_t>(1, time.count() / step * step));
}

} // namespace

struct Session::State {
  std::unique_ptr<Driver> driver;
  std::string prefix;
  Limits limits;
  Clock::time_point until = Clock::time_point::max(); ///< of who uses it now
  milliseconds told{0};                               ///< the limit that the server knows
  bool in_transaction = false;
  bool failed = false; ///< in a transaction that can only be rolled back
  bool broken = false;
  LateRows *late = nullptr;
  std::uint64_t clock = 0;
  std::string key; ///< of the statement that is looked for; kept for its room
  // Destroyed from the bottom up: statements before the connection that they belong to.
  soci::session connection;
  std::unordered_map<std::string, std::unique_ptr<Statement>> statements;
  /// They failed in a transaction: while that lasts PostgreSQL does not let go of them.
  std::vector<std::unique_ptr<Statement>> doomed;

  State(std::unique_ptr<Driver> of, std::string table_prefix, Limits of_statements)
      : driver(std::move(of)), prefix(std::move(table_prefix)), limits(of_statements) {}
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

Session::Session(std::unique_ptr<Driver> driver, std::string table_prefix, Limits limits)
    : state_(std::make_unique<State>(std::move(driver), std::move(table_prefix), limits)) {
  connect();
}

Session::~Session() = default;

void Session::connect() {
  try {
    state_->driver->open(state_->connection);
  } catch (const soci::soci_error &error) {
    throw translated(error);
  }
  state_->told = state_->limits.statement;
}

void Session::wait_until(Clock::time_point moment) {
  state_->until = moment;
}

Session::Clock::time_point Session::silence_until(bool ends_transaction) {
  const auto now = Clock::now();
  auto until = state_->until;
  if (state_->limits.statement.count() > 0) {
    until = std::min(until, now + state_->limits.statement);
  }
  if (until == Clock::time_point::max()) {
    return until;
  }
  return ends_transaction ? std::max(until, now) + kGraceOfCommit : until + kGrace;
}

void Session::begin_statement(bool ends_transaction) {
  if (ends_transaction) {
    return;
  }
  milliseconds time = state_->limits.statement;
  if (state_->until != Clock::time_point::max()) {
    const auto left = std::chrono::duration_cast<milliseconds>(state_->until - Clock::now());
    if (left.count() <= 0) {
      throw DatabaseError(ErrorKind::busy, "The time that the caller waits is over.");
    }
    time = time.count() == 0 || left < time ? rounded(left) : time;
  }
  if (time != state_->told && !state_->in_transaction) {
    state_->driver->limit(state_->connection, time);
    state_->told = time;
  }
}

Statement &Session::statement(std::string_view sql, std::string_view columns, const Parameters &parameters) {
  state_->key.assign(sql);
  auto found = state_->statements.find(state_->key);
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
    found = state_->statements.emplace(state_->key, std::move(made)).first;
  } else if (found->second->in_use) {
    throw std::logic_error("a statement was started while its rows were still being read");
  } else if (found->second->spoilt) {
    found->second =
        std::make_unique<Statement>(state_->connection, with_prefix(sql, state_->prefix), columns, parameters);
  }
  found->second->last_used = ++state_->clock;
  return *found->second;
}

DatabaseError Session::failed(const DatabaseError &error) {
  const bool refused = error.kind() == ErrorKind::rights && state_->driver->keeps_rights();
  if (refused || error.kind() == ErrorKind::unavailable || state_->driver->lost(state_->connection)) {
    state_->broken = true;
  }
  state_->failed = state_->in_transaction && state_->driver->errors_end_transactions();
  return state_->driver->lost(state_->connection) ? DatabaseError::lost(error.kind(), error.what(), error.code())
                                                  : error;
}

DatabaseError Session::dropped(std::string_view sql, const DatabaseError &error) {
  auto node = state_->statements.extract(std::string(sql));
  if (node && state_->in_transaction) {
    state_->doomed.push_back(std::move(node.mapped()));
  }
  return failed(error);
}

Rows Session::query(std::string_view sql, std::string_view columns, const Parameters &parameters) {
  const Watchdog::Watch watch(state_->limits.watchdog, state_->driver->socket(state_->connection),
                              silence_until(false));
  try {
    begin_statement(false);
    Statement &prepared = statement(sql, columns, parameters);
    Rows rows(prepared);
    rows.started(prepared.run(parameters));
    return rows;
  } catch (const soci::soci_error &error) {
    throw dropped(sql, translated(error));
  }
}

std::int64_t Session::execute(std::string_view sql, const Parameters &parameters) {
  return execute(sql, parameters, false);
}

std::int64_t Session::execute(std::string_view sql, const Parameters &parameters, bool ends_transaction) {
  const Watchdog::Watch watch(state_->limits.watchdog, state_->driver->socket(state_->connection),
                              silence_until(ends_transaction));
  try {
    begin_statement(ends_transaction);
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
  execute("commit", {}, true);
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
      execute("rollback", {}, true);
    } catch (const DatabaseError &) {
      // The database may have ended the transaction itself; if it did not, nobody must use this connection again.
      state_->broken = true;
    }
  }
  if (state_->broken) {
    state_->forget_statements();
  }
  state_->doomed.clear();
}

bool Session::in_transaction() const {
  return state_->in_transaction;
}

void Session::leave_to(LateRows *rows) {
  state_->late = rows;
}

LateRows *Session::late_rows() const {
  return state_->late;
}

bool Session::broken() const {
  return state_->broken || (!state_->in_transaction && state_->driver->closed(state_->connection));
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

bool Rows::null() const {
  return statement_->null(column_);
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
