#include "sample-host/src/server/http_server.h"

#include <stdexcept>
#include <thread>

#include <Poco/Exception.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/SocketAddress.h>

#include "sample-host/src/server/reactor.h"

namespace host {
namespace {

// Not shared with another process: Poco would allow that by itself.
Poco::Net::ServerSocket listen_on(std::uint16_t port) {
  Poco::Net::ServerSocket socket;
  socket.bind(Poco::Net::SocketAddress("127.0.0.1", port), true, false);
  socket.listen(512);
  socket.setBlocking(false);
  return socket;
}

} // namespace

class HttpServer::Parts {
public:
  Parts(std::uint16_t port, Handler handler, const HttpLimits &limits)
      : socket(listen_on(port)), reactor(socket.impl()->sockfd(), std::move(handler), limits) {}

  Poco::Net::ServerSocket socket;
  Reactor reactor;
  std::thread thread;
};

HttpServer::HttpServer(std::uint16_t port, Handler handler, const HttpLimits &limits) {
  try {
    parts_ = std::make_unique<Parts>(port, std::move(handler), limits);
  } catch (const Poco::Exception &error) {
    throw std::runtime_error("cannot listen on 127.0.0.1:" + std::to_string(port) + ": " + error.displayText());
  }
}

HttpServer::~HttpServer() {
  stop();
}

std::uint16_t HttpServer::port() const {
  return parts_->socket.address().port();
}

void HttpServer::start() {
  parts_->thread = std::thread([this] { parts_->reactor.run(); });
}

void HttpServer::stop() {
  if (parts_->thread.joinable()) {
    parts_->reactor.stop();
    parts_->thread.join();
  }
}

} // namespace host
