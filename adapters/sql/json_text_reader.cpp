#include "adapters/sql/json_text_reader.hpp"

#include <charconv>

#include "adapters/connection/database_error.hpp"

namespace parley::adapters::sql {
namespace {

[[noreturn]] void wrong() {
  throw DatabaseError(ErrorKind::schema, "There is JSON that this build does not know.");
}

} // namespace

void JsonTextReader::skip_space() {
  while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t' || text_[at_] == '\r')) {
    ++at_;
  }
}

bool JsonTextReader::take(char mark) {
  skip_space();
  if (at_ < text_.size() && text_[at_] == mark) {
    ++at_;
    return true;
  }
  return false;
}

void JsonTextReader::expect(char mark) {
  if (!take(mark)) {
    wrong();
  }
}

void JsonTextReader::append_escaped(std::string &text) {
  if (at_ >= text_.size()) {
    wrong();
  }
  const char kind = text_[at_++];
  if (kind == '"' || kind == '\\' || kind == '/') {
    text += kind;
    return;
  }
  // Databases have short forms for some control characters; these are all that else is ever escaped here.
  constexpr std::string_view kShort = "bfnrt";
  constexpr std::string_view kMeant = "\b\f\n\r\t";
  if (const auto at = kShort.find(kind); at != std::string_view::npos) {
    text += kMeant[at];
    return;
  }
  unsigned code = 0;
  const char *begin = text_.data() + at_;
  if (kind != 'u' || text_.size() - at_ < 4 || std::from_chars(begin, begin + 4, code, 16).ptr != begin + 4 ||
      code >= 0x80) {
    wrong();
  }
  at_ += 4;
  text += static_cast<char>(code);
}

std::string JsonTextReader::string() {
  expect('"');
  std::string text;
  while (true) {
    const std::size_t end = text_.find_first_of("\"\\", at_);
    if (end == std::string_view::npos) {
      wrong();
    }
    text.append(text_, at_, end - at_);
    at_ = end + 1;
    if (text_[end] == '"') {
      return text;
    }
    append_escaped(text);
  }
}

std::int64_t JsonTextReader::number() {
  skip_space();
  std::int64_t value = 0;
  const char *begin = text_.data() + at_;
  const auto [stopped, problem] = std::from_chars(begin, text_.data() + text_.size(), value);
  if (problem != std::errc()) {
    wrong();
  }
  at_ += static_cast<std::size_t>(stopped - begin);
  return value;
}

void JsonTextReader::end() {
  skip_space();
  if (at_ != text_.size()) {
    wrong();
  }
}

} // namespace parley::adapters::sql
