#include "sample-host/src/web/statuses.h"

#include <algorithm>
#include <iterator>

#include "sample-host/src/text.h"
#include "sample-host/src/words.h"

namespace host {
namespace {

constexpr const char *statuses[] = {word("accepted"), word("cancelled"), word("closed"), word("declined"),
                                    word("draft"),    word("expired"),   word("open"),   word("processing"),
                                    word("quoted"),   word("sent"),      word("shipped")};

} // namespace

std::string shown_status(std::string_view locale, const std::string &status) {
  const bool known =
      std::any_of(std::begin(statuses), std::end(statuses), [&](const char *one) { return status == one; });
  return known ? words(locale, status) : status;
}

std::string meant_statuses(std::string_view locale, std::string_view letters) {
  std::string meant;
  for (const char *status : statuses) {
    if (lower_ascii(words(locale, status)).find(lower_ascii(letters)) != std::string::npos) {
      meant += (meant.empty() ? "" : ",") + std::string(status);
    }
  }
  return meant;
}

} // namespace host
