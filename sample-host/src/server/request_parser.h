// Reads HTTP/1.0 and 1.1 requests from bytes as they come in, by Boost.Beast's parser. Stricter than that: what two readers
// could understand in two ways is refused, so that a proxy in front never sees another request than we do. Knows neither
// sockets nor time.
#ifndef PARLEY_SAMPLE_HOST_SERVER_REQUEST_PARSER_H
#define PARLEY_SAMPLE_HOST_SERVER_REQUEST_PARSER_H

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "sample-host/src/server/http_limits.h"
#include "sample-host/src/web/http.h"

namespace host {

// For one request; a connection makes a new one for the next. Not thread-safe.
class RequestParser {
public:
  explicit RequestParser(const HttpLimits &limits);
  ~RequestParser();
  RequestParser(const RequestParser &) = delete;
  RequestParser &operator=(const RequestParser &) = delete;

  // Gets all bytes that have come and were not taken yet, and answers how many it takes. The others it wants to see again,
  // with more behind them; once the request is complete, they are the next one's.
  std::size_t feed(std::string_view bytes);

  bool has_head() const;
  bool is_complete() const;
  // Not 0: the status of the refusal, and why. The connection cannot be read on.
  int refused() const { return refused_; }
  const std::string &reason() const { return reason_; }
  // Of the target; empty as long as that was not read.
  std::string path() const;
  // The client waits for "100 Continue" before it sends the body.
  bool expects_continue() const { return expects_continue_; }
  // It is a HEAD request, as far as it has come: no answer to it has a body.
  bool asks_for_head() const { return asks_for_head_; }
  // The client leaves the connection open for more.
  bool keeps_alive() const { return keeps_alive_; }
  // The client is one of HTTP/1.0. Valid once the head is there.
  bool is_http_1_0() const;
  // Valid once it is complete; `id` is not set.
  Request take();

private:
  class Beast;

  std::size_t feed_head(std::string_view bytes);
  std::size_t feed_body(std::string_view bytes);
  std::size_t put(std::string_view bytes);
  void check_lines(std::string_view text);
  void check_chunk(std::string_view text, bool is_first);
  void check_target();
  void check_host();
  void check_length();
  void check_expectation();
  void refuse(int status, std::string reason);

  const HttpLimits &limits_;
  const std::unique_ptr<Beast> beast_;
  std::string authority_; // of an absolute target
  bool asks_for_head_ = false;
  bool expects_continue_ = false;
  bool keeps_alive_ = true;
  int refused_ = 0;
  std::string reason_;
};

} // namespace host

#endif
