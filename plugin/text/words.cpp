#include "plugin/text/words.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include <unicode/uchar.h>

#include "plugin/text/characters.hpp"
#include "plugin/text/markdown.hpp"
#include "plugin/text/token.hpp"

namespace parley::text {
namespace {

using Word = std::u32string;
using WordView = std::u32string_view;

/// Words that were written together, "ORD-1001": their characters without what joins them, and where each begins.
struct Compound {
  Word characters;
  std::vector<std::size_t> begins;     ///< of words
  std::vector<CharacterClass> classes; ///< one a word: letter or digit
  std::vector<std::size_t> units;      ///< the words, by their places, before which something joins, and the first

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
    const CharacterClass kind = class_of(character);
    if (kind != CharacterClass::pair && is_dropped_mark(character)) {
      return; // and nothing ends at it
    }
    if (kind != CharacterClass::pair) {
      end_neighbours();
    }
    switch (kind) {
    case CharacterClass::letter:
    case CharacterClass::digit:
      take_letter(character, kind);
      return;
    case CharacterClass::joint:
      // One of them joins, two of them part.
      joint_ ? end_compound() : join();
      return;
    case CharacterClass::pair:
      end_compound();
      neighbours_ += static_cast<char32_t>(character);
      return;
    case CharacterClass::single:
      end_compound();
      going_ = going_ && sink_.single(WordView(Word(1, static_cast<char32_t>(character))));
      return;
    case CharacterClass::other:
      end_compound();
      return;
    }
  }

  void take_letter(UChar32 character, CharacterClass kind) {
    const bool begins = unit_classes_.empty() || unit_classes_.back() != kind;
    const std::size_t before = compound_.characters.size();
    if (kind == CharacterClass::digit) {
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
      unit_classes_.assign(1, CharacterClass::letter);
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
  std::vector<CharacterClass> unit_classes_;
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
    const bool number = std::all_of(compound.classes.begin(), compound.classes.end(),
                                    [](CharacterClass each) { return each == CharacterClass::digit; });
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
