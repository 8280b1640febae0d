#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "adapters/connection/session.hpp"

namespace parley::adapters {

class Pool;

/// A session out of a pool, for as long as this object lives. An open transaction is rolled back when it goes back.
class Lease {
public:
  Lease(Pool &pool, std::unique_ptr<Session> session) : pool_(&pool), session_(std::move(session)) {}
  Lease(Lease &&other) noexcept = default;
  Lease(const Lease &) = delete;
  Lease &operator=(const Lease &) = delete;
  Lease &operator=(Lease &&) = delete;
  ~Lease();

  Session &operator*() { return *session_; }
  Session *operator->() { return session_.get(); }

private:
  Pool *pool_;
  std::unique_ptr<Session> session_;
};

/// At most `size` sessions, connected when they are first needed. Safe to use from any thread; must outlive its leases.
class Pool {
public:
  using Factory = std::function<std::unique_ptr<Session>()>;

  /// `failed` hears why no session could be connected, in the thread that tried, before anybody else does; or it is empty.
  Pool(Factory factory, unsigned size, std::chrono::milliseconds patience,
       std::function<void(const DatabaseError &)> failed = {});
  Pool(const Pool &) = delete;
  Pool &operator=(const Pool &) = delete;
  ~Pool();

  /// Waits for a session as long as the pool's patience lasts, and until `until` at most, which then holds for the
  /// session's statements as well. Throws DatabaseError: busy, or why none can be connected. While connecting fails one
  /// caller at a time tries; the others hear soon what it found.
  Lease lease(Session::Clock::time_point until = Session::Clock::time_point::max());

  /// How many callers wait for a session.
  [[nodiscard]] unsigned waiting() const;

private:
  friend class Lease;
  std::unique_ptr<Session> connected(std::unique_ptr<Session> session, Session::Clock::time_point end);
  void ended(bool failed, bool alone);
  void give_back(std::unique_ptr<Session> session);

  const Factory factory_;
  const unsigned size_;
  const std::chrono::milliseconds patience_;
  const std::function<void(const DatabaseError &)> failed_;
  mutable std::mutex mutex_;
  std::condition_variable freed_;
  std::condition_variable tried_;
  std::vector<std::unique_ptr<Session>> free_;
  unsigned lent_ = 0;
  unsigned waiting_ = 0;
  bool failing_ = false;       ///< the last attempt to connect has failed
  bool trying_ = false;        ///< somebody tries again
  std::uint64_t attempts_ = 0; ///< of those who tried again, as far as they have ended
};

} // namespace parley::adapters
