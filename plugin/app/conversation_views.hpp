#pragma once

#include <vector>

#include "plugin/app/call.hpp"
#include "plugin/app/list_conversations.hpp"
#include "plugin/domain/access.hpp"
#include "plugin/domain/result.hpp"

/// What a viewer is told of conversations besides their values.
namespace parley::app {

inline constexpr std::size_t preview_length = 120; ///< graphemes

/// How far the viewer's rights reach; in the storefront only `view` and `create` are asked for.
struct Rights {
  domain::Scope view;
  domain::Scope create;
  domain::Scope edit;
  domain::Scope remove;
  domain::Scope perform;
};

/// One host call.
[[nodiscard]] domain::Result<Rights> rights_of(const Call &call);

/// How the rows were read, and what for.
struct Reading {
  bool all_in_view = true; ///< with `rights.view`, else without any scope
  bool alone = false;      ///< one conversation, or those of a panel: the host is asked for what a long list leaves out
};

/// Makes the views of a page. The number of host calls and statements does not depend on the number of rows.
[[nodiscard]] domain::Result<Conversations> dressed(const Call &call, const Rights &rights,
                                                    store::Page<store::ConversationRow> page, Reading reading = {});

} // namespace parley::app
