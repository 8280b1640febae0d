#include "sample-host/src/web/csv.h"

#include <algorithm>
#include <array>

#include "sample-host/src/text.h"

namespace host {
namespace {

// What makes a formula of a cell: OWASP, "CSV Injection". The wide ones are what some input methods write.
bool begins_a_formula(std::string_view text) {
  static constexpr std::array<std::string_view, 8> beginnings = {"=", "+", "-", "@", "＝", "＋", "－", "＠"};
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [&](std::string_view beginning) { return starts_with(text, beginning); });
}

bool is_blank_character(char character) {
  return character == '\t' || character == '\r' || character == '\n';
}

// Spreadsheets show what stands behind an apostrophe as it is. Every text is quoted, so that none ends at a comma; but some
// readers take semicolons or tabs for what separates, and every line for a row, and no heed of the quotes then.
void append_text(std::string &csv, std::string_view text) {
  csv += '"';
  bool begins = true;
  bool separated = false; // by nothing but quotes and blanks from a semicolon, a tab or the line before
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (begins && (begins_a_formula(text.substr(at)) || (at == 0 && is_blank_character(text[at])))) {
      csv += '\'';
    }
    csv += text[at];
    if (text[at] == '"') {
      csv += text[at];
    }
    const char here = text[at];
    const bool separates = here == ';' || is_blank_character(here);
    separated = separates || (separated && (here == '"' || here == ' '));
    begins = separated;
  }
  csv += '"';
}

} // namespace

void append_csv_row(std::string &csv, const std::vector<CsvCell> &cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    csv += i == 0 ? "" : ",";
    if (cells[i].number) {
      csv += cells[i].text;
    } else if (!cells[i].text.empty()) {
      append_text(csv, cells[i].text);
    }
  }
  csv += "\r\n";
}

} // namespace host
