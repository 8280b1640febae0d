#include "adapters/sql/feed_watch.hpp"

#include <algorithm>
#include <exception>
#include <utility>

namespace parley::adapters::sql {
namespace {

constexpr auto kLongest = std::chrono::hours(24 * 365);

/// Whatever happens, somebody must be able to look again.
domain::Result<store::Position> looked(const FeedWatch::Look &look) {
  try {
    return look();
  } catch (const std::exception &) {
    return domain::failure(domain::Code::unavailable, "feed", "The feed cannot be read.");
  }
}

} // namespace

domain::Done FeedWatch::wait(store::Position after, std::chrono::microseconds timeout,
                             const std::function<bool()> &over, const Look &look) {
  const auto deadline = Clock::now() + std::min<std::chrono::microseconds>(timeout, kLongest);
  std::unique_lock lock(mutex_);
  bool fresh = false; // what is known may be older than what the caller has read
  while (true) {
    const std::uint64_t calls = calls_;
    lock.unlock();
    const bool nobody_waits = over();
    lock.lock();
    if (nobody_waits || (last_ > after) || (fresh && last_ != after)) {
      return domain::Nothing{};
    }
    const auto now = Clock::now();
    if (!looking_ && (now >= next_look_ || looked_for_ != commits_ || (!fresh && last_ < after))) {
      looking_ = true;
      const std::uint64_t commits = commits_;
      lock.unlock();
      auto found = looked(look);
      lock.lock();
      looking_ = false;
      looked_for_ = commits;
      next_look_ = Clock::now() + interval_;
      if (found) {
        last_ = found.value();
      }
      changed_.notify_all(); // there is news, or somebody else has to look next
      if (!found) {
        return std::move(found).failure();
      }
      fresh = true;
      continue;
    }
    if (now >= deadline) {
      return domain::Nothing{};
    }
    if (calls_ == calls) {
      changed_.wait_until(lock, std::min(deadline, looking_ ? now + interval_ : next_look_));
    }
  }
}

void FeedWatch::committed() {
  {
    const std::lock_guard lock(mutex_);
    ++commits_;
    ++calls_;
  }
  changed_.notify_all();
}

void FeedWatch::wake() noexcept {
  {
    const std::lock_guard lock(mutex_);
    ++calls_;
  }
  changed_.notify_all();
}

} // namespace parley::adapters::sql
