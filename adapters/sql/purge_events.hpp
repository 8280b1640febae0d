#pragma once

#include <cstdint>

#include "adapters/connection/session.hpp"
#include "plugin/domain/result.hpp"
#include "plugin/store/event_store.hpp"

namespace parley::adapters::sql {

/// See store/event_store.hpp. The caller holds a transaction that writes. Throws DatabaseError.
domain::Result<store::Purged> purge_events(Session &session, domain::Time before, std::uint32_t limit);

} // namespace parley::adapters::sql
