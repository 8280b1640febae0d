#pragma once

#include <memory>

#include "adapters/sql/database.hpp"
#include "adapters/store_factory.hpp"

namespace parley::adapters::sql {

/// The stores on a database, which they keep.
Stores stores_on(const std::shared_ptr<Database> &database);

} // namespace parley::adapters::sql
