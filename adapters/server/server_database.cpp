#include "adapters/server/server_database.hpp"

#include <random>
#include <thread>

#include "adapters/connection/server.hpp"
#include "adapters/sql/append_at_once.hpp"
#include "plugin/store/deadline.hpp"

namespace parley::adapters {
namespace {

using sql::Moment;
using sql::Repeat;
using std::chrono::milliseconds;
using store::Deadline;

/// How often those who wait for events look for what other processes committed.
constexpr milliseconds kLookEvery{100};

/// A value that stands in the way under one key is found by the second run; a third makes up for one that was deleted.
constexpr unsigned kMostUnique = 3;
/// After a restart of the server each connection is lost once.
constexpr unsigned kMostLost = 8;
constexpr milliseconds kLongestPause{64};

/// So that those who met do not meet again: up to a millisecond, twice as much each time.
milliseconds pause_before(unsigned attempt) {
  static thread_local std::minstd_rand random(std::random_device{}());
  const auto longest = std::min<std::int64_t>(kLongestPause.count(), std::int64_t{1} << std::min(attempt, 6U));
  return milliseconds(std::uniform_int_distribution<std::int64_t>(0, longest)(random));
}

} // namespace

/// The attempts to carry out one piece of work.
class ServerDatabase::Attempts {
public:
  Attempts(ServerDatabase &database, Repeat repeat)
      : database_(database), repeat_(repeat), end_(Deadline::within(database.patience_)) {}

  /// `work` is one attempt. It sets `committing` as soon as what happens may be stored.
  template <class Work>
  void carry_out(const Work &work) {
    for (;; ++attempt_) {
      const std::uint64_t outages = database_.outage_.count();
      bool committing = false;
      std::optional<Lease> lease;
      if (Deadline::over()) {
        throw DatabaseError(ErrorKind::busy, "The time that the caller waits is over.");
      }
      lease.emplace(database_.pool_.lease(Deadline::until()));
      try {
        work(**lease, committing);
        database_.outage_.worked(outages);
        return;
      } catch (const DatabaseError &error) {
        // Where the server itself refused nothing is stored; where nobody answered, nobody knows.
        if (error.connection_lost() && committing && repeat_ == Repeat::never) {
          throw outcome_unknown(error);
        }
        if (error.kind() == ErrorKind::rights || error.kind() == ErrorKind::schema) {
          throw explained(**lease, error);
        }
        if (!worth_another(error.kind())) {
          throw;
        }
      }
      lease.reset();
      std::this_thread::sleep_for(pause_before(attempt_));
    }
  }

private:
  static DatabaseError outcome_unknown(const DatabaseError &error) {
    return error.connection_lost() ? DatabaseError::lost(ErrorKind::outcome_unknown, error.what(), error.code())
                                   : DatabaseError(ErrorKind::outcome_unknown, error.what(), error.code());
  }

  DatabaseError explained(Session &session, const DatabaseError &error) {
    try {
      return database_.explained(session, error);
    } catch (const DatabaseError &) {
      return error; // what it says has to do
    }
  }

  bool worth_another(ErrorKind kind) {
    if (Deadline::Clock::now() >= end_) {
      return false;
    }
    switch (kind) {
    case ErrorKind::again:
      return true;
    case ErrorKind::unavailable:
      return ++lost_ <= kMostLost;
    case ErrorKind::unique:
      return ++unique_ <= kMostUnique;
    default:
      return false;
    }
  }

  ServerDatabase &database_;
  Repeat repeat_;
  Deadline::Clock::time_point end_;
  unsigned attempt_ = 0;
  unsigned lost_ = 0;
  unsigned unique_ = 0;
};

ServerDatabase::ServerDatabase(const ServerTarget &target, const StoreOptions &options)
    : Database(kLookEvery, options.tell), patience_(options.patience),
      outage_(options.tell, place_of(target),
              {{"database", target.database == adapters::Database::mariadb ? "mariadb" : "postgresql"},
               {"hosts", hosts_of(target)},
               {"name", target.name}}),
      watchdog_(options.threads ? std::make_unique<Watchdog>() : nullptr),
      pool_(factory(target, options), options.connections, options.patience,
            [this](const DatabaseError &error) { outage_.lost(error); }) {}

void ServerDatabase::report(const DatabaseError &error) {
  if (error.connection_lost()) {
    outage_.lost(error);
  } else {
    Database::report(error);
  }
}

Pool::Factory ServerDatabase::factory(const ServerTarget &target, const StoreOptions &options) {
  const ServerOptions connecting{options.table_prefix, options.patience, options.statement_limit, watchdog_.get()};
  return [target, connecting] { return open_server(target, connecting); };
}

void ServerDatabase::do_read(Moment moment, const std::function<void(Session &)> &work) {
  Attempts(*this, Repeat::keyed).carry_out([&](Session &session, bool & /*committing*/) {
    if (moment == Moment::statement) {
      work(session);
      return;
    }
    Transaction transaction(session, begin_reading());
    work(session);
    transaction.commit();
  });
}

void ServerDatabase::do_write(Repeat repeat, const std::function<bool(Session &)> &command) {
  Attempts(*this, repeat).carry_out([&](Session &session, bool &committing) {
    Transaction transaction(session, begin_writing());
    if (command(session)) {
      committing = true;
      transaction.commit();
    }
  });
}

void ServerDatabase::do_alone(Repeat repeat, const std::function<void(Session &)> &work) {
  Attempts(*this, repeat).carry_out([&](Session &session, bool &committing) {
    committing = true;
    work(session);
  });
}

std::optional<store::Appended> ServerDatabase::append_by_function(std::string_view call,
                                                                  const store::AppendMessage &command) {
  if (!has_function_) {
    return std::nullopt;
  }
  // What was stored is found again by the key, or by the client's own id of the message.
  const bool keyed = command.doing.once || !command.message.client_id.empty();
  std::optional<store::Appended> appended;
  try {
    do_alone(keyed ? Repeat::keyed : Repeat::never,
             [&](Session &session) { appended = sql::append_at_once(session, call, command); });
  } catch (const DatabaseError &error) {
    const bool missing = error.kind() == ErrorKind::schema || error.kind() == ErrorKind::rights;
    const std::string_view text = error.what();
    const auto names = [&](const char *function) { return text.find(function) != std::string_view::npos; };
    if (!missing || (!names("append_message") && !names("in_scope"))) {
      throw;
    }
    no_function(error);
  }
  return appended;
}

void ServerDatabase::no_function(const DatabaseError &why) {
  if (has_function_.exchange(false)) {
    reports().say(
        {store::Notice::Level::warning,
         "database.function",
         std::string("Messages are added in several statements, which is slower, until the next start: ") + why.what(),
         {{"code", why.code()}}});
  }
}

} // namespace parley::adapters
