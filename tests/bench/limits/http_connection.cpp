#include "tests/bench/limits/http_connection.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace parley::bench {
namespace {

/// The server closes what rests for longer than two.
constexpr std::chrono::milliseconds kRest{500};
/// An answer that does not come.
constexpr timeval kPatience{10, 0};

constexpr std::string_view kLength = "\r\nContent-Length: ";

} // namespace

void HttpConnection::open() {
  socket_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port_));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int yes = 1;
  setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
  if (connect(socket_, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
    throw std::runtime_error("HTTP: nobody listens");
  }
}

void HttpConnection::close() {
  if (socket_ >= 0) {
    ::close(socket_);
    socket_ = -1;
  }
}

void HttpConnection::send(const std::string &request) const {
  if (::send(socket_, request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size())) {
    throw std::runtime_error("HTTP: the server takes no request");
  }
}

void HttpConnection::receive() {
  std::array<char, 16'384> piece{};
  const ssize_t got = recv(socket_, piece.data(), piece.size(), 0);
  if (got <= 0) {
    throw std::runtime_error("HTTP: the server gives no answer");
  }
  answer_.append(piece.data(), static_cast<std::size_t>(got));
}

const std::string &HttpConnection::ask(const std::string &request, int status) {
  const auto now = std::chrono::steady_clock::now();
  if (socket_ < 0 || now - used_ > kRest) {
    close();
    open();
  }
  send(request);
  answer_.clear();
  std::size_t head = std::string::npos;
  while ((head = answer_.find("\r\n\r\n")) == std::string::npos) {
    receive();
  }
  const std::size_t length = answer_.find(kLength);
  if (length > head) {
    throw std::runtime_error("HTTP: the answer does not say how long it is");
  }
  const std::size_t body = head + 4;
  const std::size_t size = std::stoul(answer_.substr(length + kLength.size(), 20));
  while (answer_.size() < body + size) {
    receive();
  }
  if (answer_.compare(9, 3, std::to_string(status)) != 0) {
    throw std::runtime_error("HTTP: the server answered " + answer_.substr(0, 1000));
  }
  used_ = std::chrono::steady_clock::now();
  return answer_.erase(0, body);
}

} // namespace parley::bench
