#include "tests/support/servers/client.hpp"

#include "tests/support/servers/server_kind.hpp"

namespace parley::tests {

namespace {

std::unique_ptr<Client::Link> connect(const std::string &connection) {
  const std::string scheme = connection.substr(0, connection.find(':'));
  if (scheme == "sqlite") {
    return connect_sqlite(connection.substr(scheme.size() + 1));
  }
  return kind_of(scheme == "mariadb" ? ServerKind::mariadb : ServerKind::postgresql).connect(connection);
}

} // namespace

Client::Client(const std::string &connection) : Client(connect(connection)) {}
Client::Client(std::unique_ptr<Link> link) : link_(std::move(link)) {}
Client::~Client() = default;
Client::Client(Client &&) noexcept = default;
Client &Client::operator=(Client &&) noexcept = default;

std::vector<std::string> Client::run(const std::string &sql) {
  return link_->run(sql);
}

} // namespace parley::tests
