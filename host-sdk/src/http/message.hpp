// A request as it was understood, and the response to it.
#ifndef PARLEY_HOST_HTTP_MESSAGE_HPP
#define PARLEY_HOST_HTTP_MESSAGE_HPP

#include "host-sdk/src/faults.hpp"

#include <cstdint>
#include <optional>
#include <parley/runtime.h>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley::host {

struct Parameter {
  std::string name; // decoded: "page[size]"
  std::string value;
};

struct Request {
  std::string method; // HEAD has become GET
  bool head = false;
  std::string base;
  std::string path;                  // as sent
  std::string query;                 // as sent
  std::vector<std::string> segments; // decoded: {"conversations", "17"}
  std::vector<Parameter> parameters;
  std::string_view body; // borrowed from the host

  std::optional<std::string> accept;
  std::optional<std::string> content_type;
  std::optional<std::string> if_match;
  std::optional<std::string> if_none_match;
  std::string idempotency_key;
};

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Response {
  std::uint32_t status = 200;
  Headers headers;
  std::string body; // empty: none
};

// Thrown where a request is refused; the router makes a document of error objects of it.
struct Refusal {
  Faults faults;
  std::uint32_t http_status = 0; // of the response; 0: by the faults
  Headers headers;
};

// The profile that lists follow.
inline constexpr std::string_view cursor_pagination = "https://jsonapi.org/profiles/ethanresnick/cursor-pagination/";

// What an HTTP status is called: "Not Found".
std::string_view http_title(std::uint32_t http_status);
// What a status becomes (status.h).
std::uint32_t http_status_of(std::int32_t status);

[[noreturn]] void refuse(std::int32_t status, std::string_view code, std::string detail, std::string pointer = {},
                         std::string parameter = {});
// Because of a header. http_status: of the response, where no status of ours stands for it; 0: by the status.
[[noreturn]] void refuse_header(std::int32_t status, std::string_view code, std::string detail, std::string_view header,
                                std::uint32_t http_status = 0);
[[noreturn]] void refuse_not_found();
// allow: the methods that there are: "GET, PATCH"; empty: none, which RFC 9110 (10.2.1) has a word for.
[[noreturn]] void refuse_method(const std::string &allow);
// An address that this application does not have: 405 and no method where another one has it, else 404.
[[noreturn]] void refuse_absent(bool elsewhere);
// A failure that a plugin or the host answered. Without faults one is made from the status.
[[noreturn]] void refuse_failure(std::int32_t status, Faults faults);

// Among its facts, unless it names one already.
void name_header(Fault &fault, const std::string &header);

Fault make_fault(std::int32_t status, std::string_view code, std::string detail, std::string pointer = {},
                 std::string parameter = {});

// Reads path, query and headers; throws Refusal (400). Media types are not checked here.
void read_request(const parley_http_request &from, Request &to);

// 406 and 415, as JSON:API 1.1 says.
void check_accept(const Request &request);
void check_content_type(const Request &request);
// Whether the answer is to say that it follows that profile (1.1, "Profiles").
bool asks_for_cursor_pagination(const Request &request);

Response error_response(const Refusal &refusal);

} // namespace parley::host

#endif
