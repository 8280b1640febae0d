// CSV as RFC 4180 has it, for spreadsheets: what people wrote never becomes a formula there.
#ifndef PARLEY_SAMPLE_HOST_WEB_CSV_H
#define PARLEY_SAMPLE_HOST_WEB_CSV_H

#include <string>
#include <string_view>
#include <vector>

namespace host {

struct CsvCell {
  std::string text;
  bool number = false; // a number of ours, which may begin with a minus
};

// What a file begins with, so that spreadsheets read it as UTF-8.
inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// Appends one line.
void append_csv_row(std::string &csv, const std::vector<CsvCell> &cells);

} // namespace host

#endif
