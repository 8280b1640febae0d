#pragma once

#include "adapters/mariadb/mariadb_dialect.hpp"
#include "adapters/server/server_database.hpp"

namespace parley::adapters {

/// A MariaDB database. Safe to use from any thread.
class MariadbDatabase : public ServerDatabase {
public:
  using ServerDatabase::ServerDatabase;

  [[nodiscard]] const sql::Dialect &dialect() const override { return dialect_; }

protected:
  std::optional<store::Appended> do_append_at_once(const store::AppendMessage &command) override;
  void do_publish() override;

  [[nodiscard]] std::string_view begin_reading() const override;
  [[nodiscard]] std::string_view begin_writing() const override;

private:
  MariadbDialect dialect_;
};

} // namespace parley::adapters
