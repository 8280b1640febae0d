#pragma once

#include "adapters/connection/connection_string.hpp"
#include "adapters/store_factory.hpp"

namespace parley::adapters {

/// The stores on a PostgreSQL database whose schema is current; see open() in store_factory.hpp.
domain::Result<Stores> open_postgresql_stores(const ServerTarget &target, const StoreOptions &options);

} // namespace parley::adapters
