#pragma once

#include "adapters/sql/reader.hpp"
#include "plugin/store/event_store.hpp"

/// The reading half of the event store, on one session; see store/event_store.hpp. The caller holds a transaction. They
/// throw DatabaseError.
namespace parley::adapters::sql {

store::FeedState feed_state(Session &session);
domain::Result<store::EventPage> events(Reading reading, store::Position after, std::uint32_t limit);
domain::Result<std::optional<store::Position>> locate(Reading reading, const store::PublicMark &mark);
domain::Result<store::Page<store::EventRow>> history(Reading reading, const store::HistoryQuery &query);
domain::Result<store::Page<store::EventRow>> history_by_position(Reading reading, const domain::Scope &scope,
                                                                 const std::vector<store::Position> &positions);

} // namespace parley::adapters::sql
