#include "sample-host/src/web/csv.h"

#include <algorithm>
#include <array>

#include "sample-host/src/text.h"

namespace host {
namespace {

// What makes a formula of a cell: OWASP, "CSV Injection". The wide ones are what some input methods write.
bool begins_a_formula(std::string_view text) {
  static constexpr std::array<std::string_view, 11> beginnings = {"=",  "+",  "-",  "@",  "\t", "\r",
                                                                  "\n", "＝", "＋", "－", "＠"};
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [&](std::string_view beginning) { return starts_with(text, beginning); });
}

// Spreadsheets show what stands behind an apostrophe as it is. Every text is quoted, so that none ends at a separator.
void append_text(std::string &csv, std::string_view text) {
  csv += '"';
  if (begins_a_formula(text)) {
    csv += '\'';
  }
  for (const char c : text) {
    csv += c;
    if (c == '"') {
      csv += c;
    }
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
