#include "host-sdk/src/http/percent.hpp"

#include "host-sdk/src/text.hpp"

namespace parley::host {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  if (c >= 'a' && c <= 'f') {
    return c - 'a' + 10;
  }
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

bool is_unreserved(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

// kept: characters that stay as they are, besides the unreserved ones.
std::string encode(std::string_view text, std::string_view kept) {
  const char *const hex = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    if (is_unreserved(c) || kept.find(c) != std::string_view::npos) {
      encoded.push_back(c);
    } else {
      encoded.push_back('%');
      encoded.push_back(hex[static_cast<unsigned char>(c) >> 4]);
      encoded.push_back(hex[static_cast<unsigned char>(c) & 15]);
    }
  }
  return encoded;
}

} // namespace

bool percent_decode(std::string_view text, bool plus_is_blank, std::string &decoded) {
  decoded.clear();
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      const int high = i + 1 < text.size() ? hex_value(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
      if (high < 0 || low < 0) {
        return false;
      }
      decoded.push_back(static_cast<char>(high * 16 + low));
      i += 2;
    } else {
      decoded.push_back(plus_is_blank && text[i] == '+' ? ' ' : text[i]);
    }
  }
  return decoded.find('\0') == std::string::npos && is_utf8(decoded);
}

std::string percent_encode(std::string_view text) {
  return encode(text, "");
}

std::string as_uri(std::string_view sent) {
  return encode(sent, "%!$&'()*+,;=:@/?"); // RFC 3986, sections 3.3 and 3.4
}

} // namespace parley::host
