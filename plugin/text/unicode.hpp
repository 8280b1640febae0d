#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Questions about UTF-8 text. Functions that take text other than valid_utf8 replace what is not valid UTF-8.
namespace parley::text {

[[nodiscard]] bool valid_utf8(std::string_view text);

/// Nothing but white space, controls and characters that show nothing.
[[nodiscard]] bool blank(std::string_view text);

[[nodiscard]] std::size_t code_points(std::string_view text);

/// The first `count` code points, cut between graphemes where that is possible.
[[nodiscard]] std::string first_code_points(std::string_view text, std::size_t count);

/// In one line, at most `graphemes` long: cut between graphemes, with "…" as the last one where something was cut off.
[[nodiscard]] std::string preview(std::string_view text, std::size_t graphemes);

/// For use within a sentence: what is written from right to left, or says so by control characters, is set between marks that
/// keep it from turning the words around it. Source: Unicode Standard Annex #9, 2.4 (isolates).
[[nodiscard]] std::string isolated(std::string_view text);

/// At most two letters for a name: "JD" for "John Doe". Empty for a blank name.
[[nodiscard]] std::string initials(std::string_view name);

} // namespace parley::text
