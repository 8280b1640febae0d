#pragma once

#include <chrono>
#include <string>

namespace soci {
class session;
class statement;
} // namespace soci

namespace parley::adapters {

/// What each database's client library does in its own way. For this folder's sources only. Functions throw soci_error
/// or DatabaseError.
class Driver {
public:
  virtual ~Driver() = default;

  /// Connects and sets up the connection.
  virtual void open(soci::session &connection) = 0;
  /// Runs a text as it stands, without looking for parameters in it; rows are thrown away.
  virtual void run(soci::session &connection, const std::string &sql) = 0;
  /// How long the server may work at a statement from now on. Outside of transactions.
  virtual void limit(soci::session &connection, std::chrono::milliseconds time) = 0;
  /// The client library knows that the connection is gone.
  [[nodiscard]] virtual bool lost(soci::session &connection) const = 0;
  /// The server has closed the connection while nobody used it.
  [[nodiscard]] bool closed(soci::session &connection) const;
  /// The connection's socket, -1 where it has none.
  [[nodiscard]] virtual int socket(soci::session &connection) const = 0;
  /// The connection goes with its statements: none of them is to tell the server about it.
  virtual void forget(soci::statement &statement) const = 0;
  /// Whether rights hold for a connection as they were when it began: what is granted later is for later ones.
  [[nodiscard]] virtual bool keeps_rights() const { return false; }
  /// Whether an error leaves a transaction in which nothing can be done but roll it back.
  [[nodiscard]] virtual bool errors_end_transactions() const = 0;
};

} // namespace parley::adapters
