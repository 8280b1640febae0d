#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "adapters/connection/connection_string.hpp"
#include "adapters/connection/session.hpp"

namespace parley::adapters {

struct ServerOptions {
  std::string table_prefix;
  /// How long connecting, and a statement at another transaction's lock, may take. Drivers count connecting in whole
  /// seconds; PostgreSQL's never takes less than two.
  std::chrono::milliseconds patience{5000};
  /// How long a statement may take, its answer included; 0: as long as it takes. The server gives it up then. Against a
  /// server that hangs MariaDB's client looks at its clock as well, in whole seconds; PostgreSQL's does not.
  std::chrono::milliseconds statement_limit{0};
  /// Cuts connections at which a statement takes longer, or null. It outlives the session.
  Watchdog *watchdog = nullptr;
};

/// Connects to PostgreSQL, to the first host of the list that takes writes (target_session_attrs=read-write, unless the
/// connection string says otherwise). UTF-8, UTC, READ COMMITTED, the target's schema as search_path.
/// Throws DatabaseError (unavailable) when none can be connected.
std::unique_ptr<Session> open_postgresql(const ServerTarget &target, const ServerOptions &options);

/// Connects to MariaDB, to the first host of the list that answers and, in a cluster, is ready. utf8mb4, UTC, READ
/// COMMITTED, ANSI quotes, strict. Throws DatabaseError (unavailable) when none can be connected.
std::unique_ptr<Session> open_mariadb(const ServerTarget &target, const ServerOptions &options);

/// One of the two, as the target says.
std::unique_ptr<Session> open_server(const ServerTarget &target, const ServerOptions &options);

} // namespace parley::adapters
