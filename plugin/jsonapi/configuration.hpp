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
  Migrations migrations = Migrations::manual;
  std::uint32_t pool_size = 8; ///< connections
};

/// Its JSON Schema (draft 2020-12), with descriptions and defaults.
std::string_view configuration_schema();

/// Failures: malformed, or invalid with a fault for each wrong, unknown or missing member.
domain::Result<Configuration> read_configuration(std::string_view text);

} // namespace parley::jsonapi
