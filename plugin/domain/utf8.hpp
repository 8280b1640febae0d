#pragma once

#include <cstddef>
#include <string_view>

namespace parley::domain {

/// Length in bytes of the well-formed UTF-8 sequence that `text` begins with; 0 where there is none. Over-long forms,
/// surrogates and what lies beyond U+10FFFF are not well-formed.
std::size_t utf8_sequence(std::string_view text);

bool valid_utf8(std::string_view text);

/// Whether every database takes it as a text: valid UTF-8 without NUL characters.
bool storable(std::string_view text);

} // namespace parley::domain
