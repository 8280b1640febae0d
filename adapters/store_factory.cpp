#include "adapters/store_factory.hpp"

#include "adapters/connection/connection_string.hpp"
#include "adapters/connection/table_prefix.hpp"
#include "adapters/mariadb/mariadb_stores.hpp"
#include "adapters/postgresql/postgresql_stores.hpp"
#include "adapters/sqlite/sqlite_stores.hpp"

namespace parley::adapters {

domain::Result<Stores> open(const std::string &connection, const StoreOptions &options) {
  try {
    check_table_prefix(options.table_prefix);
    const ConnectionTarget target = parse_connection(connection);
    switch (target.database) {
    case Database::sqlite:
      return open_sqlite_stores(target.location, options);
    case Database::postgresql:
      return open_postgresql_stores(target.server, options);
    case Database::mariadb:
      break;
    }
    return open_mariadb_stores(target.server, options);
  } catch (const InvalidConnection &error) {
    return domain::failure(domain::Code::malformed, "connection-string", error.what());
  }
}

} // namespace parley::adapters
