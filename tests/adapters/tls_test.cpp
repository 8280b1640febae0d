// Encrypted connections: a server with a certificate of the test's own authority, and one without.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <unistd.h>

#include "tests/adapters/support/plain_database.hpp"

namespace parley::tests {
namespace {

using namespace adapters;
using std::chrono::seconds;
using ::testing::HasSubstr;

/// Certificates for 127.0.0.1, which the server's own user may read.
class Certificates {
public:
  explicit Certificates(ServerKind kind)
      : folder_(std::string(std::getenv("PARLEY_TEST_DIR")) + "/tls-" + name_of(kind)) {
    std::filesystem::create_directories(folder_);
    authority("ca");
    authority("other");
    run("openssl req -newkey rsa:2048 -nodes -subj /CN=127.0.0.1 -keyout server.key -out server.csr");
    run("printf 'subjectAltName=IP:127.0.0.1' >server.ext");
    run("openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile server.ext -out "
        "server.crt");
    run("chmod 600 server.key");
    if (::geteuid() == 0) {
      run(std::string("chown ") + (kind == ServerKind::postgresql ? "postgres" : "mysql") + " server.key");
    }
  }
  [[nodiscard]] std::string file(const std::string &name) const { return folder_ + "/" + name; }

private:
  void authority(const std::string &name) const {
    run("openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=" + name + " -keyout " + name + ".key -out " +
        name + ".crt");
  }
  void run(const std::string &command) const {
    const std::string whole = "cd '" + folder_ + "' && " + command + " 2>>openssl.log";
    if (std::system(whole.c_str()) != 0) {
      throw std::runtime_error("failed: " + whole);
    }
  }
  std::string folder_;
};

class Tls : public ::testing::TestWithParam<ServerKind> {
protected:
  [[nodiscard]] static bool postgresql() { return GetParam() == ServerKind::postgresql; }
  [[nodiscard]] static adapters::ServerOptions options() { return {"p_", seconds(5)}; }
  static tests::ServerOptions with(const Certificates &own) {
    tests::ServerOptions options;
    if (postgresql()) {
      options.settings = {"ssl=on", "ssl_cert_file=" + own.file("server.crt"),
                          "ssl_key_file=" + own.file("server.key")};
    } else {
      options.settings = {"ssl-ca=" + own.file("ca.crt"), "ssl-cert=" + own.file("server.crt"),
                          "ssl-key=" + own.file("server.key")};
    }
    return options;
  }
  /// Empty: it connected, encrypted; else why not.
  static std::string refusal(const FreshDatabase &data, const std::string &how) {
    try {
      const auto session = open_server(target_of(data.owner + "?" + how), options());
      auto rows = session->query(postgresql() ? "select cast(ssl as text) from pg_stat_ssl where pid = pg_backend_pid()"
                                              : "select if(variable_value = '', 'false', 'true') from "
                                                "information_schema.session_status where variable_name = 'SSL_CIPHER'",
                                 "t");
      return rows.next() && rows.text() == "true" ? "" : "connected without encryption";
    } catch (const DatabaseError &error) {
      return error.what();
    }
  }
};
INSTANTIATE_TEST_SUITE_P(Servers, Tls, ::testing::Values(ServerKind::postgresql, ServerKind::mariadb),
                         [](const auto &each) { return std::string(name_of(each.param)); });

TEST_P(Tls, IsUsedWhereItIsDemandedAndTheServerIsTheOneThatItShouldBe) {
  const Certificates own(GetParam());
  TestServer server(GetParam(), with(own));
  const FreshDatabase data = server.fresh_database();
  const std::string verify = postgresql() ? "sslmode=verify-full" : "sslmode=verify-ca";
  EXPECT_EQ(refusal(data, postgresql() ? "sslmode=require" : "sslmode=require&sslrootcert=" + own.file("ca.crt")), "");
  EXPECT_EQ(refusal(data, verify + "&sslrootcert=" + own.file("ca.crt")), "");
  EXPECT_THAT(refusal(data, verify + "&sslrootcert=" + own.file("other.crt")), HasSubstr("ertificate"));
}

TEST_P(Tls, WhereTheServerHasNoneAndItIsDemandedNobodyConnects) {
  TestServer &server = TestServer::shared(GetParam());
  const FreshDatabase data = server.fresh_database();
  const std::string authority = "&sslrootcert=" + Certificates(GetParam()).file("ca.crt");
  EXPECT_THAT(refusal(data, "sslmode=require" + (postgresql() ? "" : authority)), HasSubstr("SSL"));
  server.drop(data);
}

} // namespace
} // namespace parley::tests
