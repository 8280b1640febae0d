#include "host-sdk/src/http/message.hpp"
#include "host-sdk/src/json/parse.hpp"
#include "host-sdk/src/json/writer.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace parley::host {
namespace {

std::string_view default_code(std::int32_t status) {
  switch (status) {
  case PARLEY_MALFORMED:
    return "malformed";
  case PARLEY_INVALID:
    return "invalid";
  case PARLEY_NOT_FOUND:
    return "not-found";
  case PARLEY_FORBIDDEN:
    return "forbidden";
  case PARLEY_CONFLICT:
    return "conflict";
  case PARLEY_STALE:
    return "stale";
  case PARLEY_UNSUPPORTED:
    return "unsupported";
  case PARLEY_TOO_LARGE:
    return "too-large";
  case PARLEY_BUSY:
    return "busy";
  case PARLEY_TIMED_OUT:
    return "timed-out";
  case PARLEY_CANCELLED:
    return "cancelled";
  case PARLEY_UNAVAILABLE:
  case PARLEY_STOPPED:
  case PARLEY_FORKED:
  case PARLEY_SCHEMA:
    return "unavailable";
  default:
    return "internal";
  }
}

std::string_view default_detail(std::int32_t status) {
  switch (status) {
  case PARLEY_MALFORMED:
    return "The request was not understood.";
  case PARLEY_INVALID:
    return "The request is not valid.";
  case PARLEY_NOT_FOUND:
    return "There is no such thing.";
  case PARLEY_FORBIDDEN:
    return "You may not do this.";
  case PARLEY_CONFLICT:
    return "The present state does not allow this.";
  case PARLEY_STALE:
    return "It was changed in the meantime.";
  case PARLEY_UNSUPPORTED:
    return "This is not offered.";
  case PARLEY_TOO_LARGE:
    return "The request is too large.";
  case PARLEY_TIMED_OUT:
    return "The time for the request is over.";
  case PARLEY_CANCELLED:
    return "The request was cancelled.";
  case PARLEY_BUSY:
  case PARLEY_UNAVAILABLE:
  case PARLEY_STOPPED:
  case PARLEY_FORKED:
  case PARLEY_SCHEMA:
    return "This cannot be reached now. Try again.";
  default:
    return "Something went wrong here.";
  }
}

std::uint32_t status_of_response(const Refusal &refusal) {
  if (refusal.http_status != 0 || refusal.faults.empty()) {
    return refusal.http_status != 0 ? refusal.http_status : 500;
  }
  const std::uint32_t first = http_status_of(refusal.faults.front().status);
  const auto differs = [&](const Fault &fault) { return http_status_of(fault.status) != first; };
  if (std::none_of(refusal.faults.begin(), refusal.faults.end(), differs)) {
    return first;
  }
  const auto is_ours = [](const Fault &fault) { return http_status_of(fault.status) >= 500; };
  return std::any_of(refusal.faults.begin(), refusal.faults.end(), is_ours) ? 500 : 400;
}

// Which problem of the cursor pagination profile it is; empty: none.
std::string_view profile_problem(std::string_view code) {
  return code == "page-too-large"   ? "max-size-exceeded"
         : code == "range-of-pages" ? "range-pagination-not-supported"
         : code == "invalid-sort"   ? "unsupported-sort"
                                    : "";
}

// The request header that a fault comes of: faults name it among their facts.
std::string header_of(const Fault &fault) {
  nlohmann::json facts;
  JsonProblem problem;
  if (fault.meta.find("\"header\"") == std::string::npos || !parse_json(fault.meta, facts, problem) ||
      !facts.is_object()) {
    return {};
  }
  const auto header = facts.find("header");
  return header != facts.end() && header->is_string() ? header->get<std::string>() : std::string();
}

void write_source(JsonWriter &out, const Fault &fault) {
  const std::string header = header_of(fault);
  if (fault.pointer.empty() && fault.parameter.empty() && header.empty()) {
    return;
  }
  out.key("source").begin_object();
  if (!fault.pointer.empty()) {
    out.member("pointer", fault.pointer);
  }
  if (!fault.parameter.empty()) {
    out.member("parameter", fault.parameter);
  }
  if (!header.empty()) {
    out.member("header", header);
  }
  out.end_object();
}

void write_error(JsonWriter &out, const Fault &fault, std::uint32_t http_status) {
  const bool secret = http_status == 500; // details of a defect are in the log
  out.begin_object();
  out.member("status", std::to_string(http_status));
  out.member("code", secret || fault.code.empty() ? default_code(fault.status) : fault.code);
  out.member("title", http_title(http_status));
  out.member("detail", secret || fault.detail.empty() ? default_detail(fault.status) : fault.detail);
  if (const auto problem = profile_problem(fault.code); !problem.empty()) {
    out.key("links").begin_object().member("type", std::string(cursor_pagination) + std::string(problem)).end_object();
  }
  write_source(out, fault);
  if (!secret && !fault.meta.empty() && is_json_object(fault.meta)) {
    out.key("meta").raw(fault.meta);
  }
  out.end_object();
}

} // namespace

std::string_view http_title(std::uint32_t http_status) {
  switch (http_status) {
  case 400:
    return "Bad Request";
  case 403:
    return "Forbidden";
  case 404:
    return "Not Found";
  case 405:
    return "Method Not Allowed";
  case 406:
    return "Not Acceptable";
  case 409:
    return "Conflict";
  case 412:
    return "Precondition Failed";
  case 413:
    return "Content Too Large";
  case 415:
    return "Unsupported Media Type";
  case 422:
    return "Unprocessable Content";
  case 499:
    return "Client Closed Request";
  case 503:
    return "Service Unavailable";
  case 504:
    return "Gateway Timeout";
  default:
    return "Internal Server Error";
  }
}

std::uint32_t http_status_of(std::int32_t status) {
  switch (status) {
  case PARLEY_OK:
    return 200;
  case PARLEY_MALFORMED:
    return 400;
  case PARLEY_INVALID:
    return 422;
  case PARLEY_NOT_FOUND:
    return 404;
  case PARLEY_FORBIDDEN:
    return 403;
  case PARLEY_CONFLICT:
    return 409;
  case PARLEY_STALE:
    return 412;
  case PARLEY_UNSUPPORTED:
    return 405;
  case PARLEY_TOO_LARGE:
    return 413;
  case PARLEY_BUSY:
  case PARLEY_UNAVAILABLE:
  case PARLEY_STOPPED:
  case PARLEY_FORKED:
  case PARLEY_SCHEMA:
    return 503;
  case PARLEY_TIMED_OUT:
    return 504;
  case PARLEY_CANCELLED:
    return 499;
  default:
    return 500;
  }
}

Fault make_fault(std::int32_t status, std::string_view code, std::string detail, std::string pointer,
                 std::string parameter) {
  Fault fault;
  fault.status = status;
  fault.code = code;
  fault.detail = std::move(detail);
  fault.pointer = std::move(pointer);
  fault.parameter = std::move(parameter);
  return fault;
}

void refuse(std::int32_t status, std::string_view code, std::string detail, std::string pointer,
            std::string parameter) {
  throw Refusal{{make_fault(status, code, std::move(detail), std::move(pointer), std::move(parameter))}, 0, {}};
}

void refuse_header(std::int32_t status, std::string_view code, std::string detail, std::string_view header,
                   std::uint32_t http_status) {
  Fault fault = make_fault(status, code, std::move(detail));
  name_header(fault, std::string(header));
  throw Refusal{{std::move(fault)}, http_status, {}};
}

void name_header(Fault &fault, const std::string &header) {
  nlohmann::json facts;
  JsonProblem problem;
  if (fault.meta.empty() || !parse_json(fault.meta, facts, problem) || !facts.is_object()) {
    facts = nlohmann::json::object();
  }
  if (!facts.contains("header")) {
    facts["header"] = header;
    fault.meta = facts.dump();
  }
}

void refuse_not_found() {
  refuse(PARLEY_NOT_FOUND, "not-found", "There is no such thing.");
}

void refuse_method(const std::string &allow) {
  throw Refusal{
      {make_fault(PARLEY_UNSUPPORTED, "method-not-allowed", "This is not offered here.")}, 405, {{"Allow", allow}}};
}

void refuse_absent(bool elsewhere) {
  if (elsewhere) {
    refuse_method("");
  }
  refuse_not_found();
}

void refuse_failure(std::int32_t status, Faults faults) {
  if (faults.empty()) {
    faults.push_back(make_fault(status, default_code(status), std::string(default_detail(status))));
  }
  for (auto &fault : faults) {
    fault.status = fault.status == PARLEY_OK ? status : fault.status;
  }
  throw Refusal{std::move(faults), http_status_of(status), {}};
}

Response error_response(const Refusal &refusal) {
  Response response;
  response.status = status_of_response(refusal);
  response.headers = refusal.headers;
  if (response.status == 503) {
    response.headers.emplace_back("Retry-After", "1");
  }
  JsonWriter out(response.body);
  out.begin_object().key("jsonapi").begin_object().member("version", "1.1").end_object();
  out.key("errors").begin_array();
  for (const auto &fault : refusal.faults) {
    const bool own = refusal.faults.size() == 1 && refusal.http_status != 0;
    write_error(out, fault, own ? refusal.http_status : http_status_of(fault.status));
  }
  out.end_array().end_object();
  return response;
}

} // namespace parley::host
