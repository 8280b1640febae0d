#pragma once

#include "tests/adapters/support/test_database.hpp"
#include "tests/support/servers/test_server.hpp"

namespace parley::tests {

/// On the process's server of this kind. The stores work as the role with the least rights, the test looks as the owner.
std::unique_ptr<TestDatabase> server_test_database(ServerKind kind);

} // namespace parley::tests
