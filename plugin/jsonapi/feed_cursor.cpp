#include "plugin/jsonapi/feed_cursor.hpp"

#include <array>

#include "plugin/jsonapi/identifiers.hpp"

namespace parley::jsonapi {

std::string feed_cursor(const domain::EventView &view, std::int64_t twin) {
  if (view.audience == domain::Audience::backoffice) {
    return std::to_string(view.position);
  }
  return std::to_string(view.conversation) + '.' + view.kind + '.' + std::to_string(view.number) + '.' +
         std::to_string(view.time) + '.' + std::to_string(twin);
}

std::optional<store::Position> parse_position_cursor(std::string_view text) {
  return parse_number(text);
}

std::optional<store::PublicMark> parse_public_cursor(std::string_view text) {
  constexpr std::size_t longest_kind = 64;
  std::array<std::string_view, 5> parts;
  for (std::size_t part = 0; part < parts.size(); ++part) {
    const std::size_t dot = text.find('.');
    if ((dot == std::string_view::npos) != (part + 1 == parts.size())) {
      return std::nullopt;
    }
    parts[part] = text.substr(0, dot);
    text.remove_prefix(dot == std::string_view::npos ? text.size() : dot + 1);
  }
  const auto conversation = parse_conversation_id(parts[0]);
  const auto number = parse_number(parts[2]);
  const auto time = parse_number(parts[3]);
  const auto twin = parse_number(parts[4]);
  const bool kind = !parts[1].empty() && parts[1].size() <= longest_kind &&
                    parts[1].find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string_view::npos;
  if (!conversation || !kind || !number || !time || !twin || *twin == 0) {
    return std::nullopt;
  }
  return store::PublicMark{*conversation, std::string(parts[1]), *number, *time, *twin};
}

} // namespace parley::jsonapi
