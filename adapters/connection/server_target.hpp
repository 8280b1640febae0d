#pragma once

#include <string>

#include "adapters/connection/connection_string.hpp"

namespace parley::adapters {

/// Reads what follows "<scheme>://". Throws InvalidConnection, whose message holds nothing of user and password.
ServerTarget parse_server(Database database, const std::string &text);

} // namespace parley::adapters
