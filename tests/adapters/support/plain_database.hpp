#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include "adapters/connection/connection_string.hpp"
#include "adapters/connection/server.hpp"
#include "adapters/server/server_database.hpp"
#include "tests/support/servers/test_server.hpp"

namespace parley::tests {

inline adapters::ServerTarget target_of(const std::string &connection) {
  return adapters::parse_connection(connection).server;
}

/// How work is carried out on a server, without the stores: on tables of the test's own.
class PlainDatabase : public adapters::ServerDatabase {
public:
  PlainDatabase(const std::string &connection, const adapters::StoreOptions &options)
      : ServerDatabase(target_of(connection), options), postgresql_(connection.compare(0, 10, "postgresql") == 0) {}

  [[nodiscard]] const adapters::sql::Dialect &dialect() const override {
    throw std::logic_error("there are no stores here");
  }
  using ServerDatabase::do_alone;

protected:
  [[nodiscard]] std::string_view begin_reading() const override {
    return postgresql_ ? "begin isolation level repeatable read read only" : "start transaction read only";
  }
  [[nodiscard]] std::string_view begin_writing() const override { return postgresql_ ? "begin" : "start transaction"; }

private:
  bool postgresql_;
};

} // namespace parley::tests
