#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "adapters/connection/session.hpp"
#include "adapters/sql/dialect.hpp"
#include "plugin/domain/result.hpp"
#include "plugin/store/maintenance_store.hpp"

/// What jobs and host events do: store::MaintenanceStore as functions on a session, in whose transaction they run. They
/// throw DatabaseError.
namespace parley::adapters::sql {

std::vector<store::Place> active_places(Session &session, const Dialect &dialect,
                                        const std::optional<store::Place> &after, std::uint32_t limit);
std::vector<store::IdleConversation> idle(Session &session, const Dialect &dialect, const store::IdleQuery &query);
domain::Result<std::int64_t> make_inactive(Session &session, const Dialect &dialect,
                                           const store::MakeInactive &command);

std::vector<store::RecordLabel> due_labels(Session &session, domain::Time before, std::uint32_t limit);
bool settle(Session &session, const Dialect &dialect, const store::Doing &doing, const domain::Reference &record,
            std::uint32_t limit);

} // namespace parley::adapters::sql
