#include "tests/support/sqlite/sqlite_meter.hpp"

#include <sqlite3.h>

#include <mutex>
#include <stdexcept>

namespace parley::tests {
namespace {

std::mutex guard;
Work collected;
bool running = false;

int told(unsigned /*event*/, void * /*context*/, void *statement, void * /*nanoseconds*/) {
  auto *run = static_cast<sqlite3_stmt *>(statement);
  const auto counted = [run](int what) { return std::int64_t{sqlite3_stmt_status(run, what, 1)}; };
  StatementWork work;
  const char *sql = sqlite3_sql(run);
  work.sql = sql == nullptr ? "" : sql;
  work.vm_steps = counted(SQLITE_STMTSTATUS_VM_STEP);
  work.full_scan_steps = counted(SQLITE_STMTSTATUS_FULLSCAN_STEP);
  work.sorts = counted(SQLITE_STMTSTATUS_SORT);
  work.automatic_indexes = counted(SQLITE_STMTSTATUS_AUTOINDEX);
  const std::lock_guard lock(guard);
  if (!running) {
    return 0;
  }
  ++collected.statements;
  collected.vm_steps += work.vm_steps;
  collected.full_scan_steps += work.full_scan_steps;
  collected.sorts += work.sorts;
  collected.automatic_indexes += work.automatic_indexes;
  collected.each.push_back(std::move(work));
  return 0;
}

int opened(sqlite3 *connection, char ** /*error*/, const void * /*api*/) {
  return sqlite3_trace_v2(connection, SQLITE_TRACE_PROFILE, &told, nullptr);
}

/// As SQLite wants it: a function without its parameters.
void (*entry())() {
  return reinterpret_cast<void (*)()>(&opened);
}

} // namespace

SqliteMeter::SqliteMeter() {
  if (sqlite3_auto_extension(entry()) != SQLITE_OK) {
    throw std::runtime_error("SQLite does not take the meter");
  }
  const std::lock_guard lock(guard);
  collected = {};
  running = true;
}

SqliteMeter::~SqliteMeter() {
  sqlite3_cancel_auto_extension(entry());
  const std::lock_guard lock(guard);
  running = false;
}

Work SqliteMeter::take() {
  const std::lock_guard lock(guard);
  Work work = std::move(collected);
  collected = {};
  return work;
}

} // namespace parley::tests
