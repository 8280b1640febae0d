#include "sample-host/src/server/workers.h"

#include <system_error>

namespace host {

void Workers::give(std::function<void()> work) {
  {
    const std::lock_guard lock(mutex_);
    if (stopped_) {
      return;
    }
    waiting_.push_back(std::move(work));
    if (waiting_.size() > idle_ && threads_.size() < most_) {
      try {
        threads_.emplace_back([this] { run(); });
      } catch (const std::system_error &) { // no thread to be had: those that are there do it
        if (threads_.empty()) {
          waiting_.pop_back();
          throw;
        }
      }
    }
  }
  given_.notify_one();
}

void Workers::stop() {
  std::vector<std::thread> threads;
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    waiting_.clear();
    threads.swap(threads_);
  }
  given_.notify_all();
  for (std::thread &thread : threads) {
    thread.join();
  }
}

void Workers::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    ++idle_;
    given_.wait(lock, [this] { return stopped_ || !waiting_.empty(); });
    --idle_;
    if (stopped_) {
      return;
    }
    const std::function<void()> work = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    work();
    lock.lock();
  }
}

} // namespace host
