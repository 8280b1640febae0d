#include "adapters/connection/pool.hpp"

namespace parley::adapters {

Lease::~Lease() {
  if (session_) {
    pool_->give_back(std::move(session_));
  }
}

Pool::Pool(Factory factory, unsigned size, std::chrono::milliseconds patience)
    : factory_(std::move(factory)), size_(size == 0 ? 1 : size), patience_(patience) {}

Pool::~Pool() = default;

Lease Pool::lease() {
  std::unique_ptr<Session> session;
  {
    std::unique_lock lock(mutex_);
    ++waiting_;
    const bool freed = freed_.wait_for(lock, patience_, [this] { return lent_ < size_; });
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
  try {
    if (!session) {
      session = factory_();
    } else if (session->broken()) {
      session->reconnect();
    }
  } catch (...) {
    give_back(nullptr);
    throw;
  }
  return {*this, std::move(session)};
}

unsigned Pool::waiting() const {
  const std::lock_guard lock(mutex_);
  return waiting_;
}

void Pool::give_back(std::unique_ptr<Session> session) {
  if (session) {
    session->rollback();
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
