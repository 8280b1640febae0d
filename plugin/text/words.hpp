#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// What search looks for, made once here, so that every database gives the same answers.
///
/// A text becomes words without regard to case, accents and width, and each word an index token: small ASCII letters and
/// digits only, 4 to 80 of them, so that every full-text index takes it whole and knows no stop word among them. The
/// beginning of a word makes the beginning of its token: that is how words are found by their beginnings.
///
/// - Letters with their marks are words; digits are words, in whatever script they are written ("١٠٠١" is "1001"). Letters
///   and digits side by side are two words and one: "ord1001" is "ord", "1001" and "ord1001".
/// - Words that one character of punctuation joins are also kept from each of them to the end: "e-mail" is "e", "mail" and
///   "email".
/// - Chinese, Japanese, Thai, Lao, Khmer and Burmese have no spaces: each two neighbouring characters are a word, so that
///   whatever two or more characters stand side by side are found. So are the last one alone, and each emoji.
/// - Marks are dropped where they are accents or points (Latin, Greek, Cyrillic, Hebrew, Arabic), not where they are vowels.
///
/// No dictionary and no locale takes part: what was indexed years ago is found by the words of today.
namespace parley::text {

/// More than these are not indexed: of a text, and of what is searched for.
inline constexpr std::size_t most_tokens = 8'000;
inline constexpr std::size_t most_token_bytes = 60'000; ///< with the spaces between them
inline constexpr std::size_t most_search_tokens = 24;

/// The index tokens of a text, without repeats, in the order of the text, with a space between them.
[[nodiscard]] std::string index_tokens(std::string_view text);

/// Of Markdown: of the text without its markup.
[[nodiscard]] std::string index_tokens_of_markdown(std::string_view markdown);

/// What a search text asks for: each is the beginning of an index token, or a whole one. All of them have to be found. None: the text holds no word.
[[nodiscard]] std::vector<std::string> search_tokens(std::string_view text);

} // namespace parley::text
