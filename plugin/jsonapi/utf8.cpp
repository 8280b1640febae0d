#include "plugin/jsonapi/utf8.hpp"

namespace parley::jsonapi {

std::size_t utf8_sequence(std::string_view text) {
  const auto byte = [&text](std::size_t index) { return static_cast<unsigned char>(text[index]); };
  const auto follows = [&](std::size_t index, unsigned char least = 0x80, unsigned char most = 0xBF) {
    return index < text.size() && byte(index) >= least && byte(index) <= most;
  };
  if (text.empty()) {
    return 0;
  }
  const unsigned char lead = byte(0);
  if (lead < 0x80) {
    return 1;
  }
  if (lead >= 0xC2 && lead <= 0xDF) {
    return follows(1) ? 2 : 0;
  }
  if (lead >= 0xE0 && lead <= 0xEF) {
    const unsigned char least = lead == 0xE0 ? 0xA0 : 0x80;
    const unsigned char most = lead == 0xED ? 0x9F : 0xBF;
    return follows(1, least, most) && follows(2) ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    const unsigned char least = lead == 0xF0 ? 0x90 : 0x80;
    const unsigned char most = lead == 0xF4 ? 0x8F : 0xBF;
    return follows(1, least, most) && follows(2) && follows(3) ? 4 : 0;
  }
  return 0;
}

bool valid_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = utf8_sequence(text);
    if (length == 0) {
      return false;
    }
    text.remove_prefix(length);
  }
  return true;
}

std::string clean_utf8(std::string text) {
  if (valid_utf8(text) && text.find('\0') == std::string::npos) {
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
