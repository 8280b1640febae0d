#include "plugin/text/characters.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

namespace parley::text {
namespace {

/// Marks of these are accents or points, and nothing that a word needs.
bool drops_marks(UScriptCode script) {
  switch (script) {
  case USCRIPT_COMMON:
  case USCRIPT_INHERITED:
  case USCRIPT_LATIN:
  case USCRIPT_GREEK:
  case USCRIPT_CYRILLIC:
  case USCRIPT_HEBREW:
  case USCRIPT_ARABIC:
    return true;
  default:
    return false;
  }
}

bool has_no_spaces(UChar32 character) {
  constexpr std::array scripts = {USCRIPT_HAN,  USCRIPT_HIRAGANA, USCRIPT_KATAKANA, USCRIPT_BOPOMOFO,
                                  USCRIPT_THAI, USCRIPT_LAO,      USCRIPT_KHMER,    USCRIPT_MYANMAR};
  return std::any_of(scripts.begin(), scripts.end(),
                     [character](UScriptCode script) { return uscript_hasScript(character, script) != 0; });
}

constexpr std::uint32_t letters = U_GC_L_MASK | U_GC_NL_MASK;

/// Letters that are written for one another, but that no normalisation knows as the same.
std::u32string_view spelled(char32_t letter) {
  switch (letter) {
  case U'ı':
    return U"i";
  case U'ø':
    return U"o";
  case U'đ':
  case U'ð':
    return U"d";
  case U'ł':
    return U"l";
  case U'ħ':
    return U"h";
  case U'æ':
    return U"ae";
  case U'œ':
    return U"oe";
  case U'þ':
    return U"th";
  case 0x649: // alef maksura, and the yeh of Persian
  case 0x6CC:
    return U"\u064A";
  case 0x629: // teh marbuta
    return U"\u0647";
  case 0x6A9: // the kaf of Persian
    return U"\u0643";
  default:
    return {};
  }
}

/// Cyrillic letters that are written with a mark, but are no accented ones: й, ї, ў.
bool is_own_letter(char32_t letter) {
  return letter == 0x439 || letter == 0x457 || letter == 0x45E;
}

const icu::Normalizer2 &normalizer(const icu::Normalizer2 *(*get)(UErrorCode &)) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2 *found = get(status);
  if (U_FAILURE(status) || found == nullptr) {
    throw std::runtime_error("normalisation is not available");
  }
  return *found;
}

} // namespace

CharacterClass class_of(UChar32 character) {
  const std::uint32_t category = U_GET_GC_MASK(character);
  if ((category & U_GC_ND_MASK) != 0) {
    return CharacterClass::digit;
  }
  if ((category & (letters | U_GC_M_MASK)) != 0) {
    return has_no_spaces(character) ? CharacterClass::pair : CharacterClass::letter;
  }
  switch (character) {
  case '-':
  case '_':
  case '.':
  case ',':
  case '/':
  case ':':
  case '\'':
  case '&':
  case '@':
  case '#':
  case '+':
  case 0x2010: // the hyphen that NFKC makes of the one that does not break
  case 0x2013:
  case 0x2019: // ’
  case 0x2044: // ⁄ of ½
  case 0x5F4:  // ״ in Hebrew abbreviations
    return CharacterClass::joint;
  default:
    break;
  }
  if (u_hasBinaryProperty(character, UCHAR_REGIONAL_INDICATOR) != 0) {
    return CharacterClass::pair;
  }
  return u_hasBinaryProperty(character, UCHAR_EXTENDED_PICTOGRAPHIC) != 0 ? CharacterClass::single
                                                                          : CharacterClass::other;
}

bool is_dropped_mark(UChar32 character) {
  if ((U_GET_GC_MASK(character) & U_GC_M_MASK) == 0) {
    return false;
  }
  UErrorCode status = U_ZERO_ERROR;
  return drops_marks(uscript_getScript(character, &status));
}

icu::UnicodeString folded(std::string_view text) {
  constexpr std::size_t longest_text = 1U << 20U;
  const std::string_view read = text.substr(0, longest_text);
  const auto wide = icu::UnicodeString::fromUTF8(icu::StringPiece(read.data(), static_cast<int32_t>(read.size())));
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString result = normalizer(&icu::Normalizer2::getNFKCCasefoldInstance).normalize(wide, status);
  if (U_FAILURE(status)) {
    throw std::runtime_error("text cannot be normalised");
  }
  return result;
}

void append_plain(std::u32string &word, UChar32 character) {
  const auto letter = static_cast<char32_t>(character);
  const auto append = [&word](char32_t each) {
    if (const auto instead = spelled(each); !instead.empty()) {
      word += instead;
    } else if (each != 0x640) {
      word += each;
    }
  };
  const UErrorCode none = U_ZERO_ERROR;
  UErrorCode status = none;
  icu::UnicodeString parts;
  if (is_own_letter(letter) || !drops_marks(uscript_getScript(character, &status)) ||
      normalizer(&icu::Normalizer2::getNFDInstance).getDecomposition(character, parts) == 0) {
    append(letter);
    return;
  }
  for (int32_t at = 0; at < parts.length();) {
    const UChar32 part = parts.char32At(at);
    at += U16_LENGTH(part);
    if ((U_GET_GC_MASK(part) & U_GC_M_MASK) == 0) {
      append(static_cast<char32_t>(part));
    }
  }
}

} // namespace parley::text
