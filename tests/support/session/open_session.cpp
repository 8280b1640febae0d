#include "tests/support/session/open_session.hpp"

#include "adapters/connection/connection_string.hpp"
#include "adapters/connection/server.hpp"
#include "adapters/connection/sqlite.hpp"

namespace parley::tests {

std::unique_ptr<adapters::Session> open_session(const std::string &connection) {
  const auto target = adapters::parse_connection(connection);
  if (target.database == adapters::Database::sqlite) {
    return adapters::open_sqlite(target.location, {"parley_", std::chrono::seconds(5)});
  }
  adapters::ServerOptions options;
  options.table_prefix = "parley_";
  return adapters::open_server(target.server, options);
}

} // namespace parley::tests
