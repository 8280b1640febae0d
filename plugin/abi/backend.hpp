#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/app/call.hpp"
#include "plugin/app/notices.hpp"
#include "plugin/jsonapi/configuration.hpp"

/// What the border needs of the rest of the plugin, so that it knows neither databases nor files.
namespace parley::abi {

struct Stores {
  std::unique_ptr<store::ConversationStore> conversations;
  std::unique_ptr<store::WorkflowStore> workflows;
  std::unique_ptr<store::EventStore> events;
  std::unique_ptr<store::MaintenanceStore> maintenance;
};

enum class SchemaState { current, empty, behind, ahead };

struct Schema {
  SchemaState state = SchemaState::current;
  std::uint32_t current = 0; ///< last migration that the database has; 0: none
  std::uint32_t target = 0;  ///< last migration that the plugin has
};

/// The database of a configuration. All functions are safe to call from any thread and open connections of their own.
/// Failures: invalid (the configuration), unavailable, busy; and what they say.
class Backend {
public:
  Backend() = default;
  Backend(const Backend &) = delete;
  Backend &operator=(const Backend &) = delete;
  Backend(Backend &&) = delete;
  Backend &operator=(Backend &&) = delete;
  virtual ~Backend() = default;

  /// Can the configuration be used, as far as one can tell without opening anything? Failure invalid.
  virtual domain::Done check(const jsonapi::Configuration &configuration) = 0;

  /// Needs a current schema; else schema. `tell` hears of the database while the stores live.
  virtual domain::Result<Stores> open(const jsonapi::Configuration &configuration, app::Tell tell) = 0;

  virtual domain::Result<Schema> schema(const jsonapi::Configuration &configuration) = 0;
  /// The SQL that apply would run.
  virtual domain::Result<std::string> plan(const jsonapi::Configuration &configuration) = 0;
  /// Brings the schema up. Failure schema where it is ahead.
  virtual domain::Done apply(const jsonapi::Configuration &configuration) = 0;
  /// Failure schema, with a fault for each difference.
  virtual domain::Done verify(const jsonapi::Configuration &configuration) = 0;

  /// The command that brings the schema up, without a password.
  virtual std::string migrate_command(const jsonapi::Configuration &configuration) = 0;
};

/// A file for the browser. Views of what lives as long as the library.
struct Asset {
  std::string_view path;
  std::string_view content_type;
  std::string_view etag;
  std::string_view bytes;
  std::uint32_t kind = 0; ///< the contract's PARLEY_ASSET_*
};

/// What the module joins.
struct Parts {
  std::unique_ptr<Backend> backend;
  std::vector<Asset> assets;
  std::string_view version; ///< literal: "0.1.0"
  std::string_view build;   ///< literal, may be empty
};

} // namespace parley::abi
