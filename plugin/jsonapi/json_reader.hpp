#pragma once

#include <nlohmann/json.hpp>

#include <string_view>

#include "plugin/domain/result.hpp"

/// For the readers of this folder alone: nlohmann's header is heavy.
namespace parley::jsonapi {

inline constexpr int deepest_nesting = 64;

/// Reads one JSON text. Failure malformed: empty, not JSON, invalid UTF-8, a NUL byte, a member that an object has
/// twice, or nested more deeply than deepest_nesting levels of objects and arrays.
domain::Result<nlohmann::json> parse_json(std::string_view text);

} // namespace parley::jsonapi
