#pragma once

#include <vector>

#include "plugin/app/call.hpp"
#include "plugin/app/list_conversations.hpp"
#include "plugin/domain/access.hpp"
#include "plugin/domain/result.hpp"

/// What a viewer is told of conversations besides their values.
namespace parley::app {

inline constexpr std::size_t preview_length = 120; ///< graphemes

/// How far the viewer's rights reach; in the storefront only `view` is asked for.
struct Rights {
  domain::Scope view;
  domain::Scope edit;
  domain::Scope remove;
  domain::Scope perform;
};

/// One host call.
[[nodiscard]] domain::Result<Rights> rights_of(const Call &call);

/// Makes the views of a page that was read with `rights.view`, or without any scope where `all_in_view` is false. The
/// number of host calls and statements does not depend on the number of rows.
[[nodiscard]] domain::Result<Conversations> dressed(const Call &call, const Rights &rights,
                                                    store::Page<store::ConversationRow> page, bool all_in_view = true);

} // namespace parley::app
