#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/connection/database_error.hpp"

namespace parley::adapters {

enum class Kind { integer, text };

/// A value for a `:name` in a statement. Its kind must be the same whenever the statement runs; it may be NULL.
struct Parameter {
  std::string name;
  Kind kind;
  bool null = false;
  std::int64_t integer = 0;
  std::string text;

  Parameter(std::string parameter, std::int64_t value)
      : name(std::move(parameter)), kind(Kind::integer), integer(value) {}
  Parameter(std::string parameter, std::string value)
      : name(std::move(parameter)), kind(Kind::text), text(std::move(value)) {}
  Parameter(std::string parameter, std::optional<std::int64_t> value)
      : name(std::move(parameter)), kind(Kind::integer), null(!value), integer(value.value_or(0)) {}
  Parameter(std::string parameter, std::optional<std::string> value)
      : name(std::move(parameter)), kind(Kind::text), null(!value), text(std::move(value).value_or(std::string())) {}
};
using Parameters = std::vector<Parameter>;

class Driver;
class LateRows;
class Statement;
class Watchdog;

/// The rows of a statement that runs. Their columns are read from left to right, each once. Whatever was not read is
/// thrown away with the object, so that no statement keeps the database's lock.
class Rows {
public:
  explicit Rows(Statement &statement);
  Rows(Rows &&other) noexcept;
  Rows(const Rows &) = delete;
  Rows &operator=(const Rows &) = delete;
  Rows &operator=(Rows &&) = delete;
  ~Rows();

  /// Goes to the next row. False: there is none.
  bool next();
  /// Whether the next column of this row is NULL; it is not read by this.
  [[nodiscard]] bool null() const;
  /// The next column of this row; NULL reads as 0.
  std::int64_t integer();
  /// The next column of this row; NULL reads as empty.
  std::string text();

private:
  friend class Session;
  void started(bool any);

  Statement *statement_;
  bool first_ = true;
  bool more_ = false;
  std::size_t column_ = 0;
};

/// What statements may take.
struct Limits {
  std::chrono::milliseconds statement{0}; ///< each; 0: as long as it takes
  Watchdog *watchdog = nullptr;           ///< cuts the connection after that, and a moment of grace; or null
};

/// One connection to a database with the statements that it prepared. One thread at a time.
///
/// In every statement `{prefix}` stands for the table prefix. A statement is prepared once, and kept under its text.
class Session {
public:
  using Clock = std::chrono::steady_clock;

  /// Connects. Throws DatabaseError, as all functions here do. Who opens a database calls its open_...() function.
  Session(std::unique_ptr<Driver> driver, std::string table_prefix, Limits limits = {});
  Session(const Session &) = delete;
  Session &operator=(const Session &) = delete;
  ~Session();

  /// Runs a statement that has rows. `columns`: 'i' or 't' (integer, text) for each column.
  Rows query(std::string_view sql, std::string_view columns, const Parameters &parameters = {});
  /// Runs a statement without rows. How many rows it changed.
  std::int64_t execute(std::string_view sql, const Parameters &parameters = {});

  /// Runs a text as it stands, but for `{prefix}`: for what is written once, as the bodies of functions, in which a colon
  /// is no parameter. It is not kept.
  void run(std::string_view sql);

  /// Until when whoever uses the session now waits for answers; time_point::max(): there is no such moment. After it
  /// statements are refused (busy), but for those that end a transaction. A server is told when the next statement outside
  /// of a transaction runs, to a fifth less, so that it is not told again for every call.
  void wait_until(Clock::time_point moment);

  /// `how` is the statement that begins it.
  void begin(std::string_view how = "begin");
  /// Refused (kind unexpected) after an error that ended the transaction: PostgreSQL would roll it back without a word.
  void commit();
  /// Does nothing when there is no transaction.
  void rollback();
  [[nodiscard]] bool in_transaction() const;

  /// Where commands may leave rows to the end of the transaction; null: nobody would carry them out. Whoever sets it does,
  /// and sets it back.
  void leave_to(LateRows *rows);
  [[nodiscard]] LateRows *late_rows() const;

  /// The connection cannot be used any more, as an error showed, or as the server has closed it.
  [[nodiscard]] bool broken() const;
  /// Drops the statements, then the connection, and connects again. It stays broken when that fails.
  void reconnect();

  [[nodiscard]] const std::string &table_prefix() const;
  /// How many statements are kept prepared; for tests.
  [[nodiscard]] std::size_t prepared() const;

private:
  struct State;
  std::int64_t execute(std::string_view sql, const Parameters &parameters, bool ends_transaction);
  Statement &statement(std::string_view sql, std::string_view columns, const Parameters &parameters);
  void connect();
  /// Until when the connection may be silent for a statement that begins now.
  Clock::time_point silence_until(bool ends_transaction);
  void begin_statement(bool ends_transaction);
  /// Notes what an error means for the connection. Returns it.
  DatabaseError failed(const DatabaseError &error);
  /// Forgets a statement that failed, beside that.
  DatabaseError dropped(std::string_view sql, const DatabaseError &error);
  std::unique_ptr<State> state_;
};

/// A transaction that is rolled back unless it is committed.
class Transaction {
public:
  explicit Transaction(Session &session, std::string_view how = "begin") : session_(session) { session_.begin(how); }
  Transaction(const Transaction &) = delete;
  Transaction &operator=(const Transaction &) = delete;
  ~Transaction();
  void commit();

private:
  Session &session_;
  bool open_ = true;
};

} // namespace parley::adapters
