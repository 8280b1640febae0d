#include <soci/soci.h>

#include <soci/mysql/soci-mysql.h>

#include <mariadb/ma_pvio.h>

#include <algorithm>
#include <atomic>

#include "adapters/connection/driver.hpp"
#include "adapters/connection/errors.hpp"
#include "adapters/connection/server.hpp"

namespace parley::adapters {
namespace {

using std::chrono::milliseconds;

constexpr auto kIdleTransactionSeconds = 60;
/// Of the client library: "as long as it takes" is not offered.
constexpr auto kADay = milliseconds(24 * 60 * 60 * 1000);

/// Null where it is not connected.
MYSQL *native(soci::session &connection) {
  auto *backend = static_cast<soci::mysql_session_backend *>(connection.get_backend());
  return backend == nullptr ? nullptr : backend->conn_;
}

/// The client library counts in whole seconds.
std::string seconds_of(milliseconds time) {
  return std::to_string(std::max<std::int64_t>(1, (time.count() + 999) / 1000));
}

/// With three decimals, whatever the locale.
std::string seconds_text(milliseconds time) {
  const std::string thousandths = std::to_string(time.count() % 1000);
  return std::to_string(time.count() / 1000) + "." + std::string(3 - thousandths.size(), '0') + thousandths;
}

void add(std::string &text, const std::string &name, const std::string &value) {
  text += (text.empty() ? "" : " ") + name + "='";
  for (const char c : value) {
    if (c == '\'' || c == '\\') {
      text += '\\';
    }
    text += c;
  }
  text += '\'';
}

class MariadbDriver : public Driver {
public:
  MariadbDriver(ServerTarget target, ServerOptions options)
      : target_(std::move(target)), options_(std::move(options)) {}

  void open(soci::session &connection) override {
    if (!target_.socket.empty()) {
      return open(connection, nullptr);
    }
    // The one that was connected last comes first: in a cluster all sessions then stay at one node, which lets
    // transactions that touch the same rows wait for each other instead of failing when they commit.
    for (std::size_t tried = 0;; ++tried) {
      const std::size_t at = host_ % target_.hosts.size();
      try {
        return open(connection, &target_.hosts[at]);
      } catch (const DatabaseError &) {
        host_ = at + 1;
        if (tried + 1 >= target_.hosts.size()) {
          throw;
        }
      }
    }
  }

  void run(soci::session &connection, const std::string &sql) override {
    MYSQL *server = native(connection);
    if (mysql_real_query(server, sql.data(), static_cast<unsigned long>(sql.size())) != 0) {
      throw soci::mysql_soci_error(mysql_error(server), static_cast<int>(mysql_errno(server)));
    }
    if (MYSQL_RES *rows = mysql_store_result(server)) {
      mysql_free_result(rows);
    }
  }

  void limit(soci::session &connection, milliseconds time) override {
    run(connection, "set max_statement_time = " + seconds_text(time));
  }

  [[nodiscard]] bool lost(soci::session &connection) const override {
    MYSQL *server = native(connection);
    const unsigned code = server == nullptr ? CR_SERVER_LOST : mysql_errno(server);
    return code == CR_SERVER_GONE_ERROR || code == CR_SERVER_LOST || code == CR_COMMANDS_OUT_OF_SYNC;
  }
  [[nodiscard]] int socket(soci::session &connection) const override {
    MYSQL *server = native(connection);
    return server == nullptr ? -1 : static_cast<int>(mysql_get_socket(server));
  }
  void forget(soci::statement & /*statement*/) const override {}    // the server knows of none
  [[nodiscard]] bool keeps_rights() const override { return true; } // those on databases
  [[nodiscard]] bool errors_end_transactions() const override { return false; }

private:
  [[nodiscard]] std::string connect_string(const ServerHost *host) const {
    std::string text;
    if (host == nullptr) {
      add(text, "unix_socket", target_.socket);
    } else {
      // "localhost" would be taken as the Unix socket of this machine, whatever port was named.
      add(text, "host", host->name == "localhost" ? "127.0.0.1" : host->name);
      add(text, "port", std::to_string(host->port));
    }
    add(text, "db", target_.name);
    if (!target_.user.empty()) {
      add(text, "user", target_.user);
    }
    if (!target_.password.empty()) {
      add(text, "password", target_.password);
    }
    add(text, "charset", "utf8mb4");
    add(text, "local_infile", "0"); // left out, SOCI reads a flag that it never set
    add(text, "connect_timeout", seconds_of(options_.patience));
    // Of the handshake: something else may listen there, which never says a word.
    add(text, "read_timeout", seconds_of(options_.patience));
    add(text, "write_timeout", seconds_of(options_.patience));
    for (const auto &[name, value] : target_.options) {
      if (name == "sslrootcert") {
        add(text, "sslca", value);
      } else if (name == "sslcert" || name == "sslkey") {
        add(text, name, value);
      }
    }
    return text;
  }

  void open(soci::session &connection, const ServerHost *host) {
    try {
      connection.open(soci::mysql, connect_string(host));
    } catch (const soci::soci_error &error) {
      throw not_connected(error, "connection to " + name_of_place(host) + " failed: ");
    }
    try {
      set_up(connection);
    } catch (...) {
      connection.close();
      throw;
    }
  }

  /// From now on. The client library's own option counts when it connects, and no more.
  static void set_timeouts(soci::session &connection, milliseconds limit) {
    MARIADB_PVIO *io = native(connection)->net.pvio;
    const int seconds = std::stoi(seconds_of(limit));
    io->methods->set_timeout(io, PVIO_READ_TIMEOUT, seconds);
    io->methods->set_timeout(io, PVIO_WRITE_TIMEOUT, seconds);
  }

  /// As the connection string demands.
  [[nodiscard]] bool encrypted() const {
    const auto demands = [](const auto &option) { return option.first == "sslmode" && option.second != "disable"; };
    return std::any_of(target_.options.begin(), target_.options.end(), demands);
  }

  /// As PostgreSQL's client library says it.
  [[nodiscard]] std::string name_of_place(const ServerHost *host) const {
    const std::string server = host == nullptr ? "socket \"" + target_.socket + "\""
                                               : "\"" + host->name + "\", port " + std::to_string(host->port);
    return "server at " + server + ", database \"" + target_.name + "\"";
  }

  void set_up(soci::session &connection) {
    if (encrypted() && mysql_get_ssl_cipher(native(connection)) == nullptr) {
      throw DatabaseError(ErrorKind::unavailable,
                          "The connection is not encrypted, which sslmode demands: the server has no SSL (TLS).");
    }
    std::string settings =
        // What a server may have set otherwise for everybody: a statement alone is a transaction, and gives all its rows.
        "set names utf8mb4 collate utf8mb4_nopad_bin, autocommit = 1, completion_type = 'NO_CHAIN', lc_messages = "
        "'en_US', "
        "sql_select_limit = 18446744073709551615, group_concat_max_len = 4294967295, sql_mode = "
        "'ANSI_QUOTES,PIPES_AS_CONCAT,STRICT_ALL_TABLES,"
        "NO_ENGINE_SUBSTITUTION,ERROR_FOR_DIVISION_BY_ZERO', time_zone = '+00:00', tx_isolation = 'READ-COMMITTED', "
        "innodb_lock_wait_timeout = " +
        seconds_of(options_.patience) + ", idle_transaction_timeout = " + std::to_string(kIdleTransactionSeconds);
    if (options_.statement_limit.count() > 0) {
      settings +=
          ", max_statement_time = " + std::to_string(static_cast<double>(options_.statement_limit.count()) / 1000);
    }
    run(connection, settings);
    check_ready(connection);
    set_timeouts(connection, options_.statement_limit.count() > 0 ? options_.statement_limit : kADay);
  }

  /// A node of a cluster that has lost the others answers, and refuses statements.
  static void check_ready(soci::session &connection) {
    if (shown(connection, "show variables like 'wsrep_on'") == "ON" &&
        shown(connection, "show status like 'wsrep_ready'") != "ON") {
      throw DatabaseError(ErrorKind::unavailable, "The node of the cluster is not ready.");
    }
  }

  /// The value of what a show statement has found; empty where there is none.
  static std::string shown(soci::session &connection, const std::string &sql) {
    std::string name;
    std::string value;
    soci::indicator present = soci::i_ok;
    connection << sql, soci::into(name), soci::into(value, present);
    return value;
  }

  ServerTarget target_;
  ServerOptions options_;
  std::size_t host_ = 0;
};

} // namespace

std::unique_ptr<Session> open_mariadb(const ServerTarget &target, const ServerOptions &options) {
  return std::make_unique<Session>(std::make_unique<MariadbDriver>(target, options), options.table_prefix,
                                   Limits{options.statement_limit, options.watchdog});
}

std::unique_ptr<Session> open_server(const ServerTarget &target, const ServerOptions &options) {
  return target.database == Database::mariadb ? open_mariadb(target, options) : open_postgresql(target, options);
}

} // namespace parley::adapters
