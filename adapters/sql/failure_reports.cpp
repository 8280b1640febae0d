#include "adapters/sql/failure_reports.hpp"

#include <utility>

namespace parley::adapters::sql {
namespace {

using store::Notice;

constexpr std::chrono::minutes kQuiet{1};

/// Empty: nobody is told.
std::string event_of(ErrorKind kind) {
  switch (kind) {
  case ErrorKind::rights:
    return "database.rights";
  case ErrorKind::schema:
    return "database.schema";
  case ErrorKind::unavailable:
  case ErrorKind::unexpected:
    return "database.failed";
  case ErrorKind::busy:
  case ErrorKind::again:
  case ErrorKind::outcome_unknown: // the connection was lost, of which others tell
  case ErrorKind::unique:
  case ErrorKind::constraint:
    break;
  }
  return {};
}

} // namespace

FailureReports::FailureReports(store::Tell tell, std::function<Clock::time_point()> now)
    : tell_(std::move(tell)), now_(std::move(now)) {}

void FailureReports::failed(const DatabaseError &error) {
  const std::string event = event_of(error.kind());
  if (!tell_ || event.empty()) {
    return;
  }
  Notice notice{Notice::Level::error, event, error.what(), {}};
  if (!error.code().empty()) {
    notice.facts.emplace_back("code", error.code());
  }
  const std::lock_guard lock(mutex_);
  const auto now = now_();
  // Rights and tables are mended one by one: each is told. There are as many as the schema has parts.
  const bool each = error.kind() == ErrorKind::rights || error.kind() == ErrorKind::schema;
  const auto [kind, first] = kinds_.try_emplace(event + error.code() + (each ? error.what() : ""), Kind{now, 0});
  if (!first) {
    if (now - kind->second.told < kQuiet) {
      ++kind->second.more;
      return;
    }
    if (kind->second.more > 0) {
      notice.facts.emplace_back("before", std::to_string(kind->second.more));
      notice.message += " (" + std::to_string(kind->second.more) + " more of this kind before)";
    }
    kind->second = Kind{now, 0};
  }
  tell_(notice);
}

void FailureReports::say(const Notice &notice) {
  if (tell_) {
    const std::lock_guard lock(mutex_);
    tell_(notice);
  }
}

} // namespace parley::adapters::sql
