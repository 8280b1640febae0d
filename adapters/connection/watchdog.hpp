#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

namespace parley::adapters {

/// Cuts connections whose server does not answer in time: a hung server keeps its sockets open, and a client library may
/// wait at them for ever. One thread, which ends with the object. Safe to use from any thread.
class Watchdog {
public:
  using Clock = std::chrono::steady_clock;

  Watchdog();
  Watchdog(const Watchdog &) = delete;
  Watchdog &operator=(const Watchdog &) = delete;
  ~Watchdog();

  /// Looks after a socket while something waits at it.
  class Watch {
  public:
    /// `watchdog` may be null, `socket` -1: then nobody looks.
    Watch(Watchdog *watchdog, int socket, Clock::time_point until);
    Watch(const Watch &) = delete;
    Watch &operator=(const Watch &) = delete;
    /// After that the socket may be closed.
    ~Watch();

  private:
    Watchdog *watchdog_;
    int socket_;
  };

  /// How many connections were cut; for tests.
  [[nodiscard]] std::uint64_t cuts() const;

private:
  void look();

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::map<int, Clock::time_point> watched_;
  Clock::time_point next_ = Clock::time_point::max(); ///< when the thread looks again
  bool over_ = false;
  std::uint64_t cuts_ = 0;
  std::thread thread_; ///< last: it uses the others
};

} // namespace parley::adapters
