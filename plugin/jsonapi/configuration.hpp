#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "plugin/domain/result.hpp"

namespace parley::jsonapi {

/// The configuration of the plugin.
struct Configuration {
  enum class Migrations { automatic, manual };

  std::string database; ///< connection string
  std::string table_prefix = "parley_";
  Migrations migrations = Migrations::automatic;
  std::uint32_t pool_size = 8;               ///< connections
  std::uint32_t patience_ms = 5'000;         ///< for a connection, and for another writer
  std::uint32_t statement_limit_ms = 30'000; ///< of a server, for one statement
  bool threads = false;                      ///< the plugin may start one
};

/// Its JSON Schema (draft 2020-12), with descriptions and defaults.
std::string_view configuration_schema();

/// Failures: malformed, or invalid with a fault for each wrong, unknown or missing member.
domain::Result<Configuration> read_configuration(std::string_view text);

} // namespace parley::jsonapi
