#pragma once

#include "plugin/app/call.hpp"
#include "plugin/domain/result.hpp"

namespace parley::app {

/// Retention: deletes the oldest events, those before `before`, in pieces until none is left or the call has no time
/// left; `more` says so. For jobs: asks for no rights. Readers below the floor are told to reload.
[[nodiscard]] domain::Result<store::Purged> purge_events(const Call &call, domain::Time before);

} // namespace parley::app
