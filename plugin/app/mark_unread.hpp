#pragma once

#include "plugin/app/call.hpp"
#include "plugin/domain/result.hpp"

namespace parley::app {

/// "Mark as unread" (B11): sets the actor's read mark back before the last text message that it sees; does nothing where
/// there is none. Failures: not_found, conflict where it takes no part.
[[nodiscard]] domain::Done mark_unread(const Call &call, domain::ConversationId conversation);

} // namespace parley::app
