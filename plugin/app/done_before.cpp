#include "plugin/app/done_before.hpp"

#include <utility>

#include "plugin/app/authority.hpp"
#include "plugin/app/faults.hpp"

namespace parley::app {

domain::Result<std::optional<store::Outcome>> done_before(const Call &call) {
  const store::Doing asked = doing(call);
  if (!asked.once) {
    return std::optional<store::Outcome>();
  }
  if (auto open = gate(call); !open) {
    return open.failure();
  }
  auto before = call.conversations.done_before(asked);
  if (!before) {
    return worded(call, std::move(before).failure());
  }
  return before;
}

domain::Done keep_key(const Call &call) {
  const store::Doing asked = doing(call);
  if (!asked.once) {
    return domain::Nothing{};
  }
  auto kept = call.conversations.keep_key(asked);
  return kept ? kept : worded(call, std::move(kept).failure());
}

} // namespace parley::app
