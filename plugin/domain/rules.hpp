#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "plugin/domain/conversation.hpp"
#include "plugin/domain/reference.hpp"

/// Rules that need nothing but the values they are about.
namespace parley::domain {

inline constexpr std::size_t longest_name = 255;      ///< code points (Unicode scalar values, not graphemes)
inline constexpr std::size_t longest_body = 65536;    ///< bytes of UTF-8
inline constexpr std::size_t longest_client_id = 255; ///< bytes
inline constexpr std::size_t longest_reference = 64;  ///< bytes of type and of id

/// May a text message be written at this status? Nobody writes into a closed conversation, the public into active ones only.
[[nodiscard]] bool takes_messages(Status status, Audience audience);

/// The statuses at which takes_messages holds.
[[nodiscard]] std::vector<Status> writable_statuses(Audience audience);

/// Does a message make an inactive conversation active again (W3)? Not an internal note: the public would see that.
[[nodiscard]] bool revives(Audience audience, Visibility visibility);

/// May people set this status on a new conversation while the workflow is inactive (D2)?
[[nodiscard]] bool may_begin_with(Status status);

/// The customer of a conversation (D6): that of its customer user; without a customer user the one that was asked for.
/// Nothing where the customer user belongs to another one than was asked for.
[[nodiscard]] std::optional<Reference> settle_customer(const Reference &asked, const Reference &customer_user,
                                                       const Reference &customer_of_user);

/// The references without none() and without repeats, in the order of their first appearance.
[[nodiscard]] std::vector<Reference> distinct(const std::vector<Reference> &references);

/// Not none, and short enough to be stored.
[[nodiscard]] bool well_formed(const Reference &reference);

} // namespace parley::domain
