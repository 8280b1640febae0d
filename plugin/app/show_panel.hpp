#pragma once

#include <cstdint>
#include <vector>

#include "plugin/app/call.hpp"
#include "plugin/app/list_conversations.hpp"
#include "plugin/domain/result.hpp"

namespace parley::app {

/// The conversations at one record, newest activity first; conditions and paging are those of the query.
/// Failures: not_found where the actor may not see the record, or its type carries none.
[[nodiscard]] domain::Result<Conversations> show_panel(const Call &call, const domain::Reference &record,
                                                       store::ConversationQuery query);

/// How many the actor sees at each record, in their order; 0 at a record that it may not see and
/// where its type carries none.
[[nodiscard]] domain::Result<std::vector<std::int64_t>> count_panels(const Call &call,
                                                                     const std::vector<domain::Reference> &records);

} // namespace parley::app
