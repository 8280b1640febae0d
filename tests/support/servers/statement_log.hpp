#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "tests/support/servers/test_server.hpp"

namespace parley::tests {

/// What a client asked its server in one round trip.
struct RoundTrip {
  enum class Kind {
    query,   ///< a statement that was sent as text: each on MariaDB as SOCI does it; "begin" and "commit"
    prepare, ///< PostgreSQL: a statement was prepared
    execute, ///< a prepared statement was run
    other,   ///< the client's own: "Ping", "Init DB"
  };
  std::string session; ///< whose, as the server counts its connections
  Kind kind = Kind::query;
  std::string text;
};

/// What the sessions of one database ask their server while this lives, as the server's own log tells it. Sessions that were
/// open before are not in it, connecting itself neither. One at a time for a server; slow.
class StatementLog {
public:
  /// A connection string of one of its fresh databases.
  StatementLog(TestServer &server, const std::string &connection);
  ~StatementLog();
  StatementLog(const StatementLog &) = delete;
  StatementLog &operator=(const StatementLog &) = delete;

  /// Since the last time, or the beginning. Whatever was answered is in it.
  std::vector<RoundTrip> take();

private:
  std::string new_text();
  std::vector<RoundTrip> of_postgresql(const std::string &text) const;
  std::vector<RoundTrip> of_mariadb(const std::string &text);

  TestServer &server_;
  std::string database_;
  std::string file_;
  std::size_t read_ = 0;
  std::map<std::string, bool> ours_; ///< MariaDB: sessions that connected meanwhile; true: to this database
};

} // namespace parley::tests
