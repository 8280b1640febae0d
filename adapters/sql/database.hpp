#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <utility>

#include "adapters/connection/session.hpp"
#include "adapters/sql/dialect.hpp"
#include "adapters/sql/failure_reports.hpp"
#include "adapters/sql/failures.hpp"
#include "adapters/sql/feed_watch.hpp"
#include "plugin/domain/result.hpp"
#include "plugin/store/commands.hpp"

namespace parley::adapters::sql {

/// What a read needs of the database.
enum class Moment {
  statement, ///< it is one statement: that sees one moment anyhow
  shared,    ///< several statements that must see the same moment
};

/// Whether a command may be carried out again where nobody knows whether it was stored.
enum class Repeat {
  never,
  keyed, ///< it keeps a key in its transaction (of idempotency, or a client id), which tells
};

inline Repeat repeat_of(const store::Doing &doing) {
  return doing.once ? Repeat::keyed : Repeat::never;
}
/// Under its client id a message that was stored is found again.
inline Repeat repeat_of(const store::AppendMessage &command) {
  return command.message.client_id.empty() ? repeat_of(command.doing) : Repeat::keyed;
}

/// The database that the stores share: how work is carried out on it. Safe to use from any thread.
class Database {
public:
  /// `look_every`: how often those who wait for events look for what other processes committed. `tell`: who hears of errors
  /// that no caller can do anything about.
  explicit Database(std::chrono::milliseconds look_every, store::Tell tell = {})
      : reports_(std::move(tell)), watch_(look_every) {}
  Database(const Database &) = delete;
  Database &operator=(const Database &) = delete;
  virtual ~Database() = default;

  [[nodiscard]] virtual const Dialect &dialect() const = 0;
  [[nodiscard]] FeedWatch &watch() { return watch_; }

  template <class Value>
  domain::Result<Value> read(const std::function<domain::Result<Value>(Session &)> &work,
                             Moment moment = Moment::shared) {
    return with_failures<Value>([&] {
      std::optional<domain::Result<Value>> result;
      do_read(moment, [&](Session &session) { result.emplace(work(session)); });
      return std::move(*result);
    });
  }

  /// A failure takes back what the command did. It may be run more than once, until it was stored.
  template <class Value>
  domain::Result<Value> write(const std::function<domain::Result<Value>(Session &)> &command,
                              Repeat repeat = Repeat::never) {
    return with_failures<Value>([&] {
      std::optional<domain::Result<Value>> result;
      do_write(repeat, [&](Session &session) {
        result.emplace(command(session));
        return result->ok();
      });
      if (result->ok()) {
        watch_.committed();
      }
      return std::move(*result);
    });
  }

  /// Adds a message in one round trip, where the database can and nothing is out of the ordinary. Nothing: it did not,
  /// and nothing was changed.
  domain::Result<std::optional<store::Appended>> append_at_once(const store::AppendMessage &command) {
    return with_failures<std::optional<store::Appended>>([&]() -> domain::Result<std::optional<store::Appended>> {
      std::optional<store::Appended> appended = do_append_at_once(command);
      if (appended) {
        watch_.committed();
      }
      return appended;
    });
  }

  /// Gives positions to events that were committed without one. Before every read of the feed.
  domain::Done publish() {
    return with_failures<domain::Nothing>([&] {
      do_publish();
      return domain::Nothing{};
    });
  }

protected:
  // They throw DatabaseError.

  virtual void do_read(Moment moment, const std::function<void(Session &)> &work) = 0;
  /// `command` says whether what it did is to be kept; false or an exception takes it back.
  virtual void do_write(Repeat repeat, const std::function<bool(Session &)> &command) = 0;
  virtual std::optional<store::Appended> do_append_at_once(const store::AppendMessage & /*command*/) {
    return std::nullopt;
  }
  virtual void do_publish() {}

  /// What a caller is answered as a failure: whoever runs the host may have to know more.
  virtual void report(const DatabaseError &error) { reports_.failed(error); }
  [[nodiscard]] FailureReports &reports() { return reports_; }

private:
  template <class Value, class Work>
  domain::Result<Value> with_failures(const Work &work) {
    try {
      return work();
    } catch (const DatabaseError &error) {
      report(error);
      return failure_of(error);
    }
  }

  FailureReports reports_;
  FeedWatch watch_;
};

} // namespace parley::adapters::sql
