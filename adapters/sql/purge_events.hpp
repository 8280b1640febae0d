#pragma once

#include <cstdint>

#include "adapters/connection/session.hpp"
#include "adapters/sql/dialect.hpp"
#include "plugin/domain/result.hpp"
#include "plugin/store/event_store.hpp"

namespace parley::adapters::sql {

/// See store/event_store.hpp. The caller holds a transaction that writes. Throws DatabaseError.
domain::Result<store::Purged> purge_events(Session &session, const Dialect &dialect, domain::Time before,
                                           std::uint32_t limit);

} // namespace parley::adapters::sql
