#pragma once

#include <string>

#include "plugin/app/call.hpp"
#include "plugin/domain/result.hpp"

namespace parley::app {

/// Raises the actor's read mark to a message (D10), in the numbers of its audience; more than there are means the last.
/// Never lowers it, and does nothing where the actor takes no part. Failures: not_found, invalid (a negative number).
[[nodiscard]] domain::Done mark_read(const Call &call, domain::ConversationId conversation, domain::Number number);

/// Whether the actor may mark by this key, its own. Failures: not_found, forbidden where it is somebody else's.
[[nodiscard]] domain::Done may_mark_as(const Call &call, const store::ConversationStore::ParticipantKey &participant);

/// mark_read() by the key of the actor's participation, to a message that there must be. Failures: also forbidden where it is
/// somebody else's, and invalid at `where`, a JSON pointer, where there is no such message.
[[nodiscard]] domain::Done mark_read_as(const Call &call, const store::ConversationStore::ParticipantKey &participant,
                                        domain::Number number, const std::string &where);

} // namespace parley::app
