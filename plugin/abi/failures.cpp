#include "plugin/abi/failures.hpp"

#include <parley/cpp/errors.hpp>

#include <string>

#include "plugin/jsonapi/identifiers.hpp"
#include "plugin/jsonapi/json_writer.hpp"

namespace parley::abi {

using domain::Code;

std::int32_t status_of(Code code) noexcept {
  switch (code) {
  case Code::malformed:
    return PARLEY_MALFORMED;
  case Code::invalid:
    return PARLEY_INVALID;
  case Code::not_found:
    return PARLEY_NOT_FOUND;
  case Code::forbidden:
    return PARLEY_FORBIDDEN;
  case Code::conflict:
    return PARLEY_CONFLICT;
  case Code::stale:
    return PARLEY_STALE;
  case Code::unsupported:
    return PARLEY_UNSUPPORTED;
  case Code::too_large:
    return PARLEY_TOO_LARGE;
  case Code::busy:
    return PARLEY_BUSY;
  case Code::unavailable:
    return PARLEY_UNAVAILABLE;
  case Code::timed_out:
    return PARLEY_TIMED_OUT;
  case Code::cancelled:
    return PARLEY_CANCELLED;
  case Code::schema:
    return PARLEY_SCHEMA;
  case Code::internal:
    break;
  }
  return PARLEY_INTERNAL;
}

Code code_of(std::int32_t host_status) noexcept {
  switch (host_status) {
  case PARLEY_BUSY:
    return Code::busy;
  case PARLEY_TIMED_OUT:
    return Code::timed_out;
  case PARLEY_CANCELLED:
    return Code::cancelled;
  default:
    return Code::unavailable;
  }
}

namespace {

std::string meta_of(const domain::Fault &fault) {
  std::string meta;
  if (fault.facts.empty()) {
    return meta;
  }
  jsonapi::JsonWriter json(meta);
  json.begin_object();
  for (const auto &[name, value] : fault.facts) {
    json.key(name);
    if (const auto number = jsonapi::parse_number(value)) {
      json.integer(*number);
    } else {
      json.string(value);
    }
  }
  json.end_object();
  return meta;
}

} // namespace

std::int32_t report_failure(const parley_error_sink *errors, const domain::Failure &failure) {
  const std::int32_t status = status_of(failure.code);
  for (const domain::Fault &fault : failure.faults) {
    const std::string meta = meta_of(fault);
    cpp::report(errors, status, fault.code, fault.detail, cpp::Where{fault.pointer, fault.parameter, meta});
  }
  return status;
}

} // namespace parley::abi
