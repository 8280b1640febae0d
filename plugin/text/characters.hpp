#pragma once

#include <string>
#include <string_view>

#include <unicode/unistr.h>

/// What a character is to a search: part of a word or none, and which others are the same to it.
namespace parley::text {

/// joint: joins two words that are written together, "ORD-1001". pair: of a script without spaces, in which words are
/// found by two neighbours; half of a flag, too. single: a word by itself, an emoji.
enum class CharacterClass { other, joint, letter, digit, pair, single };

[[nodiscard]] CharacterClass class_of(UChar32 character);

/// An accent, or a point, which stands on a letter and makes no other word of it.
[[nodiscard]] bool is_dropped_mark(UChar32 character);

/// In small letters and one width, without what shows nothing; of a longer text than a million bytes its beginning.
/// What is not valid UTF-8 is replaced. Throws std::runtime_error where ICU has no data.
[[nodiscard]] icu::UnicodeString folded(std::string_view text);

/// Appends the folded letter without its accents: nothing for one that only stretches a word.
void append_plain(std::u32string &word, UChar32 character);

} // namespace parley::text
