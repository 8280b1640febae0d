#include "adapters/postgresql/postgresql_stores.hpp"

#include <memory>
#include <optional>

#include "adapters/postgresql/explained_error.hpp"
#include "adapters/postgresql/postgresql_dialect.hpp"
#include "adapters/server/server_database.hpp"
#include "adapters/sql/schema_check.hpp"
#include "adapters/sql/stores.hpp"

namespace parley::adapters {
namespace {

using domain::Done;
using domain::Result;

// In the schema that this connection looks into first, and in no other.
constexpr auto kHasTable = "select count(*) from pg_catalog.pg_class where relname = :name and relkind = 'r' and "
                           "relnamespace = to_regnamespace(current_schema())";
constexpr auto kAppend = "select {prefix}append_message(cast(:command as jsonb))";
constexpr auto kPublish = "select {prefix}publish_events()";

class PostgresqlDatabase : public ServerDatabase {
public:
  PostgresqlDatabase(const ServerTarget &target, const StoreOptions &options)
      : ServerDatabase(target, options), schema_(target.schema) {}

  [[nodiscard]] const sql::Dialect &dialect() const override { return dialect_; }

protected:
  [[nodiscard]] std::string_view begin_reading() const override {
    return "begin isolation level repeatable read read only";
  }
  [[nodiscard]] std::string_view begin_writing() const override { return "begin isolation level read committed"; }

  std::optional<store::Appended> do_append_at_once(const store::AppendMessage &command) override {
    return append_by_function(kAppend, command);
  }

  void do_publish() override {
    do_alone(sql::Repeat::keyed, [](Session &session) { session.query(kPublish, "i"); });
  }

  DatabaseError explained(Session &session, const DatabaseError &error) override {
    return explained_error(session, schema_, error);
  }

private:
  const std::string schema_;
  PostgresqlDialect dialect_;
};

Done check_schema(Session &session) {
  return sql::check_schema(session, kHasTable);
}

} // namespace

Result<Stores> open_postgresql_stores(const ServerTarget &target, const StoreOptions &options) {
  try {
    auto database = std::make_shared<PostgresqlDatabase>(target, options);
    const Done fits = database->read<domain::Nothing>(check_schema);
    if (!fits) {
      return fits.failure();
    }
    return sql::stores_on(database);
  } catch (const DatabaseError &error) {
    return sql::failure_of(error);
  }
}

} // namespace parley::adapters
