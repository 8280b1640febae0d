// Times: UTC microseconds since 1970 inside, RFC 3339 outside.
#ifndef PARLEY_SAMPLE_HOST_TIMES_H
#define PARLEY_SAMPLE_HOST_TIMES_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace host {

std::int64_t now_us();
// "2026-01-31T08:00:00.123456Z"; without the fraction where it is zero.
std::string format_time(std::int64_t us);
// Takes offsets, too: "2026-01-31T09:00:00+01:00".
std::optional<std::int64_t> parse_time(std::string_view text);
// For people: "Jan 31, 2026"; "31.01.2026" for those who read German.
std::string display_day(std::int64_t us, std::string_view language);
// "Jan 31, 2026, 08:00 UTC"; "31.01.2026, 08:00 UTC".
std::string display_time(std::int64_t us, std::string_view language);

} // namespace host

#endif
