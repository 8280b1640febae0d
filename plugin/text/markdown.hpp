#pragma once

#include <string>
#include <string_view>

/// Markdown of messages (CommonMark with strikethrough and bare addresses as links).
namespace parley::text {

/// HTML that is safe to put into a page: no raw HTML, links to http, https and mailto only, images as links. Line breaks
/// are kept. What is nested too deeply or grows too large comes out as escaped text.
[[nodiscard]] std::string to_html(std::string_view markdown);

/// The text without its markup, lines kept apart.
[[nodiscard]] std::string to_plain(std::string_view markdown);

/// Both of these.
struct Rendered {
  std::string html;
  std::string plain;
};
/// As to_html() and to_plain() give them, read once.
[[nodiscard]] Rendered render(std::string_view markdown);

} // namespace parley::text
