#include "sample-host/src/zones.h"

#include <algorithm>
#include <memory>

#include <unicode/gregocal.h>
#include <unicode/strenum.h>
#include <unicode/timezone.h>

namespace host {
namespace {

std::optional<int> number_at(std::string_view text, std::size_t at, std::size_t digits) {
  int value = 0;
  for (const char c : text.substr(at, digits)) {
    if (c < '0' || c > '9') {
      return std::nullopt;
    }
    value = value * 10 + (c - '0');
  }
  return value;
}

std::unique_ptr<icu::TimeZone> zone_named(const std::string &name) {
  std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(name)));
  if (*zone == icu::TimeZone::getUnknown()) {
    zone.reset(icu::TimeZone::getGMT()->clone());
  }
  return zone;
}

std::optional<std::int64_t> midnight(std::string_view date, const std::string &zone, int days_later) {
  if (date.size() != 10 || date[4] != '-' || date[7] != '-') {
    return std::nullopt;
  }
  const auto year = number_at(date, 0, 4);
  const auto month = number_at(date, 5, 2);
  const auto day = number_at(date, 8, 2);
  if (!year || !month || !day) {
    return std::nullopt;
  }
  UErrorCode error = U_ZERO_ERROR;
  icu::GregorianCalendar calendar(zone_named(zone).release(), error); // takes it
  calendar.setLenient(false);
  calendar.clear();
  calendar.set(*year, *month - 1, *day);
  calendar.getTime(error); // a 31st of February ends here
  if (days_later != 0) {
    calendar.setLenient(true); // where clocks go forward at midnight, the day begins an hour later
    calendar.add(UCAL_DATE, days_later, error);
  }
  const UDate milliseconds = calendar.getTime(error);
  return U_FAILURE(error) ? std::nullopt : std::optional<std::int64_t>(static_cast<std::int64_t>(milliseconds) * 1000);
}

} // namespace

std::optional<std::int64_t> begin_of_day(std::string_view date, const std::string &zone) {
  return midnight(date, zone, 0);
}

std::optional<std::int64_t> end_of_day(std::string_view date, const std::string &zone) {
  return midnight(date, zone, 1);
}

std::int64_t offset_at(std::int64_t us, const std::string &zone) {
  UErrorCode error = U_ZERO_ERROR;
  std::int32_t standard = 0;
  std::int32_t summer = 0;
  zone_named(zone)->getOffset(static_cast<UDate>(us) / 1000, false, standard, summer, error);
  return U_FAILURE(error) ? 0 : (std::int64_t{standard} + summer) * 1000;
}

const std::vector<std::string> &zone_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> found = {"UTC"};
    UErrorCode error = U_ZERO_ERROR;
    const std::unique_ptr<icu::StringEnumeration> zones(
        icu::TimeZone::createTimeZoneIDEnumeration(UCAL_ZONE_TYPE_CANONICAL_LOCATION, nullptr, nullptr, error));
    while (U_SUCCESS(error)) {
      const icu::UnicodeString *name = zones->snext(error);
      if (name == nullptr) {
        break;
      }
      name->toUTF8String(found.emplace_back());
    }
    std::sort(found.begin() + 1, found.end());
    return found;
  }();
  return names;
}

} // namespace host
