#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <string>

#include "adapters/connection/database_error.hpp"
#include "plugin/store/notice.hpp"

namespace parley::adapters::sql {

/// Tells whoever runs the host of errors that no caller can do anything about: a right or a table that is missing, a full
/// disk, a statement that fails. One of a kind (the database's code) a minute; the next one says how many there were
/// meanwhile. Safe to use from any thread.
class FailureReports {
public:
  using Clock = std::chrono::steady_clock;

  explicit FailureReports(store::Tell tell, std::function<Clock::time_point()> now = &Clock::now);

  /// Tells, unless the error is the caller's own, or passes by itself (busy).
  void failed(const DatabaseError &error);
  /// Tells something else about the database, once.
  void say(const store::Notice &notice);

private:
  struct Kind {
    Clock::time_point told;
    unsigned more = 0; ///< since then
  };

  const store::Tell tell_;
  const std::function<Clock::time_point()> now_;
  std::mutex mutex_;
  std::map<std::string, Kind> kinds_;
};

} // namespace parley::adapters::sql
