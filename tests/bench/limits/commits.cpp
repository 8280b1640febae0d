#include "tests/bench/limits/commits.hpp"

#include <sqlite3.h>

#include <atomic>

namespace parley::bench {
namespace {

std::atomic<std::int64_t> commits{0};

int count_one(void * /*unused*/) {
  ++commits;
  return 0;
}

int watch_connection(sqlite3 *connection, const char ** /*error*/, const sqlite3_api_routines * /*unused*/) {
  sqlite3_commit_hook(connection, count_one, nullptr);
  return SQLITE_OK;
}

} // namespace

void Commits::watch() {
  sqlite3_auto_extension(reinterpret_cast<void (*)()>(watch_connection));
}

std::int64_t Commits::count() {
  return commits;
}

} // namespace parley::bench
