#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "plugin/domain/event.hpp"
#include "plugin/store/event_store.hpp"

/// What clients of the feed resume behind: in the back office the position, in the storefront nothing but what the event
/// says anyway, "17.message-added.3.1769846400000000.1". Positions, and so what lies between, stay inside.
namespace parley::jsonapi {

std::string feed_cursor(const domain::EventView &view, std::int64_t twin);

std::optional<store::Position> parse_position_cursor(std::string_view text);
std::optional<store::PublicMark> parse_public_cursor(std::string_view text);

} // namespace parley::jsonapi
