#include "host-sdk/src/owner.hpp"

#if !defined(_WIN32)
#include <unistd.h>
#endif

namespace parley::host {
namespace {

thread_local const Owner::Visit *innermost = nullptr;

long this_process() noexcept {
#if defined(_WIN32)
  return 1; // nothing forks there
#else
  return static_cast<long>(getpid());
#endif
}

} // namespace

Owner::Owner(std::string name) : name_(std::move(name)), process_(this_process()) {}

Owner::Visit::Visit(Owner &owner) noexcept : owner_(owner), outer_(innermost), admitted_(owner.enter()) {
  if (admitted_) {
    innermost = this;
  }
}

Owner::Visit::~Visit() {
  if (admitted_) {
    innermost = outer_;
    owner_.leave();
  }
}

bool Owner::within() const noexcept {
  for (const Visit *visit = innermost; visit != nullptr; visit = visit->outer_) {
    if (&visit->owner_ == this) {
      return true;
    }
  }
  return false;
}

bool Owner::forked() const noexcept {
  return process_ != this_process();
}

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
