#pragma once

#include <optional>

#include "plugin/app/call.hpp"
#include "plugin/domain/result.hpp"
#include "plugin/store/commands.hpp"

namespace parley::app {

/// What was done for this request before, under its idempotency key (A8): whoever finds something answers that again, by
/// what the actor may see now, and runs no use case, since what it would judge may have changed. Nothing where the request
/// has no key that guards it, or nothing was done under it; that a twin of the request does it meanwhile is noticed by the
/// store.
///
/// Failures: as gate; invalid, where the key was used for another request.
[[nodiscard]] domain::Result<std::optional<store::Outcome>> done_before(const Call &call);

/// Keeps the key of a request that only reads, so that it is for no other; nothing happens where it has none.
///
/// Failures: invalid, where the key was used for another request meanwhile.
[[nodiscard]] domain::Done keep_key(const Call &call);

} // namespace parley::app
