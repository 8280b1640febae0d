#include <libpq-fe.h>
#include <signal.h>

#include <cstdlib>
#include <stdexcept>

#include "tests/support/servers/documented_rights.hpp"
#include "tests/support/servers/server_kind.hpp"

namespace parley::tests {
namespace {

constexpr auto kAdministrator = "postgres";
constexpr auto kPassword = "admin-secret";
constexpr auto kTemplate = "parley_template";

class PostgresqlLink : public Client::Link {
public:
  explicit PostgresqlLink(const std::string &connection) : connection_(PQconnectdb(connection.c_str())) {
    if (PQstatus(connection_) != CONNECTION_OK) {
      const std::string why = PQerrorMessage(connection_);
      PQfinish(connection_);
      throw std::runtime_error(why);
    }
    // Notices ("drop ... if exists: is not there") are not for the test's output.
    PQsetNoticeProcessor(
        connection_, [](void *, const char *) {}, nullptr);
  }
  ~PostgresqlLink() override { PQfinish(connection_); }

  std::vector<std::string> run(const std::string &sql) override {
    PGresult *result = PQexec(connection_, sql.c_str());
    const auto status = PQresultStatus(result);
    std::vector<std::string> values;
    if (status == PGRES_TUPLES_OK) {
      for (int row = 0; row < PQntuples(result); ++row) {
        values.emplace_back(PQgetvalue(result, row, 0));
      }
    }
    PQclear(result);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
      throw std::runtime_error(std::string(PQerrorMessage(connection_)) + "in: " + sql);
    }
    return values;
  }

private:
  PGconn *connection_;
};

class PostgresqlServer : public KindOfServer {
public:
  [[nodiscard]] std::string name() const override { return "postgresql"; }
  [[nodiscard]] std::string user() const override { return "postgres"; }
  [[nodiscard]] int end_at_once() const override { return SIGQUIT; }

  [[nodiscard]] std::vector<std::vector<std::string>> initialise(const std::filesystem::path &folder) const override {
    // ICU's English order as the default; small segments of log, since each server writes little and is copied often.
    return {{binary("initdb"), "--pgdata=" + (folder / "data").string(), "--username=" + std::string(kAdministrator),
             "--pwfile=" + (folder / "password").string(), "--auth=scram-sha-256", "--encoding=UTF8",
             "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US", "--wal-segsize=1", "--no-sync",
             "--no-instructions"}};
  }
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> files() const override {
    return {{"password", std::string(kPassword) + "\n"}};
  }

  [[nodiscard]] std::vector<std::pair<std::string, std::string>> prepare() const override {
    const std::string owner = kOwner;
    const std::string least = kLeast;
    const auto later = [&owner, &least](const std::string &what) {
      return std::pair<std::string, std::string>(kTemplate, "alter default privileges for role " + owner + " grant " +
                                                                what + " to " + least);
    };
    std::vector<std::pair<std::string, std::string>> statements{
        {"", "create role " + owner + " login password '" + kOwnerPassword + "'"},
        {"", "create role " + least + " login password '" + kLeastPassword + "'"},
        {"", std::string("create database ") + kTemplate + " owner " + owner},
        {kTemplate, "revoke temporary on database " + std::string(kTemplate) + " from public"},
        // Functions are run by those who were named, so that a test sees when a right is missing.
        {kTemplate, "alter default privileges for role " + owner + " revoke execute on functions from public"},
        later("usage on schemas"),
    };
    for (const std::string &rights : documented_postgresql_rights()) {
      statements.push_back(later(rights));
    }
    return statements;
  }

  [[nodiscard]] std::vector<std::string> command(const std::filesystem::path &folder, int port,
                                                 const ServerOptions &options) const override {
    std::vector<std::string> settings{
        "port=" + std::to_string(port),
        "listen_addresses=127.0.0.1",
        "unix_socket_directories=",
        "dynamic_shared_memory_type=mmap", // in the data directory, and gone with it
        "shared_buffers=64MB",
        "max_connections=200",
        "log_line_prefix=%p|%d|",
        "log_timezone=UTC",
        "deadlock_timeout=200ms", // tests that make deadlocks wait for it
    };
    if (!options.durable) {
      settings.insert(settings.end(), {"fsync=off", "full_page_writes=off"});
    }
    settings.insert(settings.end(), options.settings.begin(), options.settings.end());
    std::vector<std::string> words{binary("postgres"), "-D", (folder / "data").string()};
    for (const std::string &setting : settings) {
      words.insert(words.end(), {"-c", setting});
    }
    return words;
  }

  [[nodiscard]] Client administrator(const std::filesystem::path &folder, int port,
                                     const std::string &database) const override {
    Client client(connect("host=127.0.0.1 port=" + std::to_string(port) + " user=" + kAdministrator +
                          " password=" + kPassword + " dbname=" + (database.empty() ? "postgres" : database) +
                          " connect_timeout=10 application_name=test-administrator"));
    // Another test's server may have got the port before ours.
    if (client.run("show data_directory").front() != (folder / "data").string()) {
      throw std::runtime_error("another server has port " + std::to_string(port));
    }
    return client;
  }
  [[nodiscard]] std::unique_ptr<Client::Link> connect(const std::string &connection) const override {
    return std::make_unique<PostgresqlLink>(connection);
  }

  [[nodiscard]] std::string create(const std::string &database) const override { return create(database, kTemplate); }
  void copy(Client &administrator, const std::filesystem::path & /*folder*/, const std::string &from,
            const std::string &to) const override {
    administrator.run(create(to, from));
  }
  [[nodiscard]] std::string drop(const std::string &database) const override {
    return "drop database if exists " + database + " with (force)";
  }
  [[nodiscard]] std::string sessions(const std::string &database) const override {
    return "select count(*) from pg_stat_activity where usename <> 'postgres' and datname = '" + database + "'";
  }

private:
  static std::string create(const std::string &database, const std::string &like) {
    return "create database " + database + " template " + like + " owner " + kOwner;
  }
  static std::string binary(const std::string &name) {
    std::vector<std::string> folders;
    if (const char *chosen = std::getenv("PARLEY_POSTGRESQL_BIN")) {
      folders.emplace_back(chosen);
    }
    folders.emplace_back("/usr/lib/postgresql/15/bin");
    return program(name, folders, "postgresql-15");
  }
};

} // namespace

const KindOfServer &postgresql_server() {
  static const PostgresqlServer server;
  return server;
}

} // namespace parley::tests
