#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "adapters/connection/database_error.hpp"
#include "plugin/store/notice.hpp"

namespace parley::adapters {

/// Tells whoever runs the host that a database cannot be reached, once a minute while that lasts, and that it is back. Of
/// many short outages in a row one in ten seconds is told. Safe to use from any thread.
class Outage {
public:
  using Clock = std::chrono::steady_clock;
  using Facts = std::vector<std::pair<std::string, std::string>>;

  /// `database` begins the sentences: "The MariaDB database "crm" at 127.0.0.1:3306".
  Outage(store::Tell tell, std::string database, Facts facts, std::function<Clock::time_point()> now = &Clock::now);

  /// A connection was lost, or none could be made.
  void lost(const DatabaseError &why);

  /// How many outages there were: to be asked before work begins, for worked().
  [[nodiscard]] std::uint64_t count() const { return count_; }
  /// Work has ended well that began when there were so many: what was begun before the outage says nothing about it.
  void worked(std::uint64_t count_before);

private:
  const store::Tell tell_;
  const std::string database_;
  const Facts facts_;
  const std::function<Clock::time_point()> now_;
  std::atomic<std::uint64_t> count_{0};
  std::atomic<bool> lasts_{false};
  std::mutex mutex_;
  Clock::time_point since_;
  Clock::time_point quiet_until_ = Clock::time_point::min();
  bool told_ = false; ///< of the one that lasts
};

} // namespace parley::adapters
