// Rules for names and bytes.
#ifndef PARLEY_HOST_TEXT_HPP
#define PARLEY_HOST_TEXT_HPP

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley::host {

// Well-formed UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view bytes);

// "conversations": lower case letters and digits, a letter first, at most 64 bytes.
bool is_type_name(std::string_view name);
// A JSON:API member name of ASCII letters, digits, "-" and "_", that does not begin or end with a mark; not "id" or "type".
bool is_member_name(std::string_view name);
// A name in the registry: letters, digits, "-", "_", "."; at most 128 bytes.
bool is_registry_name(std::string_view name);
// In an address: lower case letters, digits, hyphens.
bool is_operation_name(std::string_view name);
// A custom element: begins with a lower case letter, has a hyphen, no upper case.
bool is_element_name(std::string_view name);

std::vector<std::string_view> split(std::string_view text, char separator);
std::string_view trim(std::string_view text);
bool equal_ignoring_case(std::string_view left, std::string_view right);
std::string lower_case(std::string_view text);

// A decimal number as JSON would write it, without exponent: "978.00", "-0.5"; at most 64 bytes.
bool is_decimal(std::string_view text);

// RFC 3339 date and time, or a date alone (its midnight in UTC), as UTC: "2026-01-31T08:00:00.123456Z". Nothing where it
// is none or has more than six digits behind the second.
std::optional<std::string> utc_datetime(std::string_view text);

} // namespace parley::host

#endif
