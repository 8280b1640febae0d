#pragma once

#include <string>
#include <vector>

#include "adapters/connection/session.hpp"

namespace parley::migrations {

/// How the tables that `expected` has are different in `real`, one sentence each. Tables of others in `real` are not
/// looked at, but their triggers and indexes on our tables are.
std::vector<std::string> schema_differences(adapters::Session &expected, adapters::Session &real);

} // namespace parley::migrations
