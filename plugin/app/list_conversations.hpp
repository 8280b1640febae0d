#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "plugin/app/call.hpp"
#include "plugin/domain/result.hpp"
#include "plugin/domain/views.hpp"
#include "plugin/store/queries.hpp"

namespace parley::app {

/// Conversations as the actor may see them.
struct Conversations {
  /// In the storefront without the labels of records that the actor may not know.
  store::Page<store::ConversationRow> page;
  std::vector<domain::ConversationView> views; ///< one a row
  domain::Openable openable;
  std::set<domain::Reference> hidden; ///< in the storefront: sources that the actor may not see
  domain::Permit create;              ///< may the actor start one
};

/// Lists what the actor sees; the query's scope is set here. How many questions go to host and store does not depend on
/// the number of rows.
[[nodiscard]] domain::Result<Conversations> list_conversations(const Call &call, store::ConversationQuery query);

/// By id, in the order of the ids; what does not exist or may not be seen is left out.
[[nodiscard]] domain::Result<Conversations> get_conversations(const Call &call,
                                                              const std::vector<domain::ConversationId> &ids);

/// One that the actor has just created or changed: shown to it even where its view does not reach it (`can.view` tells).
/// For the answer to that request only. not_found where it is gone.
[[nodiscard]] domain::Result<Conversations> get_own_work(const Call &call, domain::ConversationId id);

/// How many a query matches; paging and order do not matter.
[[nodiscard]] domain::Result<std::int64_t> count_conversations(const Call &call, store::ConversationQuery query);

} // namespace parley::app
