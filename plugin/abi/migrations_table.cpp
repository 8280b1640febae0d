// parley.migrations/1: works whether the plugin is started or not.
#include "plugin/abi/failures.hpp"
#include "plugin/abi/instance.hpp"

namespace parley::abi {
namespace {

std::uint32_t number_of(SchemaState state) {
  switch (state) {
  case SchemaState::current:
    return PARLEY_SCHEMA_CURRENT;
  case SchemaState::empty:
    return PARLEY_SCHEMA_EMPTY;
  case SchemaState::behind:
    return PARLEY_SCHEMA_BEHIND;
  case SchemaState::ahead:
    break;
  }
  return PARLEY_SCHEMA_AHEAD;
}

/// Reads the configuration and does `work(backend, configuration)`, which answers a status.
template <class Work>
std::int32_t with_database(const parley_plugin *plugin, const parley_str *configuration,
                           const parley_error_sink *errors, Work &&work) noexcept {
  Instance &instance = Instance::of(plugin);
  return instance.guard().contain(nullptr, errors, [&]() -> std::int32_t {
    const auto read = instance.read_configuration(configuration);
    if (!read) {
      // These functions know no malformed: a configuration that cannot be read is a wrong one.
      report_failure(errors, read.failure());
      return PARLEY_INVALID;
    }
    return work(instance.backend(), read.value());
  });
}

std::int32_t PARLEY_ABI status(const parley_plugin *plugin, const parley_str *configuration,
                               parley_schema_status *result, const parley_error_sink *errors) noexcept {
  return with_database(plugin, configuration, errors, [&](Backend &backend, const auto &settings) -> std::int32_t {
    if (!PARLEY_HAS(result, parley_schema_status, target)) {
      return cpp::report(errors, PARLEY_INCOMPATIBLE, "too-small", "The struct for the result is too small.");
    }
    const auto schema = backend.schema(settings);
    if (!schema) {
      return report_failure(errors, schema.failure());
    }
    result->state = number_of(schema->state);
    result->current = schema->current;
    result->target = schema->target;
    return PARLEY_OK;
  });
}

std::int32_t PARLEY_ABI plan(const parley_plugin *plugin, const parley_str *configuration, const parley_sink *result,
                             const parley_error_sink *errors) noexcept {
  return with_database(plugin, configuration, errors, [&](Backend &backend, const auto &settings) -> std::int32_t {
    const auto sql = backend.plan(settings);
    if (!sql) {
      return report_failure(errors, sql.failure());
    }
    if (!sql.value().empty() && result->write(result, sql.value().data(), sql.value().size()) != PARLEY_OK) {
      return PARLEY_SINK_REFUSED;
    }
    return PARLEY_OK;
  });
}

std::int32_t PARLEY_ABI apply(const parley_plugin *plugin, const parley_str *configuration,
                              const parley_error_sink *errors) noexcept {
  return with_database(plugin, configuration, errors, [&](Backend &backend, const auto &settings) {
    const auto done = backend.apply(settings);
    return done ? PARLEY_OK : report_failure(errors, done.failure());
  });
}

std::int32_t PARLEY_ABI verify(const parley_plugin *plugin, const parley_str *configuration,
                               const parley_error_sink *errors) noexcept {
  return with_database(plugin, configuration, errors, [&](Backend &backend, const auto &settings) {
    const auto done = backend.verify(settings);
    return done ? PARLEY_OK : report_failure(errors, done.failure());
  });
}

} // namespace

const parley_migrations migrations_table{
    static_cast<std::uint32_t>(sizeof(parley_migrations)), 0, &status, &plan, &apply, &verify};

} // namespace parley::abi
