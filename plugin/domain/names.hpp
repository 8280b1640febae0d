#pragma once

#include <optional>
#include <string_view>

#include "plugin/domain/conversation.hpp"

/// The names of fixed values, as the API and the tables of the database spell them.
namespace parley::domain {

[[nodiscard]] std::string_view name_of(Audience audience);     ///< "backoffice", "storefront"
[[nodiscard]] std::string_view name_of(Status status);         ///< "active", "inactive", "closed"
[[nodiscard]] std::string_view name_of(MessageType type);      ///< "text", "system"
[[nodiscard]] std::string_view name_of(Visibility visibility); ///< "public", "internal"

/// Nothing where no value has this name.
[[nodiscard]] std::optional<Status> status_named(std::string_view name);
[[nodiscard]] std::optional<MessageType> message_type_named(std::string_view name);
[[nodiscard]] std::optional<Visibility> visibility_named(std::string_view name);

} // namespace parley::domain
