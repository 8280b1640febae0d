#include "plugin/text/entities.hpp"

#include <charconv>
#include <cstdint>
#include <utility>

#include <unicode/utf8.h>

namespace parley::text {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

constexpr std::pair<std::string_view, std::string_view> common[] = {
    {"amp", "&"},         {"lt", "<"},     {"gt", ">"},     {"quot", "\""},     {"apos", "'"},
    {"nbsp", "\xC2\xA0"}, {"colon", ":"},  {"Tab", "\t"},   {"NewLine", "\n"},  {"copy", "\xC2\xA9"},
    {"euro", "€"},        {"hellip", "…"}, {"ndash", "–"},  {"mdash", "—"},     {"lpar", "("},
    {"rpar", ")"},        {"sol", "/"},    {"period", "."}, {"commat", "@"},    {"shy", "\xC2\xAD"},
    {"auml", "ä"},        {"ouml", "ö"},   {"uuml", "ü"},   {"Auml", "Ä"},      {"Ouml", "Ö"},
    {"Uuml", "Ü"},        {"szlig", "ß"},  {"eacute", "é"}, {"ensp", "\u2002"}, {"emsp", "\u2003"},
};

std::string encode(std::uint32_t code) {
  if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) {
    return std::string(replacement);
  }
  char bytes[U8_MAX_LENGTH];
  int length = 0;
  U8_APPEND_UNSAFE(bytes, length, code);
  return {bytes, static_cast<std::size_t>(length)};
}

} // namespace

std::string decode_entity(std::string_view entity) {
  if (entity.size() < 3 || entity.front() != '&' || entity.back() != ';') {
    return std::string(entity);
  }
  std::string_view inner = entity.substr(1, entity.size() - 2);
  if (inner.front() != '#') {
    for (const auto &[name, characters] : common) {
      if (name == inner) {
        return std::string(characters);
      }
    }
    return std::string(entity);
  }
  inner.remove_prefix(1);
  int base = 10;
  if (!inner.empty() && (inner.front() == 'x' || inner.front() == 'X')) {
    base = 16;
    inner.remove_prefix(1);
  }
  std::uint32_t code = 0;
  const auto [end, error] = std::from_chars(inner.data(), inner.data() + inner.size(), code, base);
  if (error != std::errc() || end != inner.data() + inner.size()) {
    return std::string(replacement);
  }
  return encode(code);
}

} // namespace parley::text
