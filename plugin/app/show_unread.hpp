#pragma once

#include <cstdint>

#include "plugin/app/call.hpp"
#include "plugin/app/list_conversations.hpp"
#include "plugin/domain/result.hpp"

namespace parley::app {

inline constexpr std::size_t latest_unread = 5;

struct UnreadConversations {
  std::int64_t count = 0; ///< exact where `more` is false
  bool more = false;      ///< there may be more than were counted: "99+"
  Conversations latest;   ///< last message first, with its sender, time and preview
};

/// The conversations with messages that the actor has not read (B10): those in which it takes part and that it may see.
[[nodiscard]] domain::Result<UnreadConversations> show_unread(const Call &call);

} // namespace parley::app
