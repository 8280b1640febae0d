#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <utility>

namespace parley::store {

/// Until when the caller of this thread waits for an answer, for as long as this object lives. Who enters the plugin makes
/// one; adapters look at it where they wait: for a connection, a lock, a turn, a server. A deadline inside another can only
/// be earlier.
///
/// For the thread that made it, on its stack.
class Deadline {
public:
  using Clock = std::chrono::steady_clock;

  /// `cancelled`: asked now and then in this thread whether the caller wants no answer any more; may be empty.
  explicit Deadline(Clock::time_point until, std::function<bool()> cancelled = {})
      : outer_(current()), until_(outer_ == nullptr ? until : std::min(until, outer_->until_)),
        cancelled_(std::move(cancelled)) {
    current() = this;
  }
  Deadline(const Deadline &) = delete;
  Deadline &operator=(const Deadline &) = delete;
  ~Deadline() { current() = outer_; }

  /// Of this thread; time_point::max() where nobody set one.
  static Clock::time_point until() { return current() == nullptr ? Clock::time_point::max() : current()->until_; }

  /// `patience` from now, or earlier where the caller waits less long.
  static Clock::time_point within(std::chrono::milliseconds patience) {
    return std::min(until(), Clock::now() + patience);
  }

  /// Nobody waits any more.
  static bool over() {
    for (const Deadline *each = current(); each != nullptr; each = each->outer_) {
      if (each->cancelled_ && each->cancelled_()) {
        return true;
      }
    }
    return Clock::now() >= until();
  }

private:
  static const Deadline *&current() {
    static thread_local const Deadline *innermost = nullptr;
    return innermost;
  }

  const Deadline *outer_;
  Clock::time_point until_;
  std::function<bool()> cancelled_;
};

} // namespace parley::store
