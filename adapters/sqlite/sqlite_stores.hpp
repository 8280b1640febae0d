#pragma once

#include <string>

#include "adapters/store_factory.hpp"

namespace parley::adapters {

/// The stores on a SQLite file whose schema is current; see open() in store_factory.hpp.
domain::Result<Stores> open_sqlite_stores(const std::string &path, const StoreOptions &options);

} // namespace parley::adapters
