#include "adapters/connection/watchdog.hpp"

#include <algorithm>
#include <sys/socket.h>

namespace parley::adapters {

Watchdog::Watchdog() : thread_([this] { look(); }) {}

Watchdog::~Watchdog() {
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

std::uint64_t Watchdog::cuts() const {
  const std::lock_guard lock(mutex_);
  return cuts_;
}

void Watchdog::look() {
  std::unique_lock lock(mutex_);
  while (!over_) {
    const auto now = Clock::now();
    next_ = Clock::time_point::max();
    for (auto &[socket, until] : watched_) {
      if (until <= now) {
        // Whoever waits there wakes up with an error, and closes it.
        ::shutdown(socket, SHUT_RDWR);
        until = Clock::time_point::max();
        ++cuts_;
      }
      next_ = std::min(next_, until);
    }
    if (next_ == Clock::time_point::max()) {
      changed_.wait(lock);
    } else {
      changed_.wait_until(lock, next_);
    }
  }
}

Watchdog::Watch::Watch(Watchdog *watchdog, int socket, Clock::time_point until)
    : watchdog_(socket < 0 || until == Clock::time_point::max() ? nullptr : watchdog), socket_(socket) {
  if (watchdog_ == nullptr) {
    return;
  }
  bool sooner = false;
  {
    const std::lock_guard lock(watchdog_->mutex_);
    watchdog_->watched_[socket_] = until;
    sooner = until < watchdog_->next_;
  }
  if (sooner) {
    watchdog_->changed_.notify_one();
  }
}

Watchdog::Watch::~Watch() {
  if (watchdog_ != nullptr) {
    const std::lock_guard lock(watchdog_->mutex_);
    watchdog_->watched_.erase(socket_);
  }
}

} // namespace parley::adapters
