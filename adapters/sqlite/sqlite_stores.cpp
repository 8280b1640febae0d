#include "adapters/sqlite/sqlite_stores.hpp"

#include <filesystem>
#include <utility>

#include "adapters/connection/pool.hpp"
#include "adapters/connection/sqlite.hpp"
#include "adapters/sql/schema_check.hpp"
#include "adapters/sql/stores.hpp"
#include "adapters/sqlite/sqlite_dialect.hpp"
#include "adapters/sqlite/writer.hpp"
#include "plugin/store/deadline.hpp"

namespace parley::adapters {
namespace {

using domain::Done;
using domain::Result;

constexpr auto kHasTable = "select count(*) from sqlite_master where type = 'table' and name = :name";

/// How often those who wait for events look for what other processes committed.
constexpr std::chrono::milliseconds kLookEvery{100};

/// Many connections that read, one that writes.
class SqliteDatabase : public sql::Database {
public:
  SqliteDatabase(const std::string &path, const StoreOptions &options)
      : Database(kLookEvery, options.tell), readers_(factory(path, options), options.connections, options.patience),
        writer_(factory(path, options, true), options.patience) {}

  [[nodiscard]] const sql::Dialect &dialect() const override { return dialect_; }

protected:
  void do_read(sql::Moment needed, const std::function<void(Session &)> &work) override {
    Lease session = readers_.lease(store::Deadline::until());
    if (needed == sql::Moment::statement) {
      work(*session);
      return;
    }
    Transaction moment(*session);
    work(*session);
    moment.commit();
  }

  /// Nobody but this process decides about a commit: it is known whether a command was stored.
  void do_write(sql::Repeat /*repeat*/, const std::function<bool(Session &)> &command) override {
    writer_.run(command);
  }

private:
  static Pool::Factory factory(const std::string &path, const StoreOptions &options, bool writes = false) {
    const SqliteOptions connecting{options.table_prefix, options.patience, writes};
    return [path, connecting] { return open_sqlite(path, connecting); };
  }

  SqliteDialect dialect_;
  Pool readers_;
  Writer writer_;
};

Done check_schema(Session &session) {
  return sql::check_schema(session, kHasTable);
}

} // namespace

Result<Stores> open_sqlite_stores(const std::string &path, const StoreOptions &options) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    return sql::schema_is_empty();
  }
  const auto database = std::make_shared<SqliteDatabase>(path, options);
  const Done fits = database->read<domain::Nothing>(check_schema);
  if (!fits) {
    return fits.failure();
  }
  return sql::stores_on(database);
}

} // namespace parley::adapters
