// Days and times of day where somebody lives, by the time zone's name: "Europe/Berlin".
#ifndef PARLEY_SAMPLE_HOST_ZONES_H
#define PARLEY_SAMPLE_HOST_ZONES_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace host {

// When the day "2026-01-31" begins there, or the day after it ends: UTC microseconds. Nothing where it is no date. Unknown zones are UTC.
std::optional<std::int64_t> begin_of_day(std::string_view date, const std::string &zone);
std::optional<std::int64_t> end_of_day(std::string_view date, const std::string &zone);

// What the clocks there are ahead of UTC at a time: microseconds. 0 in unknown zones.
std::int64_t offset_at(std::int64_t us, const std::string &zone);

// "UTC", and the zones that people live in: "Africa/Abidjan" ... [thread-safe]
const std::vector<std::string> &zone_names();

} // namespace host

#endif
