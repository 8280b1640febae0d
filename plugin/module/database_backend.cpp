#include "plugin/module/database_backend.hpp"

#include <utility>

#include "adapters/connection/connection_string.hpp"
#include "adapters/connection/table_prefix.hpp"
#include "adapters/store_factory.hpp"
#include "migrations/migrations.hpp"
#include "plugin/module/connection_text.hpp"

namespace parley::module {
namespace {

using domain::Code;
using migrations::Error;

migrations::Options options_of(const jsonapi::Configuration &configuration) {
  migrations::Options options;
  options.table_prefix = configuration.table_prefix;
  return options;
}

domain::Failure failure_of(const Error &error) {
  switch (error.why()) {
  case Error::Why::usage:
  case Error::Why::unsupported:
    return domain::failure(Code::invalid, "not-a-connection", error.what(), "/database");
  case Error::Why::busy:
    return domain::failure(Code::busy, "database-busy", error.what());
  case Error::Why::unavailable:
    return domain::failure(Code::unavailable, "database-unavailable", error.what());
  case Error::Why::ahead:
    return domain::failure(Code::schema, "schema-ahead", error.what(), "/database");
  case Error::Why::altered:
    return domain::failure(Code::schema, "schema-altered", error.what(), "/database");
  case Error::Why::rights:
  case Error::Why::failed:
    break;
  }
  return domain::failure(Code::schema, "schema-failed", error.what(), "/database");
}

/// Does `work`, whose migrations errors become failures.
template <class Value, class Work>
domain::Result<Value> with_failures(Work &&work) {
  try {
    return work();
  } catch (const Error &error) {
    return failure_of(error);
  }
}

abi::SchemaState state_of(migrations::State state) {
  switch (state) {
  case migrations::State::empty:
    return abi::SchemaState::empty;
  case migrations::State::behind:
    return abi::SchemaState::behind;
  case migrations::State::current:
    return abi::SchemaState::current;
  case migrations::State::ahead:
    break;
  }
  return abi::SchemaState::ahead;
}

} // namespace

domain::Done DatabaseBackend::check(const jsonapi::Configuration &configuration) {
  try {
    adapters::parse_connection(configuration.database);
  } catch (const adapters::InvalidConnection &error) {
    return domain::failure(Code::invalid, "not-a-connection", error.what(), "/database");
  }
  try {
    adapters::check_table_prefix(configuration.table_prefix);
  } catch (const adapters::InvalidConnection &error) {
    return domain::failure(Code::invalid, "not-a-prefix", error.what(), "/tablePrefix");
  }
  return domain::Nothing{};
}

domain::Result<abi::Stores> DatabaseBackend::open(const jsonapi::Configuration &configuration, store::Tell tell) {
  adapters::StoreOptions options;
  options.table_prefix = configuration.table_prefix;
  options.connections = configuration.pool_size;
  options.patience = std::chrono::milliseconds(configuration.patience_ms);
  options.statement_limit = std::chrono::milliseconds(configuration.statement_limit_ms);
  options.threads = configuration.threads;
  options.tell = std::move(tell);
  auto stores = adapters::open(configuration.database, options);
  if (!stores) {
    return std::move(stores).failure();
  }
  return abi::Stores{std::move(stores->conversations), std::move(stores->workflows), std::move(stores->events),
                     std::move(stores->maintenance)};
}

domain::Result<abi::Schema> DatabaseBackend::schema(const jsonapi::Configuration &configuration) {
  return with_failures<abi::Schema>([&]() -> domain::Result<abi::Schema> {
    const auto status = migrations::status(configuration.database, options_of(configuration));
    // Steps that were interrupted are gone on with; a copy is not this plugin's.
    if (status.state == migrations::State::current && !status.unfinished.empty()) {
      return domain::failure(Code::schema, "schema-unfinished", status.unfinished, "/database");
    }
    return abi::Schema{state_of(status.state), static_cast<std::uint32_t>(status.present),
                       static_cast<std::uint32_t>(status.newest)};
  });
}

domain::Result<std::string> DatabaseBackend::plan(const jsonapi::Configuration &configuration) {
  return with_failures<std::string>([&] {
    std::string sql;
    for (const migrations::Step &step : migrations::plan(configuration.database, options_of(configuration))) {
      sql += step.sql;
      if (!sql.empty() && sql.back() != '\n') {
        sql += '\n';
      }
    }
    return sql;
  });
}

domain::Done DatabaseBackend::apply(const jsonapi::Configuration &configuration) {
  return with_failures<domain::Nothing>([&] {
    migrations::apply(configuration.database, options_of(configuration));
    return domain::Nothing{};
  });
}

domain::Done DatabaseBackend::verify(const jsonapi::Configuration &configuration) {
  return with_failures<domain::Nothing>([&]() -> domain::Done {
    domain::Failure failure{Code::schema, {}};
    for (std::string &difference : migrations::verify(configuration.database, options_of(configuration))) {
      failure.faults.push_back(domain::Fault{"schema-differs", std::move(difference), {}, {}, {}});
    }
    if (failure.faults.empty()) {
      return domain::Nothing{};
    }
    return failure;
  });
}

std::string DatabaseBackend::migrate_command(const jsonapi::Configuration &configuration) {
  std::string command = "parley-migrate up --database " + shell_quoted(without_password(configuration.database));
  if (configuration.table_prefix != migrations::Options().table_prefix) {
    command += " --prefix " + shell_quoted(configuration.table_prefix);
  }
  return command;
}

} // namespace parley::module
