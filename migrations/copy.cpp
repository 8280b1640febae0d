#include "migrations/copy.hpp"

#include <algorithm>
#include <array>

#include "migrations/backend.hpp"
#include "migrations/copied_table.hpp"
#include "migrations/digest.hpp"

namespace parley::migrations {
namespace {

using adapters::Session;

// Which source a copy is of, while it is not whole.
constexpr auto kProgressTable = "copy_progress";
constexpr auto kMakeProgress = "create table if not exists {prefix}copy_progress (source varchar(255) not null)";
constexpr auto kSource = "select source from {prefix}copy_progress";
constexpr auto kSetSource = "insert into {prefix}copy_progress (source) values (:source)";
constexpr auto kDropProgress = "drop table {prefix}copy_progress";

// Two databases of one kind were not made in the same microsecond.
constexpr auto kMade = "select applied_at from {prefix}schema_version where number = 1";

constexpr auto kFeed = "select last_position, purged_to from {prefix}event_feed where singleton = 1";
constexpr auto kSetFeed = "update {prefix}event_feed set last_position = :last_position, purged_to = :purged_to "
                          "where singleton = 1";

// What changes with whatever a host does: nearly everything has an event, reading moves marks and "mark as unread" flags,
// labels are looked up.
constexpr auto kState =
    "select (select last_position from {prefix}event_feed), (select purged_to from {prefix}event_feed), "
    "(select count(*) from {prefix}conversation), (select count(*) from {prefix}message), "
    "(select count(*) from {prefix}participant), (select count(*) from {prefix}event), "
    "(select coalesce(max(all_last_read_at), 0) from {prefix}participant), "
    "(select coalesce(max(public_last_read_at), 0) from {prefix}participant), "
    "(select coalesce(sum(all_last_read), 0) from {prefix}participant), "
    "(select coalesce(sum(public_last_read), 0) from {prefix}participant), "
    "(select coalesce(sum(all_unread), 0) from {prefix}participant), "
    "(select coalesce(sum(public_unread), 0) from {prefix}participant), "
    "(select count(*) from {prefix}record_label), (select coalesce(max(refreshed_at), 0) from {prefix}record_label), "
    "(select count(*) from {prefix}idempotency)";
using SourceState = std::array<std::int64_t, 15>; ///< the first is where the feed stands

SourceState state_of(Session &session) {
  SourceState state{};
  auto rows = session.query(kState, std::string(state.size(), 'i'));
  rows.next();
  for (std::int64_t &each : state) {
    each = rows.integer();
  }
  return state;
}

struct Feed {
  std::int64_t last_position = 0;
  std::int64_t purged_to = 0;
};

Feed feed_of(Session &session) {
  auto rows = session.query(kFeed, "ii");
  Feed feed;
  if (rows.next()) {
    feed.last_position = rows.integer();
    feed.purged_to = rows.integer();
  }
  return feed;
}

/// Two databases take part: what one of them refuses says which, and the option that names it.
template <class Work>
auto said_of(const std::string &which, Work &&work) {
  try {
    return with_errors(work);
  } catch (const Error &error) {
    throw Error(error.why(), "The " + which + " (--" + (which == "source" ? "from" : "to") + "): " + error.what());
  }
}

void demand_current(const std::string &connection, const Options &options, const char *which) {
  const Status status = said_of(which, [&] {
    Status found = migrations::status(connection, options);
    if (!found.missing.empty()) {
      throw Error(Error::Why::unavailable, found.missing);
    }
    return found;
  });
  if (status.state != State::current) {
    throw Error(Error::Why::failed, std::string("The ") + which + "'s schema is " + name_of(status.state) +
                                        ": at step " + std::to_string(status.present) + " of " +
                                        std::to_string(status.newest) + ". Run \"up\" there first.");
  }
}

std::string identity_of(const Backend &backend, Session &session) {
  auto rows = session.query(kMade, "i");
  rows.next();
  return std::to_string(static_cast<int>(backend.kind())) + " " + std::to_string(rows.integer());
}

/// One side of a copy. Whatever is done there goes through here, so that an error says where it happened.
class Side {
public:
  Side(std::string which, const std::string &connection, const Options &options) : which_(std::move(which)) {
    said_of(which_, [&] {
      backend_ = backend_of(connection, options);
      session_ = backend_->connect();
    });
  }

  [[nodiscard]] const std::string &which() const { return which_; }
  [[nodiscard]] const std::string &prefix() const { return session_->table_prefix(); }

  template <class Work>
  auto with_session(Work &&work) {
    return said_of(which_, [&] { return work(*session_); });
  }
  template <class Work>
  auto with_backend(Work &&work) {
    return said_of(which_, [&] { return work(*backend_, *session_); });
  }
  SchemaDescription description() {
    return with_backend([](const Backend &backend, Session &session) { return backend.describe(session); });
  }

private:
  std::string which_;
  std::unique_ptr<Backend> backend_;
  std::unique_ptr<Session> session_;
};

std::vector<CopiedRow> read(Side &side, const CopiedTableRows &table, const CopiedRow &after) {
  return side.with_session([&](Session &session) { return table.read(session, after); });
}
std::int64_t count(Side &side, const CopiedTableRows &table) {
  return side.with_session([&](Session &session) { return table.count(session); });
}
CopiedRow last_key(Side &side, const CopiedTableRows &table) {
  return side.with_session([&](Session &session) { return table.last_key(session); });
}

class Copying {
public:
  Copying(Side &from, Side &to, const std::function<void(const CopyProgress &)> &progress)
      : from_(from), to_(to), tables_(copied_tables(from.description(), from.prefix(), to.description(), to.prefix())),
        progress_(progress) {}

  CopyReport run() {
    from_.with_backend([](const Backend &backend, Session &session) { backend.publish(session); });
    const SourceState before = from_.with_session(state_of);
    begin();
    for (const CopiedTableRows &table : tables_) {
      copy(table);
    }
    set_feed();
    set_given();
    CopyReport report = compare();
    const SourceState after = from_.with_session(state_of);
    if (after != before) {
      const std::string what = after.front() == before.front()
                                   ? "marks or facts changed without an event"
                                   : "its feed stood at position " + std::to_string(before.front()) +
                                         " before, and stands at " + std::to_string(after.front()) + " now";
      report.differences.push_back("The source was written meanwhile: " + what +
                                   ". Stop every host and job that uses it, empty the target, and copy again.");
    }
    if (report.differences.empty()) {
      to_.with_session([](Session &session) { session.run(kDropProgress); });
    }
    return report;
  }

private:
  /// Makes sure that the target may be written, and that the copy is known as unfinished.
  void begin() {
    const std::string source = from_.with_backend(identity_of);
    const std::string begun = to_.with_backend([](const Backend &backend, Session &session) {
      if (!backend.has_table(session, session.table_prefix() + kProgressTable)) {
        return std::string();
      }
      auto rows = session.query(kSource, "t");
      return rows.next() ? rows.text() : std::string();
    });
    if (begun == source) {
      resumed_ = true;
      return;
    }
    if (!begun.empty()) {
      throw Error(Error::Why::failed, "The target holds an unfinished copy of another source. Empty it first.");
    }
    for (const CopiedTableRows &table : tables_) {
      if (!last_key(to_, table).empty()) {
        throw Error(Error::Why::failed, "The target is not empty: there are rows in " + to_.prefix() + table.name() +
                                            ". Copy into a database that holds nothing yet.");
      }
    }
    if (to_.with_session(feed_of).last_position != 0) {
      throw Error(Error::Why::failed, "The target is not empty: its feed has events behind it. Copy into a database "
                                      "that holds nothing yet.");
    }
    to_.with_session([&](Session &session) {
      session.run(kMakeProgress);
      session.execute(kSetSource, {{"source", source}});
    });
  }

  void copy(const CopiedTableRows &table) {
    CopyProgress progress{CopyProgress::Doing::copying, table.name(), 0, count(from_, table), resumed_};
    if (resumed_) {
      progress.rows = count(to_, table);
    }
    progress_(progress);
    CopiedRow last = last_key(to_, table);
    for (auto batch = read(from_, table, last); !batch.empty(); batch = read(from_, table, last)) {
      to_.with_session([&](Session &session) {
        adapters::Transaction transaction(session);
        table.write(session, batch);
        transaction.commit();
      });
      progress.rows += static_cast<std::int64_t>(batch.size());
      last = std::move(batch.back());
      progress_(progress);
    }
  }

  void set_feed() {
    const Feed feed = from_.with_session(feed_of);
    to_.with_session([&](Session &session) {
      session.execute(kSetFeed, {{"last_position", feed.last_position}, {"purged_to", feed.purged_to}});
    });
  }

  /// No id is given a second time, neither one that is there nor one that was deleted in the source.
  void set_given() {
    for (const CopiedTableRows &table : tables_) {
      const std::string &name = table.name();
      if (name == "conversation" || name == "message" || name == "participant" || name == "context") {
        const CopiedRow last = last_key(to_, table);
        const std::int64_t highest = last.empty() ? 0 : last.front().integer;
        const std::int64_t given = std::max(highest, from_.with_backend([&](const Backend &backend, Session &session) {
          return backend.given(session, name);
        }));
        if (given > 0) {
          to_.with_backend([&](const Backend &backend, Session &session) { backend.set_given(session, name, given); });
        }
      }
    }
  }

  /// The whole side, read again on one moment.
  std::vector<CopiedTable> checked(Side &side) {
    side.with_backend([](const Backend &backend, Session &session) { backend.begin_moment(session); });
    std::vector<CopiedTable> result;
    for (const CopiedTableRows &table : tables_) {
      Digest digest;
      CopyProgress progress{CopyProgress::Doing::checking, table.name() + " of the " + side.which(), 0,
                            count(side, table), resumed_};
      CopiedRow last;
      for (auto batch = read(side, table, last); !batch.empty(); batch = read(side, table, last)) {
        for (const CopiedRow &row : batch) {
          table.digest(row, digest);
        }
        progress.rows += static_cast<std::int64_t>(batch.size());
        last = std::move(batch.back());
        progress_(progress);
      }
      result.push_back({table.name(), progress.rows, digest.hex()});
    }
    const Feed feed = side.with_session(feed_of);
    Digest digest;
    digest.integer(feed.last_position);
    digest.integer(feed.purged_to);
    result.push_back({"event_feed", 1, digest.hex()});
    side.with_session([](Session &session) { session.rollback(); });
    return result;
  }

  CopyReport compare() {
    const auto expected = checked(from_);
    CopyReport report;
    report.tables = checked(to_);
    for (std::size_t at = 0; at < expected.size(); ++at) {
      const CopiedTable &source = expected[at];
      const CopiedTable &target = report.tables[at];
      if (source.rows != target.rows) {
        report.differences.push_back("Table " + source.name + ": the source has " + std::to_string(source.rows) +
                                     " rows, the target " + std::to_string(target.rows) + ".");
      } else if (source.checksum != target.checksum) {
        report.differences.push_back("Table " + source.name +
                                     ": the checksum of the target's rows is another than "
                                     "that of the source's.");
      }
    }
    return report;
  }

  Side &from_;
  Side &to_;
  const std::vector<CopiedTableRows> tables_;
  const std::function<void(const CopyProgress &)> &progress_;
  bool resumed_ = false;
};

} // namespace

CopyReport copy(const std::string &from, const Options &from_options, const std::string &to, const Options &to_options,
                const std::function<void(const CopyProgress &)> &progress) {
  demand_current(from, from_options, "source");
  demand_current(to, to_options, "target");
  Side source("source", from, from_options);
  Side target("target", to, to_options);
  return Copying(source, target, progress).run();
}

} // namespace parley::migrations
