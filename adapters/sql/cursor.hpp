#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "adapters/connection/session.hpp"

namespace parley::adapters::sql {

using KeyValue = std::variant<std::int64_t, std::string>;

/// A place in a list: the values of its keys, bound to the list and its order (`signature`) that they belong to. Letters that need
/// no escaping in a URL.
std::string encode_cursor(const std::string &signature, const std::vector<KeyValue> &values);

/// Nothing: the text is no cursor, or one of another list or order.
std::optional<std::vector<KeyValue>> decode_cursor(const std::string &signature, const std::vector<Kind> &kinds,
                                                   const std::string &text);

} // namespace parley::adapters::sql
