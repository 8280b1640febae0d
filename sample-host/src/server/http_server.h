// The HTTP server. One thread holds all connections, by Boost.Asio: it reads requests, has them answered by workers, and
// sees to it that everybody keeps the time. So a slow client costs a descriptor and some memory, but no thread.
#ifndef PARLEY_SAMPLE_HOST_SERVER_HTTP_SERVER_H
#define PARLEY_SAMPLE_HOST_SERVER_HTTP_SERVER_H

#include <cstdint>
#include <functional>
#include <memory>

#include "sample-host/src/server/http_limits.h"
#include "sample-host/src/web/http.h"

namespace host {

// Called by many threads at once; must not throw.
using Handler = std::function<Response(const Request &)>;

// What is said of a request that was not read whole. `path` is empty where not even that was read. As the handler otherwise.
using Refusal = std::function<Response(const std::string &path, int status, const std::string &reason)>;

class HttpServer {
public:
  // Listens on 127.0.0.1; port 0 takes any that is free. Throws std::runtime_error where the port is taken.
  HttpServer(std::uint16_t port, Handler handler, Refusal refusal, const HttpLimits &limits);
  // Stops, where stop() was not called.
  ~HttpServer();
  HttpServer(const HttpServer &) = delete;
  HttpServer &operator=(const HttpServer &) = delete;

  std::uint16_t port() const;
  void start();
  // Takes no more connections, lets running requests end, closes idle connections.
  void stop();

private:
  class Parts;
  std::unique_ptr<Parts> parts_;
};

} // namespace host

#endif
