#include "plugin/text/links.hpp"

#include <algorithm>

namespace parley::text {
namespace {

char lower(char character) {
  return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a') : character;
}

bool begins_with(std::string_view text, std::string_view scheme) {
  return text.size() > scheme.size() &&
         std::equal(scheme.begin(), scheme.end(), text.begin(), [](char a, char b) { return a == lower(b); });
}

bool stays(char character) {
  const char small = lower(character);
  return (small >= 'a' && small <= 'z') || (character >= '0' && character <= '9') ||
         std::string_view("-._~:/?#[]@!$&'()*+,;=%").find(character) != std::string_view::npos;
}

} // namespace

std::optional<std::string> safe_link(std::string_view address) {
  if (!begins_with(address, "https://") && !begins_with(address, "http://") && !begins_with(address, "mailto:")) {
    return std::nullopt;
  }
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string safe;
  safe.reserve(address.size());
  for (const char character : address) {
    const auto byte = static_cast<unsigned char>(character);
    if (byte < 0x20 || byte == 0x7F) {
      return std::nullopt;
    }
    if (stays(character)) {
      safe += character;
    } else {
      safe += '%';
      safe += digits[byte >> 4U];
      safe += digits[byte & 0xFU];
    }
  }
  return safe;
}

} // namespace parley::text
