#include "plugin/text/token.hpp"

#include <algorithm>
#include <array>

namespace parley::text {
namespace {

constexpr std::string_view symbols = "0123456789abcdefghijklmnopqrstuvwxyz";

/// Small letters and digits of ASCII stand for themselves, all other characters for a letter that says how many symbols
/// follow. That letter itself is written twice, so that no code begins like another one.
struct Code {
  char letter;
  char32_t first;     ///< of the characters that are written so
  std::size_t length; ///< in symbols, without the letter
};
// Latin, Greek, Cyrillic, Armenian; Hebrew to Gurmukhi; most others, Chinese among them; everything else.
constexpr std::array<Code, 4> codes = {{{'q', 0x80, 2}, {'x', 0x56C, 2}, {'j', 0xA58, 3}, {'z', 0xBB88, 4}}};

void append_code(std::string &token, char32_t character) {
  if (character < 0x80) {
    const char letter = static_cast<char>(character);
    const bool doubled =
        std::any_of(codes.begin(), codes.end(), [letter](const Code &each) { return each.letter == letter; });
    token.append(doubled ? 2 : 1, letter);
    return;
  }
  const auto *code = &codes.front();
  for (const Code &each : codes) {
    code = character >= each.first ? &each : code;
  }
  std::array<char, 4> written{};
  std::size_t rest = character - code->first;
  for (std::size_t at = code->length; at-- > 1; rest /= symbols.size()) {
    written[at] = symbols[rest % symbols.size()];
  }
  // The letter does not stand among the first of its symbols.
  written[0] = symbols[rest + (rest >= symbols.find(code->letter) ? 1 : 0)];
  token += code->letter;
  token.append(written.data(), code->length);
}

} // namespace

std::string token_of(std::u32string_view word) {
  std::string token;
  for (const char32_t character : word) {
    const std::size_t before = token.size();
    append_code(token, character);
    if (token.size() + 3 > longest_token) {
      token.resize(before);
      break;
    }
  }
  return token.insert(0, 3, token.front());
}

} // namespace parley::text
