// Custom elements of plugins, as parley/ext/elements.h asks a host to place them.
#ifndef PARLEY_SAMPLE_HOST_WEB_ELEMENTS_H
#define PARLEY_SAMPLE_HOST_WEB_ELEMENTS_H

#include <string>

#include "sample-host/src/actor.h"
#include "sample-host/src/web/site.h"

namespace host {

inline constexpr const char *csrf_header = "X-CSRF-Token";
inline constexpr const char *csrf_field = "csrf_token";

// What an element is about; empty where it does not apply.
struct ElementSubject {
  std::string record_type;
  std::string record_id;
  std::string return_url;
  std::string label; // for assistive technology
};

// HTML of one element, everything escaped. record_types: JSON, or empty.
std::string element_html(const std::string &element, const Site &site, const Actor &actor,
                         const std::string &csrf_token, const std::string &record_types,
                         const ElementSubject &subject = {});
std::string escape_html(const std::string &text);

} // namespace host

#endif
