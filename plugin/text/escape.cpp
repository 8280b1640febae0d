#include "plugin/text/escape.hpp"

namespace parley::text {

void append_escaped(std::string &html, std::string_view text) {
  for (const char character : text) {
    switch (character) {
    case '&':
      html += "&amp;";
      break;
    case '<':
      html += "&lt;";
      break;
    case '>':
      html += "&gt;";
      break;
    case '"':
      html += "&quot;";
      break;
    case '\'':
      html += "&#39;";
      break;
    default:
      html += character;
    }
  }
}

} // namespace parley::text
