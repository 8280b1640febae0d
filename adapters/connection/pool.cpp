#include "adapters/connection/pool.hpp"

#include <algorithm>

namespace parley::adapters {

namespace {

/// Connecting takes milliseconds where anybody answers: who waits longer for another's attempt waits for a server that
/// hangs.
constexpr std::chrono::milliseconds kPatienceWithOthers{400};

} // namespace

Lease::~Lease() {
  if (session_) {
    pool_->give_back(std::move(session_));
  }
}

Pool::Pool(Factory factory, unsigned size, std::chrono::milliseconds patience,
           std::function<void(const DatabaseError &)> failed)
    : factory_(std::move(factory)), size_(size == 0 ? 1 : size), patience_(patience), failed_(std::move(failed)) {}

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
    session = connected(std::move(session), std::min(until, Session::Clock::now() + patience_));
  }
  session->wait_until(until);
  return {*this, std::move(session)};
}

/// Connects, or connects again. When that fails the place goes back. While the database cannot be reached one caller at a
/// time tries; the others wait for what it finds.
std::unique_ptr<Session> Pool::connected(std::unique_ptr<Session> session, Session::Clock::time_point end) {
  bool alone = false;
  try {
    {
      std::unique_lock lock(mutex_);
      if (failing_ && trying_) {
        tried_.wait_until(lock, std::min(end, Session::Clock::now() + kPatienceWithOthers),
                          [this, attempt = attempts_] { return attempts_ != attempt; });
        if (failing_) {
          throw DatabaseError::lost(ErrorKind::unavailable,
                                    "The database cannot be reached; another caller has tried.");
        }
      }
      alone = failing_;
      trying_ = trying_ || alone;
    }
    try {
      if (session) {
        session->reconnect();
      } else {
        session = factory_();
      }
    } catch (const DatabaseError &error) {
      if (failed_) {
        failed_(error);
      }
      throw;
    }
    ended(false, alone);
    return session;
  } catch (...) {
    ended(true, alone);
    give_back(std::move(session));
    throw;
  }
}

void Pool::ended(bool failed, bool alone) {
  {
    const std::lock_guard lock(mutex_);
    failing_ = failed;
    trying_ = trying_ && !alone;
    attempts_ += alone ? 1 : 0;
  }
  tried_.notify_all();
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
