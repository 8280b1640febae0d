#pragma once

#include <memory>

#include "adapters/connection/connection_string.hpp"
#include "adapters/connection/pool.hpp"
#include "adapters/connection/watchdog.hpp"
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

  /// Carries out work that is one statement, which is its own transaction.
  void do_alone(sql::Repeat repeat, const std::function<void(Session &)> &work);

  /// Begins a transaction that reads, and sees one moment.
  [[nodiscard]] virtual std::string_view begin_reading() const = 0;
  /// Begins a transaction that writes.
  [[nodiscard]] virtual std::string_view begin_writing() const = 0;

private:
  class Attempts;
  Pool::Factory factory(const ServerTarget &target, const StoreOptions &options);

  const std::chrono::milliseconds patience_;
  std::unique_ptr<Watchdog> watchdog_; ///< where threads are allowed; outlives the sessions
  Pool pool_;
};

} // namespace parley::adapters
