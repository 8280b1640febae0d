#include "tests/support/servers/cutting_proxy.hpp"

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <string_view>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>

namespace parley::tests {
namespace {

constexpr int kLookEveryMs = 20;

// With the zero that ends them: the settings of a connection say "read committed".
constexpr std::string_view kPrepared("commit\0", 7);
constexpr std::string_view kDone("COMMIT\0", 7);

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

int check(int result, const char *what) {
  if (result < 0) {
    throw std::system_error(errno, std::generic_category(), what);
  }
  return result;
}

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

bool send_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) {
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

} // namespace

CuttingProxy::CuttingProxy(int server_port) : server_port_(server_port) {
  listener_ = check(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket");
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  auto *plain = reinterpret_cast<sockaddr *>(&address);
  check(::bind(listener_, plain, size), "bind");
  check(::listen(listener_, 64), "listen");
  check(::getsockname(listener_, plain, &size), "getsockname");
  port_ = ntohs(address.sin_port);
  accepting_ = std::thread([this] { accept_all(); });
}

CuttingProxy::~CuttingProxy() {
  over_ = true;
  accepting_.join();
  for (std::thread &each : passing_) {
    each.join();
  }
  ::close(listener_);
}

void CuttingProxy::accept_all() {
  while (!over_) {
    pollfd looked{listener_, POLLIN, 0};
    if (::poll(&looked, 1, kLookEveryMs) > 0) {
      const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (client >= 0) {
        passing_.emplace_back([this, client] { pass_on(client); });
      }
    }
  }
}

void CuttingProxy::pass_on(int client) {
  const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(server_port_);
  bool open = ::connect(server, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0;
  std::array<char, 65536> buffer{};
  bool swallow = false; // the next answer
  while (open && !over_) {
    std::array<pollfd, 2> looked{pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
    if (::poll(looked.data(), looked.size(), kLookEveryMs) <= 0) {
      continue;
    }
    for (const pollfd &side : looked) {
      if (side.revents == 0 || !open) {
        continue;
      }
      const ssize_t size = ::recv(side.fd, buffer.data(), buffer.size(), 0);
      const bool from_client = side.fd == client;
      open = size > 0;
      if (!open) {
        break;
      }
      const std::string_view bytes(buffer.data(), static_cast<std::size_t>(size));
      // MariaDB's client sends the word; PostgreSQL's sends it once a connection, to prepare it, and its server says
      // afterwards in capitals what it did.
      const bool prepares = from_client && bytes.find(kPrepared) != std::string_view::npos;
      const bool asks = prepares || (from_client && ends_with(bytes, "commit"));
      const bool tells = !from_client && bytes.find(kDone) != std::string_view::npos;
      auto wanted = Cut::before_commit;
      if (asks && cut_.compare_exchange_strong(wanted, Cut::never)) {
        ++cuts_;
        open = false;
        break;
      }
      wanted = Cut::after_commit;
      const bool answers = !from_client && swallow;
      if ((answers || tells) && cut_.compare_exchange_strong(wanted, Cut::never)) {
        ++cuts_;
        open = false;
        break;
      }
      swallow = asks && !prepares;
      open = send_all(from_client ? server : client, bytes);
    }
  }
  ::close(server);
  ::close(client);
}

} // namespace parley::tests
