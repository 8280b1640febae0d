#include "adapters/sql/failures.hpp"

namespace parley::adapters::sql {

using domain::Code;
using domain::Failure;
using domain::Fault;

Failure failure_of(const DatabaseError &error) {
  switch (error.kind()) {
  case ErrorKind::busy:
  case ErrorKind::again: // it was run again until nobody waited any more
    return domain::failure(Code::busy, "database-busy", "The database is busy. Try again.");
  case ErrorKind::unavailable:
    return domain::failure(Code::unavailable, "database-unavailable", "The database is not available. Try again.");
  case ErrorKind::outcome_unknown:
    return domain::failure(Code::unavailable, "outcome-unknown",
                           "The database was lost while it stored this: it may be stored or not. Look before you try "
                           "again, or send an Idempotency-Key.");
  case ErrorKind::schema:
    return domain::failure(Code::schema, "schema-unknown",
                           "The stored schema does not fit this build. The log of the host says more.");
  case ErrorKind::unique:
    return domain::failure(Code::conflict, "not-unique", "The database holds this already.");
  case ErrorKind::constraint:
    return domain::failure(Code::invalid, "constraint", "The database refuses this value.");
  case ErrorKind::rights:
    return domain::failure(Code::unavailable, "database-rights",
                           "The database does not let the plugin do this. The log of the host says more.");
  case ErrorKind::unexpected:
    break;
  }
  return domain::failure(Code::internal, "internal", "Something went wrong. The log of the host says more.");
}

Failure not_found() {
  return domain::failure(Code::not_found, "not-found", "There is no such conversation.");
}

Failure forbidden() {
  return domain::failure(Code::forbidden, "forbidden", "This may not be done here.");
}

Failure stale(std::int64_t present_version) {
  Failure result = domain::failure(Code::stale, "stale", "The conversation was changed in the meantime.");
  result.faults.front().facts.emplace_back("version", std::to_string(present_version));
  return result;
}

Failure malformed(std::string code, std::string detail, std::string parameter) {
  return Failure{Code::malformed, {Fault{std::move(code), std::move(detail), {}, std::move(parameter), {}}}};
}

} // namespace parley::adapters::sql
