#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace parley::store {

/// What whoever runs the host is to know of its database: one line of a log.
struct Notice {
  enum class Level { info, warning, error };

  Level level = Level::info;
  std::string event;   ///< stable name for programs: "database.unreachable"
  std::string message; ///< one line for people, in English; no bound value, no password
  std::vector<std::pair<std::string, std::string>> facts; ///< for programs
};

/// Takes notices, from any thread that uses the stores, one at a time from each store. It must not throw, use the stores
/// or take long. Empty: nobody wants them.
using Tell = std::function<void(const Notice &notice)>;

} // namespace parley::store
