// How much and how long the HTTP server waits for; what goes beyond is refused or closed.
#ifndef PARLEY_SAMPLE_HOST_SERVER_HTTP_LIMITS_H
#define PARLEY_SAMPLE_HOST_SERVER_HTTP_LIMITS_H

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace host {

// Sizes are bytes. Times are seconds *in all*: a byte now and then does not prolong them.
struct HttpLimits {
  std::int64_t target_bytes = 16384; // of the request line
  std::int64_t head_bytes = 32768;   // request line and headers; also the trailers after a chunked body
  std::int64_t header_count = 100;   // fields of the head
  std::int64_t body_bytes = 1 << 20; // after the chunks were joined
  std::int64_t head_seconds = 10;    // from the first byte to the end of the headers
  std::int64_t body_seconds = 30;    // from there to the end of the body
  std::int64_t answer_seconds = 30;  // until the client has taken the answer, or a piece of one that is made in pieces
  std::int64_t idle_seconds = 15;    // a connection without a request
  std::int64_t connections = 512;    // at once; one more closes the one that has kept us waiting longest
  std::int64_t workers = 64;         // requests that are worked on at once; others wait for their turn
};

// Sets one by its name with dashes ("head-seconds"). False where there is no such limit.
bool set_limit(HttpLimits &limits, std::string_view name, std::int64_t value);
// All names and defaults, a line each, for the usage text.
std::string describe_limits();

} // namespace host

#endif
