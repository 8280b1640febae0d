#include "host-sdk/src/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>

namespace parley::host {
namespace {

bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter_or_digit(char c) {
  return is_lower(c) || is_upper(c) || is_digit(c);
}

template <class Rule>
bool all_of(std::string_view text, Rule rule) {
  return std::all_of(text.begin(), text.end(), rule);
}

// Days since 1970-01-01 of a date of the proleptic Gregorian calendar, and back.
std::int64_t days_from_civil(std::int64_t year, std::int64_t month, std::int64_t day) {
  year -= month <= 2 ? 1 : 0;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

struct Date {
  std::int64_t year, month, day;
};

Date civil_from_days(std::int64_t days) {
  days += 719468;
  const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const std::int64_t day_of_era = days - era * 146097;
  const std::int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted = (5 * day_of_year + 2) / 153;
  const std::int64_t month = shifted + (shifted < 10 ? 3 : -9);
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day_of_year - (153 * shifted + 2) / 5 + 1};
}

// Reads `count` digits at `position` and moves it on.
bool read_number(std::string_view text, std::size_t &position, std::size_t count, std::int64_t &number) {
  if (position + count > text.size() || !all_of(text.substr(position, count), is_digit)) {
    return false;
  }
  number = 0;
  for (const char c : text.substr(position, count)) {
    number = number * 10 + (c - '0');
  }
  position += count;
  return true;
}

bool read_mark(std::string_view text, std::size_t &position, std::string_view marks) {
  if (position >= text.size() || marks.find(text[position]) == std::string_view::npos) {
    return false;
  }
  ++position;
  return true;
}

} // namespace

bool is_utf8(std::string_view bytes) {
  std::size_t i = 0;
  const auto byte = [&](std::size_t index) { return static_cast<unsigned char>(bytes[index]); };
  while (i < bytes.size()) {
    const unsigned first = byte(i);
    std::size_t more = 0;
    unsigned low = 0x80;
    unsigned high = 0xBF;
    if (first < 0x80) {
      ++i;
      continue;
    }
    if (first >= 0xC2 && first <= 0xDF) {
      more = 1;
    } else if (first >= 0xE0 && first <= 0xEF) {
      more = 2;
      low = first == 0xE0 ? 0xA0 : 0x80;
      high = first == 0xED ? 0x9F : 0xBF;
    } else if (first >= 0xF0 && first <= 0xF4) {
      more = 3;
      low = first == 0xF0 ? 0x90 : 0x80;
      high = first == 0xF4 ? 0x8F : 0xBF;
    } else {
      return false;
    }
    if (i + more >= bytes.size() || byte(i + 1) < low || byte(i + 1) > high) {
      return false;
    }
    for (std::size_t k = 2; k <= more; ++k) {
      if (byte(i + k) < 0x80 || byte(i + k) > 0xBF) {
        return false;
      }
    }
    i += more + 1;
  }
  return true;
}

bool is_type_name(std::string_view name) {
  return !name.empty() && name.size() <= 64 && is_lower(name.front()) &&
         all_of(name, [](char c) { return is_lower(c) || is_digit(c); });
}

bool is_member_name(std::string_view name) {
  return !name.empty() && name.size() <= 64 && is_letter_or_digit(name.front()) && is_letter_or_digit(name.back()) &&
         name != "id" && name != "type" &&
         all_of(name, [](char c) { return is_letter_or_digit(c) || c == '-' || c == '_'; });
}

bool is_registry_name(std::string_view name) {
  return !name.empty() && name.size() <= 128 && is_letter_or_digit(name.front()) &&
         all_of(name, [](char c) { return is_letter_or_digit(c) || c == '-' || c == '_' || c == '.'; });
}

bool is_operation_name(std::string_view name) {
  return !name.empty() && name.size() <= 64 && name.front() != '-' &&
         all_of(name, [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
}

bool is_element_name(std::string_view name) {
  return !name.empty() && name.size() <= 128 && is_lower(name.front()) && name.find('-') != std::string_view::npos &&
         all_of(name, [](char c) { return is_lower(c) || is_digit(c) || c == '-' || c == '_' || c == '.'; });
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  while (true) {
    const std::size_t end = text.find(separator, begin);
    if (end == std::string_view::npos) {
      parts.push_back(text.substr(begin));
      return parts;
    }
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
}

std::string_view trim(std::string_view text) {
  const std::string_view blank = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(blank);
  if (begin == std::string_view::npos) {
    return {};
  }
  return text.substr(begin, text.find_last_not_of(blank) - begin + 1);
}

std::string lower_case(std::string_view text) {
  std::string result(text);
  for (char &c : result) {
    c = is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return result;
}

bool equal_ignoring_case(std::string_view left, std::string_view right) {
  return left.size() == right.size() && lower_case(left) == lower_case(right);
}

bool is_decimal(std::string_view text) {
  std::size_t at = !text.empty() && text.front() == '-' ? 1 : 0;
  const auto digits = [&] {
    const std::size_t begin = at;
    while (at < text.size() && is_digit(text[at])) {
      ++at;
    }
    return at - begin;
  };
  const std::size_t first = at;
  const std::size_t whole = digits();
  if (whole == 0 || (whole > 1 && text[first] == '0') || text.size() > 64) {
    return false;
  }
  if (at < text.size() && text[at] == '.') {
    ++at;
    if (digits() == 0) {
      return false;
    }
  }
  return at == text.size();
}

std::optional<std::string> utc_datetime(std::string_view text) {
  std::size_t at = 0;
  std::int64_t year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  if (!read_number(text, at, 4, year) || !read_mark(text, at, "-") || !read_number(text, at, 2, month) ||
      !read_mark(text, at, "-") || !read_number(text, at, 2, day)) {
    return std::nullopt;
  }
  const std::array<std::int64_t, 12> lengths{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12) {
    return std::nullopt;
  }
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  const std::int64_t length = lengths[static_cast<std::size_t>(month - 1)] + (month == 2 && leap ? 1 : 0);
  if (day < 1 || day > length) {
    return std::nullopt;
  }
  std::string fraction;
  std::int64_t offset_minutes = 0;
  if (at != text.size()) {
    if (!read_mark(text, at, "Tt ") || !read_number(text, at, 2, hour) || !read_mark(text, at, ":") ||
        !read_number(text, at, 2, minute) || !read_mark(text, at, ":") || !read_number(text, at, 2, second) ||
        hour > 23 || minute > 59 || second > 59) {
      return std::nullopt;
    }
    if (read_mark(text, at, ".")) {
      while (at < text.size() && is_digit(text[at])) {
        fraction.push_back(text[at++]);
      }
      if (fraction.empty() || fraction.size() > 6) {
        return std::nullopt;
      }
    }
    if (!read_mark(text, at, "Zz")) {
      std::int64_t hours = 0, minutes = 0;
      const std::size_t sign_at = at;
      if (!read_mark(text, at, "+-") || !read_number(text, at, 2, hours) || !read_mark(text, at, ":") ||
          !read_number(text, at, 2, minutes) || hours > 23 || minutes > 59) {
        return std::nullopt;
      }
      offset_minutes = (hours * 60 + minutes) * (text[sign_at] == '-' ? -1 : 1);
    }
    if (at != text.size()) {
      return std::nullopt;
    }
  }
  std::int64_t minutes = days_from_civil(year, month, day) * 1440 + hour * 60 + minute - offset_minutes;
  std::int64_t days = minutes / 1440;
  minutes %= 1440;
  if (minutes < 0) {
    minutes += 1440;
    --days;
  }
  const Date date = civil_from_days(days);
  if (date.year < 0 || date.year > 9999) {
    return std::nullopt;
  }
  std::array<char, 64> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%04d-%02d-%02dT%02d:%02d:%02d", static_cast<int>(date.year),
                static_cast<int>(date.month), static_cast<int>(date.day), static_cast<int>(minutes / 60),
                static_cast<int>(minutes % 60), static_cast<int>(second));
  std::string result(buffer.data());
  if (!fraction.empty()) {
    result += '.' + fraction;
  }
  return result + 'Z';
}

} // namespace parley::host
