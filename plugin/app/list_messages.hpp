#pragma once

#include <vector>

#include "plugin/app/call.hpp"
#include "plugin/domain/result.hpp"
#include "plugin/domain/views.hpp"
#include "plugin/store/queries.hpp"

namespace parley::app {

/// What is made from the body; leave out what the answer does not hold.
struct Wanted {
  bool html = true;
  bool plain = true;
};

/// Messages as the actor may see them. In the storefront `posted_by` and the back office's number are blank.
struct Messages {
  store::Page<store::MessageRow> page;
  std::vector<domain::MessageView> views; ///< one a row
};

/// Lists messages of conversations that the actor sees; the query's scope is set here.
[[nodiscard]] domain::Result<Messages> list_messages(const Call &call, store::MessageQuery query, Wanted wanted = {});

/// By conversation and number (of the audience), in the order of the keys; what may not be seen is left out.
[[nodiscard]] domain::Result<Messages>
get_messages(const Call &call, const std::vector<store::ConversationStore::MessageKey> &keys, Wanted wanted = {});

} // namespace parley::app
