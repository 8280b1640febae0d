#pragma once

#include <filesystem>

#include "tests/support/servers/server_kind.hpp"

namespace parley::tests {

/// A new temporary folder for a server, its own user's when root runs the test. Short, for the path of a socket.
std::filesystem::path server_folder(const KindOfServer &kind);

/// Makes <folder>/data: a copy of the one that is kept in the build folder, made there by the first who needs it. Safe when
/// several processes do so at once. Throws std::runtime_error with what the commands wrote.
void make_data_directory(const KindOfServer &kind, const std::filesystem::path &folder);

/// The user that a server runs as; empty: who runs the test.
std::string user_of(const KindOfServer &kind);

/// A port of 127.0.0.1 that nothing listens on, outside of the range that the system gives to outgoing connections. Another
/// process may take it before the server does: then take another.
int free_port();

} // namespace parley::tests
