#include "sample-host/src/web/language_page.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "sample-host/src/auth/accounts.h"
#include "sample-host/src/zones.h"

namespace host {
namespace {

using Json = nlohmann::json;

struct Choice {
  std::string language;
  std::string zone;
};

bool is_language(const std::string &name) {
  const auto languages = spoken_languages();
  return std::any_of(languages.begin(), languages.end(), [&](const Language &one) { return name == one.tag; });
}

bool is_zone(const std::string &name) {
  const auto &zones = zone_names();
  return std::find(zones.begin(), zones.end(), name) != zones.end();
}

Response draw(Page &page, const Choice &choice, int status) {
  Json languages = Json::array();
  for (const Language &one : spoken_languages()) {
    languages.push_back({{"tag", one.tag}, {"name", one.name}, {"chosen", choice.language == one.tag}});
  }
  Json zones = Json::array();
  for (const std::string &zone : zone_names()) {
    zones.push_back({{"zone", zone}, {"chosen", choice.zone == zone}});
  }
  const std::string title = page.words("Language and Time Zone");
  const bool sent = status != 200;
  return page.show(title, "language",
                   {{"title", title},
                    {"action", page.request().path},
                    {"languages", std::move(languages)},
                    {"zones", std::move(zones)},
                    {"languageError", sent && !is_language(choice.language) ? page.words("Choose a language.") : ""},
                    {"zoneError", sent && !is_zone(choice.zone) ? page.words("Choose a time zone.") : ""},
                    {"cancel", page.site().home()}},
                   status);
}

} // namespace

const std::string language_path = "/language";

Response language_page(Page &page) {
  const Actor &actor = page.visitor().actor;
  return draw(page, {language_of(actor.locale), actor.time_zone}, 200);
}

Response choose_language(Page &page, Accounts &accounts, const Fields &form) {
  const Choice choice{field(form, "language"), field(form, "zone")};
  if (!is_language(choice.language) || !is_zone(choice.zone)) {
    return draw(page, choice, 422);
  }
  const Actor &actor = page.visitor().actor;
  // "en-GB" stays what it is for somebody who keeps English.
  const std::string locale = language_of(actor.locale) == choice.language ? actor.locale : choice.language;
  accounts.choose_language(actor, locale, choice.zone);
  return page.go(page.site().base + language_path, words(locale, "Language and time zone have been saved"));
}

} // namespace host
