#include "adapters/mariadb/mariadb_stores.hpp"

#include "adapters/mariadb/mariadb_database.hpp"
#include "adapters/sql/schema_check.hpp"
#include "adapters/sql/stores.hpp"

namespace parley::adapters {
namespace {

using domain::Done;

constexpr auto kHasTable =
    "select count(*) from information_schema.tables where table_schema = database() and table_name = :name";

Done check_schema(Session &session) {
  return sql::check_schema(session, kHasTable);
}

} // namespace

domain::Result<Stores> open_mariadb_stores(const ServerTarget &target, const StoreOptions &options) {
  const auto database = std::make_shared<MariadbDatabase>(target, options);
  const Done fits = database->read<domain::Nothing>(check_schema, sql::Moment::statement);
  if (!fits) {
    return fits.failure();
  }
  return sql::stores_on(database);
}

} // namespace parley::adapters
