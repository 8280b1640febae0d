#include "plugin/text/unicode.hpp"

#include <cstdint>
#include <limits>
#include <memory>
#include <stdexcept>
#include <vector>

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

namespace parley::text {
namespace {

constexpr std::string_view ellipsis = "…";

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion" // ICU's macro
/// The code point at `position`, which is moved behind it; < 0 where the bytes are none.
UChar32 next_code_point(std::string_view text, std::size_t &position) {
  UChar32 code = 0;
  U8_NEXT(text.data(), position, text.size(), code);
  return code;
}
#pragma GCC diagnostic pop

/// Calls `visit(code, begin, end)` for each code point, code < 0 where the bytes are none; until it answers false.
template <class Visit>
void each_code_point(std::string_view text, Visit visit) {
  std::size_t position = 0;
  while (position < text.size()) {
    const std::size_t begin = position;
    const UChar32 code = next_code_point(text, position);
    if (!visit(code, begin, position)) {
      return;
    }
  }
}

/// Finds the borders of graphemes in one text, which must be valid UTF-8 and outlive it.
class Graphemes {
public:
  explicit Graphemes(std::string_view text) : size_(text.size()) {
    if (text.size() > static_cast<std::size_t>(std::numeric_limits<int32_t>::max())) {
      throw std::length_error("text is too long");
    }
    UErrorCode status = U_ZERO_ERROR;
    handle_.reset(utext_openUTF8(nullptr, text.data(), static_cast<int64_t>(text.size()), &status));
    iterator().setText(handle_.get(), status);
    if (U_FAILURE(status)) {
      throw std::runtime_error("grapheme borders are not available");
    }
    iterator().first();
  }

  /// The next border in bytes, or the end.
  std::size_t next() {
    const int32_t border = iterator().next();
    return border == icu::BreakIterator::DONE ? size_ : static_cast<std::size_t>(border);
  }

private:
  struct Close {
    void operator()(UText *text) const { utext_close(text); }
  };

  // Making one costs more than using it.
  static icu::BreakIterator &iterator() {
    thread_local const std::unique_ptr<icu::BreakIterator> kept = make();
    return *kept;
  }

  static std::unique_ptr<icu::BreakIterator> make() {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> made(
        icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
    if (U_FAILURE(status) || !made) {
      throw std::runtime_error("grapheme borders are not available");
    }
    return made;
  }

  std::size_t size_;
  std::unique_ptr<UText, Close> handle_;
};

bool shows_nothing(UChar32 code) {
  constexpr UChar32 braille_blank = 0x2800;
  return u_isUWhiteSpace(code) || u_charType(code) == U_CONTROL_CHAR || code == braille_blank ||
         u_hasBinaryProperty(code, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

/// White space becomes one space, at the ends none; what is not UTF-8 becomes U+FFFD.
std::string in_one_line(std::string_view text) {
  std::string line;
  bool space = false;
  each_code_point(text, [&](UChar32 code, std::size_t begin, std::size_t end) {
    if (code >= 0 && (u_isUWhiteSpace(code) || u_charType(code) == U_CONTROL_CHAR)) {
      space = true;
      return true;
    }
    if (space && !line.empty()) {
      line += ' ';
    }
    space = false;
    line += code < 0 ? std::string_view("\xEF\xBF\xBD") : text.substr(begin, end - begin);
    return true;
  });
  return line;
}

std::string upper(std::string_view grapheme) {
  std::string result;
  bool first = true;
  each_code_point(grapheme, [&](UChar32 code, std::size_t begin, std::size_t end) {
    if (first && code >= 0) {
      char bytes[U8_MAX_LENGTH];
      std::size_t length = 0;
      const auto raised = static_cast<std::uint32_t>(u_toupper(code));
      U8_APPEND_UNSAFE(bytes, length, raised);
      result.append(bytes, length);
    } else {
      result += grapheme.substr(begin, end - begin);
    }
    first = false;
    return true;
  });
  return result;
}

/// The first grapheme of a word that begins with a letter or digit.
std::string initial(std::string_view word) {
  std::string found;
  each_code_point(word, [&](UChar32 code, std::size_t begin, std::size_t /*end*/) {
    if (code < 0 || !u_isalnum(code)) {
      return true;
    }
    const std::string_view rest = word.substr(begin);
    Graphemes graphemes(rest);
    found = upper(rest.substr(0, graphemes.next()));
    return false;
  });
  return found;
}

} // namespace

bool valid_utf8(std::string_view text) {
  bool valid = true;
  each_code_point(text, [&](UChar32 code, std::size_t, std::size_t) { return valid = code >= 0; });
  return valid;
}

bool blank(std::string_view text) {
  bool nothing = true;
  each_code_point(text,
                  [&](UChar32 code, std::size_t, std::size_t) { return nothing = code >= 0 && shows_nothing(code); });
  return nothing;
}

std::size_t code_points(std::string_view text) {
  std::size_t count = 0;
  each_code_point(text, [&](UChar32, std::size_t, std::size_t) {
    ++count;
    return true;
  });
  return count;
}

std::string first_code_points(std::string_view text, std::size_t count) {
  std::size_t limit = 0;
  std::size_t seen = 0;
  std::string clean;
  bool shortened = false;
  each_code_point(text, [&](UChar32 code, std::size_t begin, std::size_t end) {
    if (seen++ == count) {
      limit = clean.size();
      shortened = true;
    }
    clean += code < 0 ? std::string_view("\xEF\xBF\xBD") : text.substr(begin, end - begin);
    return seen <= count + 64; // enough to know whether the border is inside of a grapheme
  });
  if (!shortened) {
    return clean;
  }
  Graphemes graphemes(clean);
  std::size_t cut = 0;
  for (std::size_t border = graphemes.next(); border <= limit; border = graphemes.next()) {
    cut = border;
    if (border == clean.size()) {
      break;
    }
  }
  return clean.substr(0, cut == 0 ? limit : cut);
}

std::string preview(std::string_view text, std::size_t graphemes) {
  // A grapheme may have any number of code points; this many bytes are more than any honest one needs.
  constexpr std::size_t most_bytes_each = 64;
  const std::size_t enough = (graphemes + 1) * most_bytes_each;
  const bool long_text = text.size() > enough;
  std::string line = in_one_line(text.substr(0, enough));
  Graphemes borders(line);
  std::size_t before_last = 0;
  std::size_t border = 0;
  for (std::size_t count = 0; count < graphemes && border < line.size(); ++count) {
    before_last = border;
    border = borders.next();
  }
  if (border >= line.size() && !long_text) {
    return line;
  }
  line.resize(before_last);
  while (!line.empty() && line.back() == ' ') {
    line.pop_back();
  }
  return line.append(ellipsis);
}

std::string isolated(std::string_view text) {
  bool turns = false;
  each_code_point(text, [&](UChar32 code, std::size_t, std::size_t) {
    switch (code < 0 ? U_LEFT_TO_RIGHT : u_charDirection(code)) {
    case U_RIGHT_TO_LEFT:
    case U_RIGHT_TO_LEFT_ARABIC:
    case U_LEFT_TO_RIGHT_EMBEDDING:
    case U_LEFT_TO_RIGHT_OVERRIDE:
    case U_RIGHT_TO_LEFT_EMBEDDING:
    case U_RIGHT_TO_LEFT_OVERRIDE:
    case U_LEFT_TO_RIGHT_ISOLATE:
    case U_RIGHT_TO_LEFT_ISOLATE:
    case U_FIRST_STRONG_ISOLATE:
      turns = true;
      break;
    default:
      break;
    }
    return !turns;
  });
  return turns ? "\u2068" + std::string(text) + "\u2069" : std::string(text);
}

std::string initials(std::string_view name) {
  const std::string line = in_one_line(name);
  std::vector<std::string> letters;
  for (std::string_view rest = line; !rest.empty();) {
    const std::size_t end = rest.find(' ');
    if (std::string letter = initial(rest.substr(0, end)); !letter.empty()) {
      letters.push_back(std::move(letter));
    }
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  if (letters.empty()) {
    return {};
  }
  return letters.size() == 1 ? letters.front() : letters.front() + letters.back();
}

} // namespace parley::text
