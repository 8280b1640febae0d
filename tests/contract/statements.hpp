#pragma once

#include <sqlite3.h>

#include <atomic>
#include <string_view>

namespace contract {

// Counts the statements of every connection that this process opens from now on, the plugin's included: the library of the
// database is one for all.
class Statements {
public:
  Statements() { sqlite3_auto_extension(reinterpret_cast<void (*)()>(&hook)); }
  ~Statements() { sqlite3_cancel_auto_extension(reinterpret_cast<void (*)()>(&hook)); }
  Statements(const Statements &) = delete;
  Statements &operator=(const Statements &) = delete;

  static int take() { return count_.exchange(0); }

private:
  static int hook(sqlite3 *connection, const char **, const void *) {
    return sqlite3_trace_v2(connection, SQLITE_TRACE_STMT, &count, nullptr);
  }
  static int count(unsigned, void *, void *, void *text) {
    // A trigger's own lines are comments.
    const auto *sql = static_cast<const char *>(text);
    count_ += sql != nullptr && std::string_view(sql).substr(0, 2) == "--" ? 0 : 1;
    return 0;
  }
  static inline std::atomic<int> count_{0};
};

} // namespace contract
