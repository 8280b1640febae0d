#include "sample-host/src/auth/login_throttle.h"

#include <algorithm>
#include <cstddef>

#include "sample-host/src/times.h"

namespace host {
namespace {
constexpr int free_failures = 8;
constexpr std::int64_t second = 1'000'000;
constexpr std::int64_t longest_pause = 300 * second;
constexpr std::size_t most_logins = 10'000;
} // namespace

std::int64_t LoginThrottle::pause_us(int count) {
  const int beyond = count - free_failures;
  return beyond < 0 ? 0 : std::min(longest_pause, (10 * second) << std::min(beyond, 10));
}

std::int64_t LoginThrottle::wait_seconds(const std::string &login) {
  const std::lock_guard lock(mutex_);
  const auto found = failures_.find(login);
  if (found == failures_.end()) {
    return 0;
  }
  const std::int64_t left = found->second.last_us + pause_us(found->second.count) - now_us();
  return left <= 0 ? 0 : left / second + 1;
}

void LoginThrottle::failed(const std::string &login) {
  const std::lock_guard lock(mutex_);
  const std::int64_t now = now_us();
  if (failures_.size() >= most_logins) {
    for (auto i = failures_.begin(); i != failures_.end();) {
      i = i->second.last_us + longest_pause < now ? failures_.erase(i) : std::next(i);
    }
    if (failures_.size() >= most_logins) {
      failures_.clear();
    }
  }
  Failures &failures = failures_[login];
  failures.count = failures.last_us + longest_pause < now ? 1 : failures.count + 1;
  failures.last_us = now;
}

void LoginThrottle::succeeded(const std::string &login) {
  const std::lock_guard lock(mutex_);
  failures_.erase(login);
}

} // namespace host
