#include "sample-host/src/web/session_pages.h"

#include <nlohmann/json.hpp>

#include "sample-host/src/auth/sessions.h"
#include "sample-host/src/times.h"

namespace host {
namespace {

using Json = nlohmann::json;

Json moment(std::int64_t us, const std::string &language) {
  return {{"text", display_time(us, language)}, {"at", format_time(us)}};
}

} // namespace

const std::string sessions_path = "/sessions";

Response sessions_page(Page &page, Sessions &sessions) {
  const Actor &actor = page.visitor().actor;
  const std::string language = language_of(actor.locale);
  Json list = Json::array();
  for (const OpenSession &session : sessions.all_of(actor, page.visitor().token)) {
    list.push_back({{"begun", moment(session.created_at, language)},
                    {"seen", moment(session.seen_at, language)},
                    {"current", session.current}});
  }
  const std::string title = page.words("Sessions");
  const bool others = list.size() > 1;
  return page.show(
      title, "sessions",
      {{"title", title}, {"action", page.request().path}, {"sessions", std::move(list)}, {"others", others}});
}

Response end_other_sessions(Page &page, Sessions &sessions) {
  const std::size_t ended = sessions.end_others(page.visitor().actor, page.visitor().token);
  return page.go(page.site().base + sessions_path, ended == 0
                                                       ? page.words("You were logged in nowhere else.")
                                                       : page.words("You have been logged out everywhere else."));
}

} // namespace host
