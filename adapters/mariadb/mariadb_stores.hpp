#pragma once

#include "adapters/connection/connection_string.hpp"
#include "adapters/store_factory.hpp"

namespace parley::adapters {

/// Connects to a MariaDB database whose schema fits this build; else schema, or unavailable.
domain::Result<Stores> open_mariadb_stores(const ServerTarget &target, const StoreOptions &options);

} // namespace parley::adapters
