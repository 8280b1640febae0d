#include "tests/support/servers/statement_counter.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <optional>
#include <string_view>

#include "tests/support/servers/chosen_database.hpp"
#include "tests/support/servers/statement_log.hpp"

namespace parley::tests {
namespace {

std::atomic<int> counted{0};

int count(unsigned /*event*/, void * /*context*/, void * /*statement*/, void *text) {
  // A trigger's own lines are comments.
  const auto *sql = static_cast<const char *>(text);
  counted += sql != nullptr && std::string_view(sql).substr(0, 2) == "--" ? 0 : 1;
  return 0;
}
int opened(sqlite3 *connection, const char ** /*error*/, const void * /*api*/) {
  return sqlite3_trace_v2(connection, SQLITE_TRACE_STMT, &count, nullptr);
}
/// As SQLite wants it: a function without its parameters.
void (*hook())() {
  return reinterpret_cast<void (*)()>(&opened);
}

} // namespace

struct StatementCounter::Parts {
  std::optional<StatementLog> log; ///< none on SQLite
};

StatementCounter::StatementCounter() : parts_(std::make_unique<Parts>()) {
  sqlite3_auto_extension(hook());
}
StatementCounter::~StatementCounter() {
  sqlite3_cancel_auto_extension(hook());
}

void StatementCounter::watch(const std::string &connection) {
  if (const auto server = chosen_server()) {
    parts_->log.emplace(TestServer::shared(*server), connection);
  }
}

int StatementCounter::take() {
  if (!parts_->log) {
    return counted.exchange(0);
  }
  const auto trips = parts_->log->take();
  return static_cast<int>(std::count_if(trips.begin(), trips.end(),
                                        [](const RoundTrip &trip) { return trip.kind != RoundTrip::Kind::prepare; }));
}

} // namespace parley::tests
