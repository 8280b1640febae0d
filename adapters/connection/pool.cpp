#include "adapters/connection/pool.hpp"

#include <algorithm>

namespace parley::adapters {

Lease::~Lease() {
  if (session_) {
    pool_->give_back(std::move(session_));
  }
}

Pool::Pool(Factory factory, unsigned size, std::chrono::milliseconds patience)
    : factory_(std::move(factory)), size_(size == 0 ? 1 : size), patience_(patience) {}

Pool::~Pool() = default;

Lease Pool::lease(Session::Clock::time_point until) {
  std::unique_ptr<Session> session;
  {
    std::unique_lock lock(mutex_);
    ++waiting_;
    const auto end = std::min(until, Session::Clock::now() + patience_);
    const bool freed = freed_.wait_until(lock, end, [this] { return lent_ < size_; });
    --waiting_;
    if (!freed) {
      throw DatabaseError(ErrorKind::busy, "No connection to the database became free in time.");
    }
    ++lent_;
    if (!free_.empty()) {
      // The one that was used last: its statements and pages are warm.
      session = std::move(free_.back());
      free_.pop_back();
    }
  }
  if (!session || session->broken()) {
    session = connected(std::move(session));
  }
  session->wait_until(until);
  return {*this, std::move(session)};
}

/// Connects, or connects again. When that fails the place goes back.
std::unique_ptr<Session> Pool::connected(std::unique_ptr<Session> session) {
  bool alone = false;
  try {
    {
      const std::lock_guard lock(mutex_);
      if (failing_ && trying_) {
        throw DatabaseError(ErrorKind::unavailable, "The database cannot be reached; another caller is trying.");
      }
      alone = failing_;
      trying_ = trying_ || alone;
    }
    if (session) {
      session->reconnect();
    } else {
      session = factory_();
    }
    const std::lock_guard lock(mutex_);
    failing_ = false;
    trying_ = trying_ && !alone;
    return session;
  } catch (...) {
    {
      const std::lock_guard lock(mutex_);
      failing_ = true;
      trying_ = trying_ && !alone;
    }
    give_back(std::move(session));
    throw;
  }
}

unsigned Pool::waiting() const {
  const std::lock_guard lock(mutex_);
  return waiting_;
}

void Pool::give_back(std::unique_ptr<Session> session) {
  if (session) {
    session->rollback();
    session->wait_until(Session::Clock::time_point::max());
  }
  {
    const std::lock_guard lock(mutex_);
    --lent_;
    if (session) {
      free_.push_back(std::move(session));
    }
  }
  freed_.notify_one();
}

} // namespace parley::adapters
