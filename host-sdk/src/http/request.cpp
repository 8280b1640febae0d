#include "host-sdk/src/abi.hpp"
#include "host-sdk/src/http/message.hpp"
#include "host-sdk/src/http/percent.hpp"
#include "host-sdk/src/text.hpp"

#include <algorithm>

namespace parley::host {
namespace {

void read_path(std::string_view path, Request &to) {
  to.path = path;
  if (path.empty() || path.front() != '/') {
    refuse_not_found();
  }
  for (const auto part : split(path.substr(1), '/')) {
    std::string segment;
    if (!percent_decode(part, false, segment)) {
      refuse(PARLEY_MALFORMED, "bad-escape", "The path holds a bad percent-encoding.");
    }
    if (segment.empty()) {
      refuse_not_found();
    }
    to.segments.push_back(std::move(segment));
  }
}

void read_query(std::string_view query, Request &to) {
  to.query = query;
  if (query.empty()) {
    return;
  }
  for (const auto part : split(query, '&')) {
    if (part.empty()) {
      continue;
    }
    const std::size_t equals = part.find('=');
    const auto name = part.substr(0, equals);
    const auto value = equals == std::string_view::npos ? std::string_view{} : part.substr(equals + 1);
    Parameter parameter;
    if (!percent_decode(name, true, parameter.name) || !percent_decode(value, true, parameter.value)) {
      refuse(PARLEY_MALFORMED, "bad-escape", "The query holds a bad percent-encoding.", {}, std::string(name));
    }
    to.parameters.push_back(std::move(parameter));
  }
}

void check_idempotency_key(std::string_view key) {
  const auto printable = [](char c) { return c >= ' ' && c <= '~'; };
  if (key.empty() || key.size() > 255 || !std::all_of(key.begin(), key.end(), printable)) {
    refuse_header(PARLEY_MALFORMED, "bad-idempotency-key",
                  "The Idempotency-Key should have 1 to 255 characters of printable ASCII.", "Idempotency-Key");
  }
}

void read_headers(const parley_http_request &from, Request &to) {
  const auto *headers = get(&from, &parley_http_request::headers);
  const auto count = headers == nullptr ? 0 : get(&from, &parley_http_request::header_count);
  const auto append = [](std::optional<std::string> &header, std::string_view value) {
    header = header ? *header + ", " + std::string(value) : std::string(value);
  };
  for (std::size_t i = 0; i < count; ++i) {
    const auto name = view(headers[i].name);
    const auto value = trim(view(headers[i].value));
    if (equal_ignoring_case(name, "Accept")) {
      append(to.accept, value);
    } else if (equal_ignoring_case(name, "Content-Type")) {
      if (to.content_type) {
        refuse_header(PARLEY_MALFORMED, "duplicate-header", "The header Content-Type is there twice.", "Content-Type");
      }
      to.content_type = value;
    } else if (equal_ignoring_case(name, "If-Match")) {
      append(to.if_match, value);
    } else if (equal_ignoring_case(name, "If-None-Match")) {
      append(to.if_none_match, value);
    } else if (equal_ignoring_case(name, "Idempotency-Key")) {
      check_idempotency_key(value);
      if (!to.idempotency_key.empty()) {
        refuse_header(PARLEY_MALFORMED, "bad-idempotency-key", "There are several Idempotency-Keys.",
                      "Idempotency-Key");
      }
      to.idempotency_key = value;
    }
  }
}

} // namespace

void read_request(const parley_http_request &from, Request &to) {
  to.method = text_of(&from, &parley_http_request::method);
  to.head = to.method == "HEAD";
  if (to.head) {
    to.method = "GET";
  }
  to.base = text_of(&from, &parley_http_request::base);
  while (!to.base.empty() && to.base.back() == '/') {
    to.base.pop_back();
  }
  to.body = text_of(&from, &parley_http_request::body);
  read_headers(from, to);
  read_path(text_of(&from, &parley_http_request::path), to);
  read_query(text_of(&from, &parley_http_request::query), to);
}

} // namespace parley::host
