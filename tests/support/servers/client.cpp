#include "tests/support/servers/client.hpp"

#include "tests/support/servers/server_kind.hpp"

namespace parley::tests {

Client::Client(const std::string &connection)
    : Client(kind_of(connection.compare(0, 7, "mariadb") == 0 ? ServerKind::mariadb : ServerKind::postgresql)
                 .connect(connection)) {}
Client::Client(std::unique_ptr<Link> link) : link_(std::move(link)) {}
Client::~Client() = default;
Client::Client(Client &&) noexcept = default;
Client &Client::operator=(Client &&) noexcept = default;

std::vector<std::string> Client::run(const std::string &sql) {
  return link_->run(sql);
}

} // namespace parley::tests
