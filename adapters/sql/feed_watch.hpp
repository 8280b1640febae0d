#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>

#include "plugin/store/event_store.hpp"

namespace parley::adapters::sql {

/// Where threads wait for the next event. However many wait, one of them looks into the database, at most once an
/// interval, and once after each commit of this process. Safe to use from any thread; has none of its own.
class FeedWatch {
public:
  /// Reads the last position.
  using Look = std::function<domain::Result<store::Position>()>;

  explicit FeedWatch(std::chrono::milliseconds interval) : interval_(interval) {}

  /// See EventStore::wait. `look` is called without a lock.
  domain::Done wait(store::Position after, std::chrono::microseconds timeout, const std::function<bool()> &over,
                    const Look &look);
  /// This process committed something.
  void committed();
  /// Lets all who wait ask whether it is over.
  void wake() noexcept;

private:
  using Clock = std::chrono::steady_clock;

  const std::chrono::milliseconds interval_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t calls_ = 0;      ///< of committed() and wake(): who saw another number has missed something
  std::uint64_t looked_for_ = 0; ///< commits that the last look has seen
  std::uint64_t commits_ = 0;
  store::Position last_ = -1; ///< as the last look found it; -1: nobody looked yet
  Clock::time_point next_look_;
  bool looking_ = false;
};

} // namespace parley::adapters::sql
