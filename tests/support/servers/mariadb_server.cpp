#include <mysql.h>
#include <signal.h>

#include <cstdlib>
#include <regex>
#include <stdexcept>

#include "tests/support/servers/documented_rights.hpp"
#include "tests/support/servers/server_kind.hpp"

namespace parley::tests {
namespace {

class MariadbLink : public Client::Link {
public:
  struct Target {
    std::string host;
    int port = 0;
    std::string socket; ///< when it is set, the host is not
    std::string user;
    std::string password;
    std::string database;
  };

  explicit MariadbLink(const Target &target) : connection_(mysql_init(nullptr)) {
    const unsigned patience = 10;
    mysql_options(connection_, MYSQL_OPT_CONNECT_TIMEOUT, &patience);
    const auto given = [](const std::string &text) { return text.empty() ? nullptr : text.c_str(); };
    if (mysql_real_connect(connection_, given(target.host), target.user.c_str(), target.password.c_str(),
                           given(target.database), static_cast<unsigned>(target.port), given(target.socket),
                           0) == nullptr) {
      const std::string why = mysql_error(connection_);
      mysql_close(connection_);
      throw std::runtime_error(why);
    }
  }
  ~MariadbLink() override { mysql_close(connection_); }

  std::vector<std::string> run(const std::string &sql) override {
    if (mysql_real_query(connection_, sql.data(), sql.size()) != 0) {
      throw std::runtime_error(std::string(mysql_error(connection_)) + " in: " + sql);
    }
    std::vector<std::string> values;
    if (MYSQL_RES *result = mysql_store_result(connection_)) {
      while (MYSQL_ROW row = mysql_fetch_row(result)) {
        values.emplace_back(row[0] == nullptr ? "" : row[0]);
      }
      mysql_free_result(result);
    }
    return values;
  }

private:
  MYSQL *connection_;
};

class MariadbServer : public KindOfServer {
public:
  [[nodiscard]] std::string name() const override { return "mariadb"; }
  [[nodiscard]] std::string user() const override { return "mysql"; }
  [[nodiscard]] int end_at_once() const override { return SIGKILL; }

  [[nodiscard]] std::vector<std::vector<std::string>> initialise(const std::filesystem::path &folder) const override {
    return {{program("mariadb-install-db", {"/usr/bin"}, "mariadb-server"), "--no-defaults",
             "--datadir=" + (folder / "data").string(), "--auth-root-authentication-method=normal", "--skip-test-db",
             "--skip-name-resolve", kLogSize}};
  }

  [[nodiscard]] std::vector<std::pair<std::string, std::string>> prepare() const override {
    const std::string owner = std::string("'") + kOwner + "'@'%'";
    const std::string least = std::string("'") + kLeast + "'@'%'";
    return {
        {"", "create user " + owner + " identified by '" + kOwnerPassword + "'"},
        {"", "create user " + least + " identified by '" + kLeastPassword + "'"},
        // The databases of tests that are still to be made; "_" would be any character.
        {"", "grant all on `parley\\_t%`.* to " + owner},
        {"", "grant " + documented_mariadb_rights() + " on `parley\\_t%`.* to " + least},
    };
  }

  [[nodiscard]] std::vector<std::string> command(const std::filesystem::path &folder, int port,
                                                 const ServerOptions &options) const override {
    std::vector<std::string> words{
        program("mariadbd", {"/usr/sbin"}, "mariadb-server"),
        "--no-defaults",
        "--datadir=" + (folder / "data").string(),
        "--socket=" + socket(folder),
        "--pid-file=" + (folder / "pid").string(),
        "--tmpdir=" + folder.string(),
        "--bind-address=127.0.0.1",
        "--port=" + std::to_string(port),
        "--skip-name-resolve",
        "--max-connections=200",
        "--innodb-buffer-pool-size=64M",
        kLogSize,
        // As Debian sets it.
        "--character-set-server=utf8mb4",
        "--collation-server=utf8mb4_general_ci",
    };
    if (!options.durable) {
      // Written at commit, but not flushed.
      words.insert(words.end(), {"--innodb-flush-log-at-trx-commit=2", "--innodb-flush-method=nosync",
                                 "--innodb-doublewrite=0", "--sync-frm=0"});
    }
    for (const std::string &setting : options.settings) {
      words.push_back("--" + setting);
    }
    return words;
  }

  [[nodiscard]] Client administrator(const std::filesystem::path &folder, int /*port*/,
                                     const std::string &database) const override {
    return Client(std::make_unique<MariadbLink>(MariadbLink::Target{"", 0, socket(folder), "root", "", database}));
  }
  [[nodiscard]] std::unique_ptr<Client::Link> connect(const std::string &connection) const override {
    static const std::regex form("mariadb://([^:]+):([^@]+)@([^:]+):(\\d+)/(.+)");
    std::smatch found;
    if (!std::regex_match(connection, found, form)) {
      throw std::runtime_error("not the connection string of a test's database: " + connection);
    }
    return std::make_unique<MariadbLink>(
        MariadbLink::Target{found[3], std::stoi(found[4]), "", found[1], found[2], found[5]});
  }

  [[nodiscard]] std::string create(const std::string &database) const override {
    // Not the character set of our tables: whatever does not name its own shows.
    return "create database " + database + " character set latin1";
  }
  void copy(Client &administrator, const std::filesystem::path &folder, const std::string &from,
            const std::string &to) const override {
    administrator.run(create(to));
    const std::string as_root = " --no-defaults --user=root --socket='" + socket(folder) + "' ";
    const std::string errors = (folder / "copy.log").string();
    const std::string command =
        "{ " + program("mariadb-dump", {"/usr/bin"}, "mariadb-client") + as_root + "--routines --triggers " + from +
        " | " + program("mariadb", {"/usr/bin"}, "mariadb-client") + as_root + to + "; } 2>'" + errors + "'";
    if (std::system(command.c_str()) != 0 || std::filesystem::file_size(errors) > 0) {
      throw std::runtime_error("a copy of " + from + " failed: see " + errors);
    }
  }
  [[nodiscard]] std::string drop(const std::string &database) const override {
    return "drop database if exists " + database;
  }
  [[nodiscard]] std::string sessions(const std::string &database) const override {
    return "select count(*) from information_schema.processlist where user <> 'root' and db = '" + database + "'";
  }

private:
  static constexpr const char *kLogSize = "--innodb-log-file-size=16M";

  static std::string socket(const std::filesystem::path &folder) { return (folder / "socket").string(); }
};

} // namespace

const KindOfServer &mariadb_server() {
  static const MariadbServer server;
  return server;
}

} // namespace parley::tests
