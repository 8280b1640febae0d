#include "adapters/sql/cursor.hpp"

#include <charconv>
#include <string_view>

#include "plugin/domain/utf8.hpp"

namespace parley::adapters::sql {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// FNV-1a: a cursor only has to tell lists and orders apart, not to withstand anybody.
std::string mark_of(const std::string &signature) {
  std::uint32_t hash = 2166136261U;
  for (const char c : signature) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  }
  std::string mark;
  for (int at = 0; at < 4; ++at) {
    mark.push_back(static_cast<char>(hash & 0xffU));
    hash >>= 8U;
  }
  return mark;
}

std::string to_base64(const std::string &bytes) {
  std::string text;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : bytes) {
    bits = (bits << 8U) | static_cast<unsigned char>(c);
    count += 8;
    while (count >= 6) {
      count -= 6;
      text += kAlphabet[(bits >> static_cast<unsigned>(count)) & 0x3fU];
    }
  }
  if (count > 0) {
    text += kAlphabet[(bits << static_cast<unsigned>(6 - count)) & 0x3fU];
  }
  return text;
}

std::optional<std::string> from_base64(const std::string &text) {
  std::string bytes;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const auto digit = kAlphabet.find(c);
    if (digit == std::string_view::npos) {
      return std::nullopt;
    }
    bits = (bits << 6U) | static_cast<std::uint32_t>(digit);
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes += static_cast<char>((bits >> static_cast<unsigned>(count)) & 0xffU);
    }
  }
  return bytes;
}

/// Takes decimal digits from the front, up to `end`, which is taken too.
template <class Number>
std::optional<Number> take_number(std::string_view &text, char end) {
  Number number{};
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const auto used = static_cast<std::size_t>(rest - text.data());
  if (error != std::errc() || used >= text.size() || text[used] != end) {
    return std::nullopt;
  }
  text.remove_prefix(used + 1);
  return number;
}

} // namespace

std::string encode_cursor(const std::string &signature, const std::vector<KeyValue> &values) {
  std::string bytes = mark_of(signature);
  for (const KeyValue &value : values) {
    if (const auto *number = std::get_if<std::int64_t>(&value)) {
      bytes += std::to_string(*number) + ";";
    } else {
      const auto &text = std::get<std::string>(value);
      bytes += std::to_string(text.size()) + ":" + text;
    }
  }
  return to_base64(bytes);
}

std::optional<std::vector<KeyValue>> decode_cursor(const std::string &signature, const std::vector<Kind> &kinds,
                                                   const std::string &text) {
  const auto bytes = from_base64(text);
  const std::string mark = mark_of(signature);
  if (!bytes || bytes->compare(0, mark.size(), mark) != 0) {
    return std::nullopt;
  }
  std::vector<KeyValue> values;
  std::string_view rest = std::string_view(*bytes).substr(mark.size());
  for (const Kind kind : kinds) {
    if (kind == Kind::integer) {
      const auto number = take_number<std::int64_t>(rest, ';');
      if (!number) {
        return std::nullopt;
      }
      values.emplace_back(*number);
    } else {
      const auto size = take_number<std::size_t>(rest, ':');
      if (!size || *size > rest.size()) {
        return std::nullopt;
      }
      if (!domain::storable(rest.substr(0, *size))) {
        return std::nullopt;
      }
      values.emplace_back(std::string(rest.substr(0, *size)));
      rest.remove_prefix(*size);
    }
  }
  // Exactly the text that encode_cursor makes of them: no other way to write a number, nothing behind them.
  if (encode_cursor(signature, values) != text) {
    return std::nullopt;
  }
  return values;
}

} // namespace parley::adapters::sql
