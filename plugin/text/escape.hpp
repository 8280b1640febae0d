#pragma once

#include <string>
#include <string_view>

namespace parley::text {

/// Appends text so that it is nothing but text, in HTML content and in quoted attributes.
void append_escaped(std::string &html, std::string_view text);

} // namespace parley::text
