#pragma once

#include <cstdint>

namespace parley::bench {

/// Counts the transactions that wrote in this process's SQLite connections, those of a plugin that it loaded included.
class Commits {
public:
  /// Before connections are opened.
  static void watch();
  static std::int64_t count();
};

} // namespace parley::bench
