// What the fuzz targets share: an expectation that aborts, with a reason, so that libFuzzer keeps the input.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace parley::fuzz {

inline void expect(bool holds, const char *what) {
  if (!holds) {
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
  }
}

inline std::string_view view(const std::uint8_t *data, std::size_t size) {
  return {reinterpret_cast<const char *>(data), size};
}

/// Takes the first byte off, so that one target can look at several functions.
inline unsigned take_choice(std::string_view &input) {
  if (input.empty()) {
    return 0;
  }
  const auto choice = static_cast<unsigned char>(input.front());
  input.remove_prefix(1);
  return choice;
}

/// How deep objects and arrays are nested in a text that is JSON.
inline int depth_of(std::string_view json) {
  int depth = 0;
  int deepest = 0;
  bool in_string = false;
  for (std::size_t at = 0; at < json.size(); ++at) {
    const char byte = json[at];
    if (in_string) {
      at += byte == '\\' ? 1 : 0;
      in_string = byte != '"';
    } else if (byte == '"') {
      in_string = true;
    } else if (byte == '[' || byte == '{') {
      deepest = ++depth > deepest ? depth : deepest;
    } else if (byte == ']' || byte == '}') {
      --depth;
    }
  }
  return deepest;
}

} // namespace parley::fuzz
