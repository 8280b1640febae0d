#include "sample-host/src/web/elements.h"

#include <parley/ext/elements.h>

namespace host {

std::string escape_html(const std::string &text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
    case '&':
      result += "&amp;";
      break;
    case '<':
      result += "&lt;";
      break;
    case '>':
      result += "&gt;";
      break;
    case '"':
      result += "&quot;";
      break;
    case '\'':
      result += "&#39;";
      break;
    default:
      result.push_back(c);
    }
  }
  return result;
}

std::string element_html(const std::string &element, const Site &site, const Actor &actor,
                         const std::string &csrf_token, const std::string &record_types,
                         const ElementSubject &subject) {
  // The registry lets names of custom elements through only; this is for the day when one is wrong.
  if (element.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") != std::string::npos ||
      element.find('-') == std::string::npos) {
    return {};
  }
  std::string html = "<" + element;
  const auto add = [&](const char *name, const std::string &value) {
    if (!value.empty()) {
      html += std::string(" ") + name + "=\"" + escape_html(value) + "\"";
    }
  };
  add(PARLEY_ELEMENT_API_BASE, site.api);
  add(PARLEY_ELEMENT_APPLICATION, site.application);
  add(PARLEY_ELEMENT_LOCALE, actor.locale);
  add(PARLEY_ELEMENT_TIME_ZONE, actor.time_zone);
  add(PARLEY_ELEMENT_CSRF_HEADER, csrf_header);
  add(PARLEY_ELEMENT_CSRF_TOKEN, csrf_token);
  add(PARLEY_ELEMENT_RECORD_TYPE, subject.record_type);
  add(PARLEY_ELEMENT_RECORD_ID, subject.record_id);
  add(PARLEY_ELEMENT_URL_TEMPLATE, site.base + "/{type}/{id}");
  add(PARLEY_ELEMENT_PAGE_TEMPLATE, site.base + "/pages/{page}");
  add(PARLEY_ELEMENT_RETURN_URL, subject.return_url);
  add(PARLEY_ELEMENT_ACTOR_TYPE, actor.type);
  add(PARLEY_ELEMENT_ACTOR_ID, actor.id);
  add(PARLEY_ELEMENT_RECORD_TYPES, record_types);
  add("aria-label", subject.label);
  return html + "></" + element + ">";
}

} // namespace host
