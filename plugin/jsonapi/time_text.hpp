#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "plugin/domain/conversation.hpp"

namespace parley::jsonapi {

/// RFC 3339 in UTC with microseconds: "2026-01-31T08:00:00.123456Z".
std::string format_time(domain::Time time);

/// RFC 3339 with any offset; what is finer than microseconds is cut off. Years 0001 to 9999.
std::optional<domain::Time> parse_time(std::string_view text);

} // namespace parley::jsonapi
