#include "plugin/text/escape.hpp"

namespace parley::text {
namespace {

constexpr std::string_view kEscaped = "&<>\"'";

std::string_view entity_of(char character) {
  switch (character) {
  case '&':
    return "&amp;";
  case '<':
    return "&lt;";
  case '>':
    return "&gt;";
  case '"':
    return "&quot;";
  default:
    return "&#39;";
  }
}

} // namespace

void append_escaped(std::string &html, std::string_view text) {
  std::size_t plain = 0; // where the bytes begin that can be copied as they are
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (kEscaped.find(text[at]) != std::string_view::npos) {
      html.append(text, plain, at - plain).append(entity_of(text[at]));
      plain = at + 1;
    }
  }
  html.append(text, plain, text.size() - plain);
}

} // namespace parley::text
