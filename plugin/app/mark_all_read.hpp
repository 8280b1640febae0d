#pragma once

#include <cstdint>

#include "plugin/app/call.hpp"
#include "plugin/domain/result.hpp"

namespace parley::app {

/// "Mark all as read" (B10): every conversation that the actor sees and has not read, as it stood when the call began. How
/// many they were. Many are marked in several steps, so that a call that is cancelled or late has marked some.
[[nodiscard]] domain::Result<std::int64_t> mark_all_read(const Call &call);

} // namespace parley::app
