#pragma once

#include <cstdint>
#include <string>

#include "plugin/app/call.hpp"
#include "plugin/domain/result.hpp"

namespace parley::app {

struct TransitionOrder {
  domain::ConversationId conversation = 0;
  std::int64_t expected_version = 0; ///< 0: any
  std::string transition;            ///< "close"
};

/// Moves a conversation to another status (W2, W3, W5). Back office only.
///
/// Failures: unsupported (storefront), not_found (conversation or transition), forbidden, stale, conflict where the
/// workflow is inactive or the transition does not begin at the present status, which is the fact "step" (W6).
[[nodiscard]] domain::Done perform_transition(const Call &call, const TransitionOrder &order);

} // namespace parley::app
