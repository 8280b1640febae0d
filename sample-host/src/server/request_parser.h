// Reads HTTP/1.0 and 1.1 requests from bytes as they come in. Strict: what two readers could understand in two ways is
// refused, so that a proxy in front never sees another request than we do. Knows neither sockets nor time.
#ifndef PARLEY_SAMPLE_HOST_SERVER_REQUEST_PARSER_H
#define PARLEY_SAMPLE_HOST_SERVER_REQUEST_PARSER_H

#include <cstddef>
#include <string>
#include <string_view>

#include "sample-host/src/server/http_limits.h"
#include "sample-host/src/web/http.h"

namespace host {

// For one request; a connection makes a new one for the next. Not thread-safe.
class RequestParser {
public:
  explicit RequestParser(const HttpLimits &limits) : limits_(limits) {}

  // Takes as many bytes as belong to the request, and answers their number; what is behind is the next one's.
  std::size_t feed(std::string_view bytes);

  bool has_begun() const { return has_begun_; }
  bool has_head() const { return part_ > Part::headers; }
  bool is_complete() const { return part_ == Part::complete; }
  // Not 0: the status of the refusal, and why. The connection cannot be read on.
  int refused() const { return refused_; }
  const std::string &reason() const { return reason_; }
  // The client waits for "100 Continue" before it sends the body.
  bool expects_continue() const { return expects_continue_; }
  // The client leaves the connection open for more.
  bool keeps_alive() const { return keeps_alive_; }
  // Valid once it is complete; `id` is not set.
  Request take() { return std::move(request_); }

private:
  enum class Part { request_line, headers, body, chunk_size, chunk, chunk_end, trailers, complete };

  std::size_t feed_line(std::string_view bytes);
  std::size_t feed_body(std::string_view bytes);
  void read_line(std::string_view line);
  void read_request_line(std::string_view line);
  void read_target(std::string_view target);
  void read_header(std::string_view line);
  void read_chunk_size(std::string_view line);
  void end_head();
  void read_host();
  void read_length();
  void read_connection();
  // All lines of a header.
  std::size_t count(std::string_view name) const;
  void refuse(int status, std::string reason);

  const HttpLimits &limits_;
  Request request_;
  Part part_ = Part::request_line;
  std::string line_;           // that has not ended yet
  std::string authority_;      // of an absolute target
  std::int64_t head_size_ = 0; // bytes of head or trailers so far
  std::int64_t header_count_ = 0;
  std::int64_t left_ = 0; // bytes of the body, or of the chunk
  bool is_http_1_0_ = false;
  bool has_begun_ = false;
  bool expects_continue_ = false;
  bool keeps_alive_ = true;
  int refused_ = 0;
  std::string reason_;
};

} // namespace host

#endif
