#pragma once

#include <chrono>
#include <string>

namespace parley::bench {

/// A connection to an HTTP/1.1 server on 127.0.0.1 that stays open from request to request; opened again where it has
/// rested. One thread at a time. Throws std::runtime_error.
class HttpConnection {
public:
  explicit HttpConnection(int port) : port_(port) {}
  ~HttpConnection() { close(); }
  HttpConnection(const HttpConnection &) = delete;
  HttpConnection &operator=(const HttpConnection &) = delete;

  /// Sends a request, which has to be whole, and reads the answer, which has to tell its length. The body, until the next
  /// call; throws where the status is another one.
  const std::string &ask(const std::string &request, int status);

private:
  void open();
  void close();
  void send(const std::string &request) const;
  /// Reads more of the answer.
  void receive();

  int port_;
  int socket_ = -1;
  std::chrono::steady_clock::time_point used_;
  std::string answer_;
};

} // namespace parley::bench
