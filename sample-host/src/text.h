// Small helpers for text: percent-encoding, splitting, queries, validity.
#ifndef PARLEY_SAMPLE_HOST_TEXT_H
#define PARLEY_SAMPLE_HOST_TEXT_H

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace host {

// "a%20b" -> "a b"; `plus_is_space` for forms and queries. Nothing for a broken escape.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space = false);
// Keeps unreserved characters only.
std::string percent_encode(std::string_view text);
std::vector<std::string> split(std::string_view text, char separator);
std::string lower_ascii(std::string_view text);
// A label inside a sentence: "Order" -> "order", but "RFQ" stays.
std::string in_a_sentence(const std::string &label);
std::string trim(std::string_view text);
bool starts_with(std::string_view text, std::string_view prefix);
// Without NUL bytes, and well-formed.
bool is_clean_utf8(std::string_view text);
// Digits only, fits 64 bits.
std::optional<std::int64_t> parse_id(std::string_view text);

// Fields of a query or of a form in the order in which they came.
using Fields = std::vector<std::pair<std::string, std::string>>;
// Nothing where an escape is broken or a text is not clean.
std::optional<Fields> parse_fields(std::string_view text);
std::string field(const Fields &fields, std::string_view name);
std::string write_fields(const Fields &fields);

// A text in several languages; "en" is always there.
using Labels = std::map<std::string, std::string, std::less<>>;
const std::string &label_for(const Labels &labels, std::string_view locale);

} // namespace host

#endif
