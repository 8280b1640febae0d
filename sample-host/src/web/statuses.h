// What orders, requests and quotes are in: stored in English, shown in the person's language, and filtered as they are shown.
#ifndef PARLEY_SAMPLE_HOST_WEB_STATUSES_H
#define PARLEY_SAMPLE_HOST_WEB_STATUSES_H

#include <string>
#include <string_view>

namespace host {

// "shipped" -> "versandt"; others as they are. [thread-safe]
std::string shown_status(std::string_view locale, const std::string &status);
// The statuses that are shown with these letters in them, with commas; empty: none is. [thread-safe]
std::string meant_statuses(std::string_view locale, std::string_view letters);

} // namespace host

#endif
