#pragma once

#include <memory>
#include <string>

#include "adapters/connection/session.hpp"

namespace parley::tests {

/// A session of any database, with the usual table prefix: to look behind the stores. Throws what the openers throw.
std::unique_ptr<adapters::Session> open_session(const std::string &connection);

} // namespace parley::tests
