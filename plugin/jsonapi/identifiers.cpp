#include "plugin/jsonapi/identifiers.hpp"

#include <charconv>

namespace parley::jsonapi {

std::optional<std::int64_t> parse_number(std::string_view text) {
  if (text.empty() || text.front() < '0' || text.front() > '9' || (text.front() == '0' && text.size() > 1)) {
    return std::nullopt;
  }
  std::int64_t number = 0;
  const char *end = text.data() + text.size();
  const auto [stopped, problem] = std::from_chars(text.data(), end, number);
  if (problem != std::errc() || stopped != end) {
    return std::nullopt;
  }
  return number;
}

std::string conversation_id(domain::ConversationId id) {
  return std::to_string(id);
}

std::optional<domain::ConversationId> parse_conversation_id(std::string_view text) {
  const auto id = parse_number(text);
  return id && *id > 0 ? id : std::nullopt;
}

std::string message_id(domain::ConversationId conversation, domain::Number number) {
  return std::to_string(conversation) + '-' + std::to_string(number);
}

std::optional<MessageKey> parse_message_id(std::string_view text) {
  const std::size_t hyphen = text.find('-');
  if (hyphen == std::string_view::npos) {
    return std::nullopt;
  }
  const auto conversation = parse_conversation_id(text.substr(0, hyphen));
  const auto number = parse_number(text.substr(hyphen + 1));
  if (!conversation || !number || *number == 0) {
    return std::nullopt;
  }
  return MessageKey{*conversation, *number};
}

std::string participant_id(domain::ConversationId conversation, std::string_view uid) {
  return std::to_string(conversation).append(1, '-').append(uid);
}

std::optional<ParticipantKey> parse_participant_id(std::string_view text) {
  const std::size_t hyphen = text.find('-');
  if (hyphen == std::string_view::npos) {
    return std::nullopt;
  }
  const auto conversation = parse_conversation_id(text.substr(0, hyphen));
  const std::string_view uid = text.substr(hyphen + 1);
  if (!conversation || uid.empty() || uid.size() > 64 || uid.find('\0') != std::string_view::npos) {
    return std::nullopt;
  }
  return ParticipantKey{*conversation, std::string(uid)};
}

} // namespace parley::jsonapi
