#include <soci/soci.h>

#include <soci/postgresql/soci-postgresql.h>

#include <algorithm>

#include "adapters/connection/driver.hpp"
#include "adapters/connection/errors.hpp"
#include "adapters/connection/server.hpp"

namespace parley::adapters {
namespace {

using std::chrono::seconds;

constexpr auto kIdleTransaction = "60s";
/// A query whose client is gone ends within this time.
constexpr auto kLookForClient = "5s";

/// Null where it is not connected: the client library takes that as a connection that is lost.
PGconn *native(soci::session &connection) {
  auto *backend = static_cast<soci::postgresql_session_backend *>(connection.get_backend());
  return backend == nullptr ? nullptr : backend->conn_;
}

std::string encoded(const std::string &text) {
  static constexpr auto kDigits = "0123456789ABCDEF";
  std::string result;
  for (const char c : text) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    if (plain) {
      result += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      result += {'%', kDigits[byte >> 4U], kDigits[byte & 0xfU]};
    }
  }
  return result;
}

/// What is sent with the connection's first packet: it costs no round trip, and holds from the first statement on.
std::string session_settings(const ServerTarget &target, const ServerOptions &options) {
  const std::string patience = std::to_string(options.patience.count());
  std::string text = "-c timezone=UTC -c standard_conforming_strings=on -c jit=off"
                     // Joins are written in the order in which they are good; most of what is read is in memory.
                     " -c join_collapse_limit=1 -c random_page_cost=1.1"
                     " -c default_transaction_isolation=read\\ committed"
                     " -c lock_timeout=" +
                     patience + " -c idle_in_transaction_session_timeout=" + kIdleTransaction +
                     " -c client_connection_check_interval=" + kLookForClient;
  if (options.statement_limit.count() > 0) {
    text += " -c statement_timeout=" + std::to_string(options.statement_limit.count());
  }
  if (!target.schema.empty()) {
    text += " -c search_path=" + target.schema;
  }
  return text;
}

/// As an address: SOCI takes the other form apart at its blanks, quoted or not.
std::string connect_string(const ServerTarget &target, const ServerOptions &options) {
  std::string text = "postgresql://" + encoded(target.user);
  if (!target.password.empty()) {
    text += ":" + encoded(target.password);
  }
  text += target.user.empty() && target.password.empty() ? "" : "@";
  for (const ServerHost &host : target.hosts) {
    const bool ip6 = host.name.find(':') != std::string::npos;
    text += (&host == &target.hosts.front() ? "" : ",") + (ip6 ? "[" + host.name + "]" : encoded(host.name)) + ":" +
            std::to_string(host.port);
  }
  text += "/" + encoded(target.name) + "?client_encoding=UTF8&application_name=parley";
  const auto add = [&text](const std::string &name, const std::string &value) {
    text += "&" + name + "=" + encoded(value);
  };
  if (!target.socket.empty()) {
    add("host", target.socket);
  }
  const auto waiting = std::max<std::int64_t>(2, std::chrono::duration_cast<seconds>(options.patience).count());
  add("connect_timeout", std::to_string(waiting));
  add("tcp_user_timeout", std::to_string(std::max(options.patience, options.statement_limit).count()));
  add("options", session_settings(target, options));
  const auto given = [](const auto &option) { return option.first == "target_session_attrs"; };
  if (std::none_of(target.options.begin(), target.options.end(), given)) {
    add("target_session_attrs", "read-write");
  }
  for (const auto &[name, value] : target.options) {
    add(name, value);
  }
  return text;
}

class PostgresqlDriver : public Driver {
public:
  PostgresqlDriver(const ServerTarget &target, const ServerOptions &options)
      : connect_string_(connect_string(target, options)) {}

  void open(soci::session &connection) override {
    try {
      connection.open(soci::postgresql, connect_string_);
    } catch (const soci::soci_error &error) {
      throw not_connected(error);
    }
    const char *encoding = PQparameterStatus(native(connection), "server_encoding"); // known without asking
    if (encoding == nullptr || std::string_view(encoding) != "UTF8") {
      throw DatabaseError(ErrorKind::unavailable,
                          "The encoding of the database is " + std::string(encoding == nullptr ? "unknown" : encoding) +
                              "; it has to be UTF8, which is chosen when a database is created.");
    }
    // Details of errors hold values of rows.
    PQsetErrorVerbosity(native(connection), PQERRORS_TERSE);
    PQsetNoticeProcessor(
        native(connection), [](void * /*unused*/, const char * /*message*/) {}, nullptr);
  }

  void run(soci::session &connection, const std::string &sql) override {
    PGconn *server = native(connection);
    const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(server, sql.c_str()), &PQclear);
    const auto status = PQresultStatus(result.get());
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY) {
      return;
    }
    const char *state = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
    const char *unknown = PQstatus(server) == CONNECTION_OK ? "XX000" : "08000";
    throw soci::postgresql_soci_error(PQerrorMessage(server), state == nullptr ? unknown : state);
  }

  void limit(soci::session &connection, std::chrono::milliseconds time) override {
    run(connection, "set statement_timeout = " + std::to_string(time.count()));
  }

  [[nodiscard]] bool lost(soci::session &connection) const override {
    return PQstatus(native(connection)) != CONNECTION_OK;
  }
  [[nodiscard]] int socket(soci::session &connection) const override { return PQsocket(native(connection)); }
  void forget(soci::statement &statement) const override {
    // Else its destructor asks the server to deallocate it, one round trip each.
    static_cast<soci::postgresql_statement_backend *>(statement.get_backend())->statementName_.clear();
  }
  [[nodiscard]] bool errors_end_transactions() const override { return true; }

private:
  std::string connect_string_;
};

} // namespace

std::unique_ptr<Session> open_postgresql(const ServerTarget &target, const ServerOptions &options) {
  return std::make_unique<Session>(std::make_unique<PostgresqlDriver>(target, options), options.table_prefix,
                                   Limits{options.statement_limit, options.watchdog});
}

} // namespace parley::adapters
