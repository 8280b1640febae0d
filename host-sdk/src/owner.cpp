#include "host-sdk/src/owner.hpp"

namespace parley::host {

bool Owner::enter() noexcept {
  const auto before = state_.fetch_add(1);
  if ((before & closed) == 0) {
    return true;
  }
  leave();
  return false;
}

void Owner::leave() noexcept {
  const auto before = state_.fetch_sub(1);
  if (before == (closed | 1u)) {
    const std::lock_guard<std::mutex> lock(mutex_);
    left_.notify_all();
  }
}

void Owner::close() {
  std::unique_lock<std::mutex> lock(mutex_);
  state_.fetch_or(closed);
  left_.wait(lock, [this] { return state_.load() == closed; });
}

} // namespace parley::host
