#pragma once

#include <vector>

#include "plugin/app/call.hpp"
#include "plugin/domain/result.hpp"
#include "plugin/domain/views.hpp"
#include "plugin/store/queries.hpp"

namespace parley::app {

struct Participants {
  store::Page<store::ParticipantRow> page;
  std::vector<domain::ParticipantView> views; ///< one a row
};

/// Lists who takes part in conversations that the actor sees; the query's scope is set here.
[[nodiscard]] domain::Result<Participants> list_participants(const Call &call, store::ParticipantQuery query);

/// By key, in the order of the keys; what may not be seen is left out.
[[nodiscard]] domain::Result<Participants>
get_participants(const Call &call, const std::vector<store::ConversationStore::ParticipantKey> &keys);

} // namespace parley::app
