#pragma once

#include <string>
#include <string_view>

namespace parley::text {

/// The characters that an HTML entity ("&amp;", "&#8364;") stands for. A named one that is not among the common ones is
/// answered as written; a number that is no character is U+FFFD.
[[nodiscard]] std::string decode_entity(std::string_view entity);

} // namespace parley::text
