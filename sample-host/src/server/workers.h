// Threads that answer requests. They start as they are needed, and never more than allowed; what finds none waits.
#ifndef PARLEY_SAMPLE_HOST_SERVER_WORKERS_H
#define PARLEY_SAMPLE_HOST_SERVER_WORKERS_H

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace host {

// [thread-safe], but for stop().
class Workers {
public:
  explicit Workers(std::size_t most) : most_(most) {}
  ~Workers() { stop(); }
  Workers(const Workers &) = delete;
  Workers &operator=(const Workers &) = delete;

  // `work` must not throw. After stop() nothing is taken.
  void give(std::function<void()> work);
  // Drops what has not begun, and waits for what runs.
  void stop();

private:
  void run();

  const std::size_t most_;
  std::mutex mutex_;
  std::condition_variable given_;
  std::deque<std::function<void()>> waiting_;
  std::vector<std::thread> threads_;
  std::size_t idle_ = 0;
  bool stopped_ = false;
};

} // namespace host

#endif
