#include "sample-host/src/times.h"

#include <array>
#include <chrono>
#include <cstdio>

namespace host {
namespace {

constexpr std::int64_t second = 1'000'000;
constexpr std::int64_t day = 86'400 * second;

// Days since 1970-01-01 of a date in the Gregorian calendar, and back: Howard Hinnant's algorithms.
std::int64_t days_of(std::int64_t year, unsigned month, unsigned day_of_month) {
  year -= month <= 2 ? 1 : 0;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const auto year_of_era = static_cast<unsigned>(year - era * 400);
  const unsigned day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day_of_month - 1;
  const unsigned day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + static_cast<std::int64_t>(day_of_era) - 719468;
}

struct Date {
  std::int64_t year;
  unsigned month;
  unsigned day;
};

Date date_of(std::int64_t days) {
  days += 719468;
  const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const auto day_of_era = static_cast<unsigned>(days - era * 146097);
  const unsigned year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const unsigned day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const unsigned shifted = (5 * day_of_year + 2) / 153;
  const unsigned month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {static_cast<std::int64_t>(year_of_era) + era * 400 + (month <= 2 ? 1 : 0), month,
          day_of_year - (153 * shifted + 2) / 5 + 1};
}

struct Moment {
  Date date;
  int hour;
  int minute;
  int second;
  int micros;
};

Moment moment_of(std::int64_t us) {
  std::int64_t days = us / day;
  std::int64_t rest = us % day;
  if (rest < 0) {
    rest += day;
    --days;
  }
  return {date_of(days), static_cast<int>(rest / (3600 * second)), static_cast<int>(rest / (60 * second) % 60),
          static_cast<int>(rest / second % 60), static_cast<int>(rest % second)};
}

// Reads exactly `digits` digits at `at`.
std::optional<int> digits_at(std::string_view text, std::size_t at, std::size_t digits) {
  int value = 0;
  for (std::size_t i = at; i < at + digits; ++i) {
    if (i >= text.size() || text[i] < '0' || text[i] > '9') {
      return std::nullopt;
    }
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

} // namespace

std::int64_t now_us() {
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::string format_time(std::int64_t us) {
  const Moment moment = moment_of(us);
  std::array<char, 64> buffer{};
  int length =
      std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(moment.date.year),
                    moment.date.month, moment.date.day, moment.hour, moment.minute, moment.second);
  std::string text(buffer.data(), static_cast<std::size_t>(length));
  if (moment.micros != 0) {
    length = std::snprintf(buffer.data(), buffer.size(), ".%06d", moment.micros);
    text.append(buffer.data(), static_cast<std::size_t>(length));
  }
  return text + "Z";
}

std::optional<std::int64_t> parse_time(std::string_view text) {
  const auto year = digits_at(text, 0, 4);
  const auto month = digits_at(text, 5, 2);
  const auto day_of_month = digits_at(text, 8, 2);
  if (!year || !month || !day_of_month || text[4] != '-' || text[7] != '-' || *month < 1 || *month > 12 ||
      *day_of_month < 1 || *day_of_month > 31) {
    return std::nullopt;
  }
  std::int64_t us = days_of(*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day_of_month)) * day;
  if (text.size() == 10) {
    return us;
  }
  const auto hour = digits_at(text, 11, 2);
  const auto minute = digits_at(text, 14, 2);
  const auto seconds = digits_at(text, 17, 2);
  if (!hour || !minute || !seconds || (text[10] != 'T' && text[10] != 't' && text[10] != ' ') || text[13] != ':' ||
      text[16] != ':' || *hour > 23 || *minute > 59 || *seconds > 60) {
    return std::nullopt;
  }
  us += (*hour * 3600LL + *minute * 60LL + *seconds) * second;
  std::size_t at = 19;
  if (at < text.size() && text[at] == '.') {
    std::int64_t scale = second / 10;
    for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
      us += (text[at] - '0') * scale;
      scale /= 10;
    }
  }
  if (at == text.size() || ((text[at] == 'Z' || text[at] == 'z') && at + 1 == text.size())) {
    return us;
  }
  const auto offset_hour = digits_at(text, at + 1, 2);
  const auto offset_minute = digits_at(text, at + 4, 2);
  if (!offset_hour || !offset_minute || text.size() != at + 6 || text[at + 3] != ':' ||
      (text[at] != '+' && text[at] != '-')) {
    return std::nullopt;
  }
  const std::int64_t offset = (*offset_hour * 3600LL + *offset_minute * 60LL) * second;
  return text[at] == '+' ? us - offset : us + offset;
}

std::string display_day(std::int64_t us, std::string_view language) {
  static constexpr std::array<const char *, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const Moment moment = moment_of(us);
  std::array<char, 64> buffer{};
  const int year = static_cast<int>(moment.date.year);
  const int length = language == "de" ? std::snprintf(buffer.data(), buffer.size(), "%02u.%02u.%04d", moment.date.day,
                                                      moment.date.month, year)
                                      : std::snprintf(buffer.data(), buffer.size(), "%s %u, %d",
                                                      months.at(moment.date.month - 1), moment.date.day, year);
  return {buffer.data(), static_cast<std::size_t>(length)};
}

std::string display_time(std::int64_t us, std::string_view language) {
  const Moment moment = moment_of(us);
  std::array<char, 32> buffer{};
  const int length = std::snprintf(buffer.data(), buffer.size(), ", %02d:%02d UTC", moment.hour, moment.minute);
  return display_day(us, language) + std::string(buffer.data(), static_cast<std::size_t>(length));
}

} // namespace host
