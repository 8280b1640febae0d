#pragma once

#include <string_view>
#include <vector>

#include "plugin/domain/conversation.hpp"

/// The workflow "conversation_flow": which status leads to which (W2, W3).
namespace parley::domain {

struct Transition {
  std::string_view name; ///< "close"
  std::vector<Status> from;
  Status to;
};

/// All transitions, in the order in which they are offered.
[[nodiscard]] const std::vector<Transition> &transitions();

/// Null where there is none of this name.
[[nodiscard]] const Transition *transition_named(std::string_view name);

[[nodiscard]] bool begins_at(const Transition &transition, Status status);

/// The transitions that begin at a status.
[[nodiscard]] std::vector<const Transition *> transitions_from(Status status);

} // namespace parley::domain
