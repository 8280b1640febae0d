#include "plugin/jsonapi/utf8.hpp"

#include <string_view>

namespace parley::jsonapi {

std::string clean_utf8(std::string text) {
  if (domain::storable(text)) {
    return text;
  }
  std::string clean;
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::size_t length = rest.front() == '\0' ? 0 : utf8_sequence(rest);
    clean += length == 0 ? std::string_view("\xEF\xBF\xBD") : rest.substr(0, length);
    rest.remove_prefix(length == 0 ? 1 : length);
  }
  return clean;
}

std::string shortened_utf8(std::string text, std::size_t bytes) {
  if (text.size() <= bytes) {
    return text;
  }
  const auto continues = [&](std::size_t at) { return (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U; };
  while (bytes > 0 && continues(bytes)) {
    --bytes;
  }
  text.resize(bytes);
  return text;
}

} // namespace parley::jsonapi
