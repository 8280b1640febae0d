#pragma once

#include "plugin/app/call.hpp"
#include "plugin/domain/result.hpp"

/// Maintenance: each job works in pieces, does at least one, and ends when it is done (false) or when the call's time is
/// over or it is cancelled (true: work is left). A failure leaves what the pieces before have done. Running one twice at
/// once is harmless. The scope of the call means nothing: settings are judged where each thing is.
namespace parley::app {

/// Active conversations without a message for longer than their place allows become inactive (W3), by the actor of jobs.
/// Nothing happens where conversations are switched off, or while the workflow is deactivated.
[[nodiscard]] domain::Result<bool> make_idle_inactive(const Call &call);

/// Finds what a lost host event left dangling (D11): looks up again, oldest first, whatever was not for a day. Also where
/// conversations are switched off: what is gone must not come back when they are on again.
[[nodiscard]] domain::Result<bool> look_up_references(const Call &call);

/// Deletes events that are older than the system's retention.
[[nodiscard]] domain::Result<bool> purge_old_events(const Call &call);

/// Forgets which requests were carried out under idempotency keys that have expired.
[[nodiscard]] domain::Result<bool> forget_expired_keys(const Call &call);

/// Is the call over?
[[nodiscard]] bool out_of_time(const Call &call);

} // namespace parley::app
