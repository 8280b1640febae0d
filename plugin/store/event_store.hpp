#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "plugin/domain/access.hpp"
#include "plugin/domain/conversation.hpp"
#include "plugin/domain/event.hpp"
#include "plugin/domain/reach.hpp"
#include "plugin/domain/result.hpp"
#include "plugin/store/queries.hpp"

/// What happened. Commands write events in their own transaction; here they are read, waited for and purged.
namespace parley::store {

using Position = std::int64_t; ///< of a committed event: 1, 2, 3 ... without a gap; 0: before the first

struct EventRow {
  Position position = 0;
  std::string kind; ///< "message-added"
  domain::Time time = 0;
  domain::Reference actor; ///< who did it
  domain::Visibility visibility = domain::Visibility::internal;
  domain::ConversationId conversation = 0; ///< 0: it concerns none
  bool exists = false;                     ///< the conversation was not deleted
  domain::Number index = 0;                ///< of the message that it brought; 0: none
  domain::Number public_index = 0;
  domain::Reference sender; ///< whose words or doing that message is; none where it is gone
  std::vector<domain::EventChange> changes;
  /// Of the conversation as it is now; of one that was deleted, as it was when this happened. The history leaves it empty.
  domain::Concerned concerned;
  /// Counts public events of one conversation, kind, message and time: nearly always 1.
  std::int64_t twin = 1;
  std::string cursor; ///< of the history
};

/// What is known of the feed at one moment.
struct FeedState {
  Position last = 0;      ///< the last position that was given
  Position purged_to = 0; ///< the last one that is gone
};

/// Positions `after` + 1 to `after` + rows, all of them.
struct EventPage {
  std::vector<EventRow> rows;
  FeedState state;
  std::map<domain::Reference, RecordLabel> labels; ///< of actors and senders, as far as they are known
};

struct HistoryQuery {
  domain::Scope scope; ///< the back office's; the storefront has no history
  std::optional<domain::ConversationId> conversation;
  bool descending = true; ///< by position
  Paging paging;
};

/// A public event by what it tells the storefront.
struct PublicMark {
  domain::ConversationId conversation = 0;
  std::string kind;
  domain::Number public_index = 0; ///< 0: it brought no message
  domain::Time time = 0;
  std::int64_t twin = 1;
};

struct Purged {
  std::int64_t events = 0;
  bool more = false; ///< there is more that is old enough
};

/// All functions are safe to call from any thread, block on the database at most (but wait), and call nobody.
class EventStore {
public:
  virtual ~EventStore() = default;

  /// The next events, at most `limit`, with a number of statements that does not depend on theirs. No rows where
  /// `after` is below what was purged: look at the state.
  virtual domain::Result<EventPage> events(Position after, std::uint32_t limit) = 0;
  virtual domain::Result<FeedState> state() = 0;
  /// Nothing: there is no such event any more.
  virtual domain::Result<std::optional<Position>> locate(const PublicMark &mark) = 0;

  virtual domain::Result<Page<EventRow>> history(const HistoryQuery &query) = 0;
  /// In the order of the positions; what the scope does not reach is left out.
  virtual domain::Result<Page<EventRow>> history_by_position(const domain::Scope &scope,
                                                             const std::vector<Position> &positions) = 0;

  /// Deletes the oldest events, those before `before`, at most `limit`, and raises the floor with them.
  virtual domain::Result<Purged> purge(domain::Time before, std::uint32_t limit) = 0;

  /// Waits until the last position is not `after`, for `timeout` at most, holding no connection. What this process
  /// commits is noticed at once, what others commit within a moment. `over` says that nobody waits any more: it is
  /// asked at the beginning, after wake() and every moment, must not block, and is called without a lock.
  virtual domain::Done wait(Position after, std::chrono::microseconds timeout, const std::function<bool()> &over) = 0;
  /// Lets all who wait ask whether it is over.
  virtual void wake() noexcept = 0;
};

} // namespace parley::store
