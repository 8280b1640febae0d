#pragma once

#include <string>

#include "adapters/connection/database_error.hpp"
#include "plugin/domain/conversation.hpp"
#include "plugin/domain/result.hpp"

namespace parley::adapters::sql {

/// What the database refused, as a failure of which its caller may know. What it does not say is for the log.
domain::Failure failure_of(const DatabaseError &error);

domain::Failure not_found();
domain::Failure forbidden();
domain::Failure stale(std::int64_t present_version);
/// `parameter` is the part of the query that is wrong.
domain::Failure malformed(std::string code, std::string detail, std::string parameter);

} // namespace parley::adapters::sql
