#pragma once

#include <cstddef>
#include <string>

#include "plugin/domain/utf8.hpp"

namespace parley::jsonapi {

using domain::utf8_sequence;
using domain::valid_utf8;

/// The text as databases take it: what is not UTF-8, and NUL characters, become U+FFFD.
std::string clean_utf8(std::string text);

/// The first `bytes` bytes of well-formed UTF-8 at most, without half a character at the end.
std::string shortened_utf8(std::string text, std::size_t bytes);

} // namespace parley::jsonapi
