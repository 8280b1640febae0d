#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace parley::jsonapi {

/// Length in bytes of the well-formed UTF-8 sequence that `text` begins with; 0 where there is none. Over-long forms,
/// surrogates and what lies beyond U+10FFFF are not well-formed.
std::size_t utf8_sequence(std::string_view text);

bool valid_utf8(std::string_view text);

/// The text as databases take it: what is not UTF-8, and NUL characters, become U+FFFD.
std::string clean_utf8(std::string text);

/// The first `bytes` bytes of well-formed UTF-8 at most, without half a character at the end.
std::string shortened_utf8(std::string text, std::size_t bytes);

} // namespace parley::jsonapi
