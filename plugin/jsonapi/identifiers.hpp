#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "plugin/domain/conversation.hpp"
#include "plugin/domain/names.hpp"

/// Ids as they stand in documents. Parsers take exactly what the writers make, so that one thing has one id. The ids of
/// statuses and of types of messages are their names.
namespace parley::jsonapi {

inline constexpr std::string_view conversations_type = "conversations";
inline constexpr std::string_view messages_type = "conversationmessages";
inline constexpr std::string_view participants_type = "conversationparticipants";
inline constexpr std::string_view events_type = "conversationevents"; ///< ids are positions
inline constexpr std::string_view statuses_type = "conversationstatuses";
inline constexpr std::string_view message_types_type = "conversationmessagetypes";

/// "17"
std::string conversation_id(domain::ConversationId id);
std::optional<domain::ConversationId> parse_conversation_id(std::string_view text);

/// A message by its number, in the numbers of the audience: "17-3"
struct MessageKey {
  domain::ConversationId conversation = 0;
  domain::Number number = 0;
};
std::string message_id(domain::ConversationId conversation, domain::Number number);
std::optional<MessageKey> parse_message_id(std::string_view text);

/// "17-4f2a"
struct ParticipantKey {
  domain::ConversationId conversation = 0;
  std::string uid;
};
std::string participant_id(domain::ConversationId conversation, std::string_view uid);
std::optional<ParticipantKey> parse_participant_id(std::string_view text);

/// A decimal number without sign, leading zeros or anything else around it; fits 63 bits.
std::optional<std::int64_t> parse_number(std::string_view text);

} // namespace parley::jsonapi
