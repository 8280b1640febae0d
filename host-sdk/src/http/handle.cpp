#include "host-sdk/src/http/handle.hpp"

#include "host-sdk/src/http/conditions.hpp"
#include "host-sdk/src/http/handlers.hpp"
#include "host-sdk/src/json/writer.hpp"
#include "host-sdk/src/log.hpp"

#include <algorithm>
#include <optional>
#include <typeinfo>

namespace parley::host {
namespace {

// Who set no condition has failed none: that somebody was faster is a conflict then.
Refusal without_condition(Refusal refusal) {
  const auto stale = [](const Fault &fault) { return fault.status == PARLEY_STALE; };
  if (!refusal.faults.empty() && std::all_of(refusal.faults.begin(), refusal.faults.end(), stale)) {
    for (auto &fault : refusal.faults) {
      fault.status = PARLEY_CONFLICT;
    }
    refusal.http_status = 409;
  }
  return refusal;
}

// Who set one is told that it was this header.
Refusal with_condition(const Request &request, Refusal refusal) {
  for (auto &fault : refusal.faults) {
    if (fault.status == PARLEY_STALE) {
      blame_condition(request, fault);
    }
  }
  return refusal;
}

// The client learns nothing of a defect (errors.cpp); here is what there is to know of it.
void log_defect(const Runtime &runtime, const parley_call &call, const parley_http_request &from,
                const Faults &faults) {
  std::string fields;
  JsonWriter out(fields);
  out.begin_object().member("method", view(from.method)).member("path", view(from.path)).key("faults").begin_array();
  for (const auto &fault : faults) {
    out.begin_object().member("code", fault.code).member("detail", fault.detail).end_object();
  }
  out.end_array().end_object();
  write_log(runtime, &call, PARLEY_LOG_ERROR, "http.defect", "A request could not be answered, because of a defect.",
            fields);
}

Response refused(const Runtime &runtime, const parley_call &call, const parley_http_request &from,
                 const Refusal &refusal) {
  Response response = error_response(refusal);
  if (response.status == 500) {
    log_defect(runtime, call, from, refusal.faults);
  }
  return response;
}

// Every address knows its methods when it refuses one; OPTIONS asks for no more.
bool asks_for_methods(const parley_http_request &from, const Refusal &refusal) {
  const auto is_allow = [](const auto &header) { return header.first == "Allow"; };
  return view(from.method) == "OPTIONS" && refusal.http_status == 405 &&
         std::any_of(refusal.headers.begin(), refusal.headers.end(), is_allow);
}

Response answer(const Runtime &runtime, const parley_call &call, const parley_http_request &from, bool &head) {
  Request request;
  std::optional<Exchange> exchange; // has the request from then on
  try {
    try {
      read_request(from, request);
    } catch (const Refusal &) {
      head = request.head;
      throw;
    }
    head = request.head;
    exchange.emplace(runtime, call, std::move(request));
    return route(*exchange);
  } catch (const Refusal &refusal) {
    if (asks_for_methods(from, refusal)) {
      Response response;
      response.status = 204;
      response.headers = refusal.headers;
      return response;
    }
    const bool conditional = exchange && is_conditional(exchange->request);
    return refused(runtime, call, from,
                   conditional ? with_condition(exchange->request, refusal) : without_condition(refusal));
  } catch (const std::exception &error) {
    // Its text may hold what was sent; its type does not.
    const std::string detail = std::string("An exception of the type ") + typeid(error).name() + ".";
    return refused(runtime, call, from, Refusal{{make_fault(PARLEY_INTERNAL, "exception", detail)}, 500, {}});
  }
}

} // namespace

std::int32_t handle_http(const Runtime &runtime, const parley_call &call, const parley_http_request &request,
                         const parley_http_sink &sink) {
  bool head = false;
  Response response = answer(runtime, call, request, head);
  // What a viewer gets is personal, and parts of it change without a new version: nobody keeps it.
  response.headers.emplace_back("Cache-Control", "no-store");
  response.headers.emplace_back("Vary", "Accept");
  const auto names_type = [](const auto &header) { return header.first == "Content-Type"; };
  if (!response.body.empty() && std::none_of(response.headers.begin(), response.headers.end(), names_type)) {
    response.headers.emplace_back("Content-Type", "application/vnd.api+json");
  }
  std::vector<parley_http_header> headers;
  headers.reserve(response.headers.size());
  for (const auto &header : response.headers) {
    headers.push_back({str(header.first), str(header.second)});
  }
  if (sink.begin(&sink, response.status, headers.data(), headers.size()) != PARLEY_OK) {
    return PARLEY_SINK_REFUSED;
  }
  if (!head && !response.body.empty() && sink.write(&sink, response.body.data(), response.body.size()) != PARLEY_OK) {
    return PARLEY_SINK_REFUSED;
  }
  return PARLEY_OK;
}

} // namespace parley::host
