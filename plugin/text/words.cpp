#include "plugin/text/words.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <unordered_set>
#include <utility>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include "plugin/text/markdown.hpp"

namespace parley::text {
namespace {

using Word = std::u32string;
using WordView = std::u32string_view;

// --- index tokens -------------------------------------------------------------------------------------------------

constexpr std::size_t longest_token = 80;
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

/// The first symbol four times: a word of one letter is long enough for every index.
std::string token_of(WordView word) {
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

// --- characters ---------------------------------------------------------------------------------------------------

enum class Class { other, joint, letter, digit, pair, single };

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

Class class_of(UChar32 character) {
  const std::uint32_t category = U_GET_GC_MASK(character);
  if ((category & U_GC_ND_MASK) != 0) {
    return Class::digit;
  }
  if ((category & (letters | U_GC_M_MASK)) != 0) {
    return has_no_spaces(character) ? Class::pair : Class::letter;
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
    return Class::joint;
  default:
    break;
  }
  if (u_hasBinaryProperty(character, UCHAR_REGIONAL_INDICATOR) != 0) {
    return Class::pair;
  }
  return u_hasBinaryProperty(character, UCHAR_EXTENDED_PICTOGRAPHIC) != 0 ? Class::single : Class::other;
}

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

/// In small letters and one width, without what shows nothing.
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

/// The letter without its accents.
void append_plain(Word &word, UChar32 character) {
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

bool is_dropped_mark(UChar32 character) {
  if ((U_GET_GC_MASK(character) & U_GC_M_MASK) == 0) {
    return false;
  }
  UErrorCode status = U_ZERO_ERROR;
  return drops_marks(uscript_getScript(character, &status));
}

// --- words --------------------------------------------------------------------------------------------------------

/// Words that were written together, "ORD-1001": their characters without what joins them, and where each begins.
struct Compound {
  Word characters;
  std::vector<std::size_t> begins; ///< of words
  std::vector<Class> classes;      ///< one a word: letter or digit
  std::vector<std::size_t> units;  ///< the words, by their places, before which something joins, and the first

  [[nodiscard]] std::size_t size() const { return begins.size(); }
  [[nodiscard]] WordView from(std::size_t word) const { return WordView(characters).substr(begins[word]); }
  [[nodiscard]] WordView word(std::size_t at) const { return between(at, at + 1); }
  /// What was written without anything between.
  [[nodiscard]] WordView unit(std::size_t at) const {
    return between(units[at], at + 1 < units.size() ? units[at + 1] : size());
  }

private:
  [[nodiscard]] WordView between(std::size_t first, std::size_t behind) const {
    return behind < size() ? from(first).substr(0, begins[behind] - begins[first]) : from(first);
  }
};

/// Cuts a text. `Sink`: `compound(const Compound &)`, `neighbours(WordView)` of characters without spaces, `single(WordView)`;
/// each answers false where it wants no more.
template <class Sink>
class Cutter {
public:
  explicit Cutter(Sink &sink) : sink_(sink) {}

  void cut(const icu::UnicodeString &text) {
    for (int32_t at = 0; at < text.length() && going_;) {
      const UChar32 character = text.char32At(at);
      at += U16_LENGTH(character);
      take(character);
    }
    end_compound();
    end_neighbours();
  }

private:
  void take(UChar32 character) {
    const Class kind = class_of(character);
    if (kind != Class::pair && is_dropped_mark(character)) {
      return; // and nothing ends at it
    }
    if (kind != Class::pair) {
      end_neighbours();
    }
    switch (kind) {
    case Class::letter:
    case Class::digit:
      take_letter(character, kind);
      return;
    case Class::joint:
      // One of them joins, two of them part.
      joint_ ? end_compound() : join();
      return;
    case Class::pair:
      end_compound();
      neighbours_ += static_cast<char32_t>(character);
      return;
    case Class::single:
      end_compound();
      going_ = going_ && sink_.single(WordView(Word(1, static_cast<char32_t>(character))));
      return;
    case Class::other:
      end_compound();
      return;
    }
  }

  void take_letter(UChar32 character, Class kind) {
    const bool begins = unit_classes_.empty() || unit_classes_.back() != kind;
    const std::size_t before = compound_.characters.size();
    if (kind == Class::digit) {
      compound_.characters += static_cast<char32_t>('0' + u_charDigitValue(character));
    } else {
      append_plain(compound_.characters, character);
      if (compound_.characters.size() == before) {
        return;
      }
    }
    joint_ = false;
    if (begins) {
      unit_begins_.push_back(before);
      unit_classes_.push_back(kind);
    }
  }

  void join() {
    end_unit();
    if (compound_.size() >= most_words) {
      end_compound();
    }
    joint_ = !compound_.characters.empty();
  }

  /// "ord1001" is two words; "3f2b9c1d" is one, for nobody looks for its pieces.
  void end_unit() {
    if (unit_begins_.size() > most_alternations) {
      unit_begins_.resize(1);
      unit_classes_.assign(1, Class::letter);
    }
    if (!unit_begins_.empty()) {
      compound_.units.push_back(compound_.size());
    }
    compound_.begins.insert(compound_.begins.end(), unit_begins_.begin(), unit_begins_.end());
    compound_.classes.insert(compound_.classes.end(), unit_classes_.begin(), unit_classes_.end());
    unit_begins_.clear();
    unit_classes_.clear();
  }

  void end_compound() {
    end_unit();
    joint_ = false;
    if (compound_.size() > 0) {
      going_ = going_ && sink_.compound(compound_);
      compound_ = {};
    }
  }

  void end_neighbours() {
    if (!neighbours_.empty()) {
      going_ = going_ && sink_.neighbours(neighbours_);
      neighbours_.clear();
    }
  }

  static constexpr std::size_t most_alternations = 4;
  static constexpr std::size_t most_words = 8;

  Sink &sink_;
  Compound compound_;
  std::vector<std::size_t> unit_begins_; ///< of what stands since the last joint
  std::vector<Class> unit_classes_;
  Word neighbours_;
  bool joint_ = false;
  bool going_ = true;
};

/// Takes tokens without repeats.
class Tokens {
public:
  Tokens(std::size_t most, std::size_t most_bytes) : most_(most), most_bytes_(most_bytes) {}

  /// False: there is no room for more.
  bool add(WordView word) {
    std::string token = token_of(word);
    if (seen_.size() >= most_ || bytes_ + token.size() + 1 > most_bytes_) {
      return seen_.count(token) != 0;
    }
    if (auto [place, fresh] = seen_.insert(std::move(token)); fresh) {
      bytes_ += place->size() + 1;
      tokens_.push_back(*place);
    }
    return true;
  }
  std::vector<std::string> take() { return std::move(tokens_); }

private:
  std::size_t most_;
  std::size_t most_bytes_;
  std::size_t bytes_ = 0;
  std::unordered_set<std::string> seen_;
  std::vector<std::string> tokens_;
};

struct IndexSink {
  Tokens tokens{most_tokens, most_token_bytes};

  bool compound(const Compound &compound) {
    bool room = true;
    for (std::size_t at = 0; at < compound.size() && room; ++at) {
      room = tokens.add(compound.word(at)) && tokens.add(compound.from(at));
    }
    return room;
  }
  bool neighbours(WordView run) {
    bool room = true;
    for (std::size_t at = 0; at < run.size() && room; ++at) {
      room = tokens.add(run.substr(at, 2));
    }
    return room;
  }
  bool single(WordView one) { return tokens.add(one); }
};

struct SearchSink {
  Tokens tokens{most_search_tokens, most_search_tokens *(longest_token + 1)};

  /// Numbers are looked for as one, "1,234.50" and "2026-11-21"; of everything else what was written together:
  /// "ord1001", but "ord" and "1001" of "ord-1001".
  bool compound(const Compound &compound) {
    const bool number =
        std::all_of(compound.classes.begin(), compound.classes.end(), [](Class each) { return each == Class::digit; });
    if (number) {
      return tokens.add(compound.from(0));
    }
    bool room = true;
    for (std::size_t at = 0; at < compound.units.size() && room; ++at) {
      room = tokens.add(compound.unit(at));
    }
    return room;
  }
  bool neighbours(WordView run) {
    bool room = run.size() > 1 || tokens.add(run);
    for (std::size_t at = 0; at + 1 < run.size() && room; ++at) {
      room = tokens.add(run.substr(at, 2));
    }
    return room;
  }
  bool single(WordView one) { return tokens.add(one); }
};

template <class Sink>
std::vector<std::string> tokens_of(std::string_view text) {
  Sink sink;
  Cutter<Sink>(sink).cut(folded(text));
  return sink.tokens.take();
}

} // namespace

std::string index_tokens(std::string_view text) {
  std::string joined;
  for (const std::string &token : tokens_of<IndexSink>(text)) {
    joined += joined.empty() ? "" : " ";
    joined += token;
  }
  return joined;
}

std::string index_tokens_of_markdown(std::string_view markdown) {
  return index_tokens(to_plain(markdown));
}

std::vector<std::string> search_tokens(std::string_view text) {
  return tokens_of<SearchSink>(text);
}

} // namespace parley::text
