#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string_view>

#include "adapters/connection/connection_string.hpp"
#include "adapters/connection/pool.hpp"
#include "adapters/connection/watchdog.hpp"
#include "adapters/server/outage.hpp"
#include "adapters/sql/database.hpp"
#include "adapters/store_factory.hpp"

namespace parley::adapters {

/// What databases on a server have in common: a pool of connections, and the one loop that runs work again where that is
/// worth it.
///
/// - A transaction that met another one (ErrorKind::again) was rolled back, and is run again.
/// - A connection that was lost before the commit is replaced, and the work run again; where none can be connected the
///   caller hears it at once.
/// - Two at once under one key: the second (ErrorKind::unique) is run again, and finds what the first has stored.
/// - A connection that was lost in the commit is replaced as well where a key tells what was stored; else nobody knows,
///   which is what the caller is told (ErrorKind::outcome_unknown).
///
/// All of that ends with the patience of the options, and when the caller waits no more.
class ServerDatabase : public sql::Database {
public:
  ServerDatabase(const ServerTarget &target, const StoreOptions &options);

protected:
  void do_read(sql::Moment moment, const std::function<void(Session &)> &work) override;
  void do_write(sql::Repeat repeat, const std::function<bool(Session &)> &command) override;
  void report(const DatabaseError &error) override;

  /// Carries out work that is one statement, which is its own transaction.
  void do_alone(sql::Repeat repeat, const std::function<void(Session &)> &work);

  /// sql::append_at_once, where the database has that function and lets us call it. Where not, nothing is ever added so, and
  /// whoever runs the host is told once.
  std::optional<store::Appended> append_by_function(std::string_view call, const store::AppendMessage &command);

  /// Begins a transaction that reads, and sees one moment.
  [[nodiscard]] virtual std::string_view begin_reading() const = 0;
  /// Begins a transaction that writes.
  [[nodiscard]] virtual std::string_view begin_writing() const = 0;
  /// What lacks where the database said no for want of a right or a table, as far as another look at it tells.
  virtual DatabaseError explained(Session & /*session*/, const DatabaseError &error) { return error; }

private:
  class Attempts;
  void no_function(const DatabaseError &why);
  Pool::Factory factory(const ServerTarget &target, const StoreOptions &options);

  const std::chrono::milliseconds patience_;
  Outage outage_;
  std::unique_ptr<Watchdog> watchdog_; ///< where threads are allowed; outlives the sessions
  Pool pool_;
  /// The function that adds a message is there, and may be called: it may have been forgotten in a copy or in the grants, and
  /// a MariaDB that keeps a binary log does not let everybody create it.
  std::atomic<bool> has_function_{true};
};

} // namespace parley::adapters
