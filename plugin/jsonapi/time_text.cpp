#include "plugin/jsonapi/time_text.hpp"

#include <algorithm>
#include <cstdint>

namespace parley::jsonapi {
namespace {

constexpr std::int64_t second = 1'000'000;
constexpr std::int64_t day = 86'400 * second;

/// Days since 1970-01-01 of a date of the proleptic Gregorian calendar. Years begin in March here, so that the leap
/// day is their last.
std::int64_t days_from_date(std::int64_t year, std::int64_t month, std::int64_t day_of_month) {
  year -= month <= 2 ? 1 : 0;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day_of_month - 1;
  const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146'097 + day_of_era - 719'468;
}

struct Date {
  std::int64_t year, month, day;
};

Date date_from_days(std::int64_t days) {
  days += 719'468;
  const std::int64_t era = (days >= 0 ? days : days - 146'096) / 146'097;
  const std::int64_t day_of_era = days - era * 146'097;
  const std::int64_t year_of_era = (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t month_of_year = (5 * day_of_year + 2) / 153;
  const std::int64_t month = month_of_year + (month_of_year < 10 ? 3 : -9);
  return Date{year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day_of_year - (153 * month_of_year + 2) / 5 + 1};
}

std::int64_t days_in_month(std::int64_t year, std::int64_t month) {
  if (month == 2) {
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
  }
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

void append_digits(std::string &out, std::int64_t number, std::size_t width) {
  const std::size_t begin = out.size();
  out.append(width, '0');
  for (std::size_t place = begin + width; place > begin; --place) {
    out[place - 1] = static_cast<char>('0' + number % 10);
    number /= 10;
  }
}

/// Reads a text from its front.
class Reader {
public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool number(std::size_t width, std::int64_t &result) {
    if (rest_.size() < width) {
      return false;
    }
    result = 0;
    for (std::size_t index = 0; index < width; ++index) {
      if (!is_digit(rest_[index])) {
        return false;
      }
      result = result * 10 + (rest_[index] - '0');
    }
    rest_.remove_prefix(width);
    return true;
  }

  /// Takes one of the characters.
  bool one_of(std::string_view characters) {
    if (rest_.empty() || characters.find(rest_.front()) == std::string_view::npos) {
      return false;
    }
    rest_.remove_prefix(1);
    return true;
  }

  /// Takes the digits of a fraction of a second; at least one.
  bool fraction(std::int64_t &microseconds) {
    std::int64_t weight = second / 10;
    bool any = false;
    microseconds = 0;
    while (!rest_.empty() && is_digit(rest_.front())) {
      microseconds += (rest_.front() - '0') * weight;
      weight /= 10;
      any = true;
      rest_.remove_prefix(1);
    }
    return any;
  }

  [[nodiscard]] bool starts_with(char character) const { return !rest_.empty() && rest_.front() == character; }
  [[nodiscard]] bool done() const { return rest_.empty(); }

private:
  static bool is_digit(char character) { return character >= '0' && character <= '9'; }

  std::string_view rest_;
};

} // namespace

std::string format_time(domain::Time time) {
  const std::int64_t least = days_from_date(1, 1, 1) * day;
  const std::int64_t most = days_from_date(10'000, 1, 1) * day - 1;
  time = std::clamp(time, least, most);
  std::int64_t days = time / day;
  std::int64_t rest = time % day;
  if (rest < 0) {
    rest += day;
    --days;
  }
  const Date date = date_from_days(days);
  std::string text;
  text.reserve(27);
  append_digits(text, date.year, 4);
  text += '-';
  append_digits(text, date.month, 2);
  text += '-';
  append_digits(text, date.day, 2);
  text += 'T';
  append_digits(text, rest / (3'600 * second), 2);
  text += ':';
  append_digits(text, rest / (60 * second) % 60, 2);
  text += ':';
  append_digits(text, rest / second % 60, 2);
  text += '.';
  append_digits(text, rest % second, 6);
  text += 'Z';
  return text;
}

std::optional<domain::Time> parse_time(std::string_view text) {
  Reader reader(text);
  std::int64_t year = 0;
  std::int64_t month = 0;
  std::int64_t day_of_month = 0;
  std::int64_t hour = 0;
  std::int64_t minute = 0;
  std::int64_t seconds = 0;
  std::int64_t microseconds = 0;
  const bool read = reader.number(4, year) && reader.one_of("-") && reader.number(2, month) && reader.one_of("-") &&
                    reader.number(2, day_of_month) && reader.one_of("Tt ") && reader.number(2, hour) &&
                    reader.one_of(":") && reader.number(2, minute) && reader.one_of(":") && reader.number(2, seconds);
  if (!read || year < 1 || month < 1 || month > 12 || day_of_month < 1 || day_of_month > days_in_month(year, month) ||
      hour > 23 || minute > 59 || seconds > 60) {
    return std::nullopt;
  }
  if (reader.one_of(".") && !reader.fraction(microseconds)) {
    return std::nullopt;
  }
  std::int64_t offset = 0; // minutes
  if (!reader.one_of("Zz")) {
    const bool behind = reader.starts_with('-');
    std::int64_t hours = 0;
    std::int64_t minutes = 0;
    if (!(reader.one_of("+-") && reader.number(2, hours) && reader.one_of(":") && reader.number(2, minutes)) ||
        hours > 23 || minutes > 59) {
      return std::nullopt;
    }
    offset = (hours * 60 + minutes) * (behind ? -1 : 1);
  }
  if (!reader.done()) {
    return std::nullopt;
  }
  return days_from_date(year, month, day_of_month) * day + ((hour * 60 + minute - offset) * 60 + seconds) * second +
         microseconds;
}

} // namespace parley::jsonapi
