#include <utility>

#include "plugin/app/faults.hpp"
#include "plugin/app/jobs.hpp"

namespace parley::app {
namespace {

constexpr std::uint32_t keys_at_once = 1000;

} // namespace

domain::Result<bool> forget_expired_keys(const Call &call) {
  for (;;) {
    auto more = call.conversations.purge_idempotency(call.request.now, keys_at_once);
    if (!more) {
      return worded(call, std::move(more).failure());
    }
    if (!more.value() || out_of_time(call)) {
      return more;
    }
  }
}

} // namespace parley::app
