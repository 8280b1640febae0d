#include "tests/support/servers/test_server.hpp"

#include <unistd.h>

#include <mutex>
#include <optional>
#include <stdexcept>

#include "tests/support/servers/data_directory.hpp"
#include "tests/support/servers/instance.hpp"
#include "tests/support/waiting.hpp"

namespace parley::tests {

struct TestServer::Parts {
  Parts(ServerKind of, ServerOptions options)
      : kind(of), instance(kind_of(of), server_folder(kind_of(of)), std::move(options)) {
    make_data_directory(kind_of(kind), instance.folder());
    instance.start();
  }

  [[nodiscard]] std::string connection(const char *role, const char *password, const std::string &database) const {
    return std::string(name_of(kind)) + "://" + role + ":" + password +
           "@127.0.0.1:" + std::to_string(instance.port()) + "/" + database;
  }

  FreshDatabase next() { return named("parley_t" + std::to_string(++number)); }
  [[nodiscard]] FreshDatabase named(const std::string &name) const {
    return {name, connection(kOwner, kOwnerPassword, name), connection(kLeast, kLeastPassword, name)};
  }

  Client &administrator() {
    if (!administrator_) {
      administrator_.emplace(instance.connect());
    }
    return *administrator_;
  }

  ServerKind kind;
  Instance instance;
  std::optional<Client> administrator_; ///< none after the server ended
  std::mutex guard;                     ///< of the administrator and the number
  int number = 0;                       ///< of databases that were made
};

const char *name_of(ServerKind kind) {
  return kind == ServerKind::postgresql ? "postgresql" : "mariadb";
}

TestServer &TestServer::shared(ServerKind kind) {
  if (kind == ServerKind::postgresql) {
    static TestServer server(ServerKind::postgresql);
    return server;
  }
  static TestServer server(ServerKind::mariadb);
  return server;
}

TestServer::TestServer(ServerKind kind, ServerOptions options)
    : parts_(std::make_unique<Parts>(kind, std::move(options))) {}

TestServer::~TestServer() = default;

ServerKind TestServer::kind() const {
  return parts_->kind;
}
int TestServer::port() const {
  return parts_->instance.port();
}
pid_t TestServer::process() const {
  return parts_->instance.process();
}
std::string TestServer::folder() const {
  return parts_->instance.folder().string();
}

FreshDatabase TestServer::fresh_database() {
  const std::lock_guard lock(parts_->guard);
  const auto database = parts_->next();
  parts_->administrator().run(kind_of(parts_->kind).create(database.name));
  return database;
}

FreshDatabase TestServer::database_of(const std::string &connection) const {
  return parts_->named(connection.substr(connection.rfind('/') + 1));
}

FreshDatabase TestServer::copy_of(const FreshDatabase &database) {
  wait_until_nobody_is_connected(database);
  const std::lock_guard lock(parts_->guard);
  const auto made = parts_->next();
  kind_of(parts_->kind).copy(parts_->administrator(), parts_->instance.folder(), database.name, made.name);
  return made;
}

void TestServer::drop(const FreshDatabase &database) {
  const std::lock_guard lock(parts_->guard);
  parts_->administrator().run(kind_of(parts_->kind).drop(database.name));
}

void TestServer::wait_until_nobody_is_connected(const FreshDatabase &database) {
  const std::string sessions = kind_of(parts_->kind).sessions(database.name);
  if (!comes_true([&] { return administer(sessions).front() == "0"; })) {
    throw std::runtime_error("sessions of " + database.name + " do not end");
  }
}

std::vector<std::string> TestServer::administer(const std::string &sql, const std::string &database) {
  const std::lock_guard lock(parts_->guard);
  return database.empty() ? parts_->administrator().run(sql) : parts_->instance.connect(database).run(sql);
}

void TestServer::stop() {
  const std::lock_guard lock(parts_->guard);
  parts_->administrator_.reset();
  parts_->instance.stop();
}
void TestServer::start() {
  const std::lock_guard lock(parts_->guard);
  parts_->instance.start();
}
void TestServer::kill() {
  const std::lock_guard lock(parts_->guard);
  parts_->administrator_.reset();
  parts_->instance.kill();
}
void TestServer::suspend() {
  parts_->instance.suspend();
}
void TestServer::resume() {
  parts_->instance.resume();
}

std::string TestServer::last_words() const {
  return parts_->instance.last_words();
}

} // namespace parley::tests
