#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// How a word stands in the full-text index of a database: in small letters and digits of ASCII alone, which every index
/// takes and none of them reads anything into.
namespace parley::text {

constexpr std::size_t longest_token = 80; ///< bytes; a longer word is found by its beginning

/// The token of a word, which is not empty. The token of its beginning is the beginning of its token. The first symbol
/// stands four times: a word of one letter is long enough for every index.
[[nodiscard]] std::string token_of(std::u32string_view word);

} // namespace parley::text
