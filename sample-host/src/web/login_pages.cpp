#include "sample-host/src/web/login_pages.h"

#include <nlohmann/json.hpp>

#include "sample-host/src/auth/accounts.h"
#include "sample-host/src/auth/sessions.h"
#include "sample-host/src/web/page.h"

namespace host {
namespace {

Response draw(const Site &site, const std::string &locale, const std::string &login, const std::string &target,
              const std::string &error, int status) {
  return bare_page(site, locale, words(locale, "Log In"), "login",
                   {{"site", site.name},
                    {"backoffice", site.side == Side::backoffice},
                    {"action", site.login()},
                    {"label", words(locale, site.login_label)},
                    {"inputType", site.side == Side::backoffice ? "text" : "email"},
                    {"login", login},
                    {"next", target},
                    {"error", error}},
                   status);
}

std::string cookie_of(const Site &site, const std::string &value) {
  return site.cookie + "=" + value + "; Path=/; HttpOnly; SameSite=Lax" + (value.empty() ? "; Max-Age=0" : "");
}

} // namespace

bool comes_from_here(const Request &request) {
  const std::string site = request.header("Sec-Fetch-Site");
  if (!site.empty() && site != "same-origin" && site != "none") {
    return false;
  }
  const std::string origin = request.header("Origin");
  return origin.empty() || origin == "http://" + request.header("Host") ||
         origin == "https://" + request.header("Host");
}

Response login_form(const Site &site, const Request &request) {
  const Fields query = parse_fields(request.query).value_or(Fields());
  return draw(site, accepted_language(request), "", site.own_address(field(query, "next")), "", 200);
}

Response log_in(const Site &site, Accounts &accounts, Sessions &sessions, const Request &request) {
  const std::string locale = accepted_language(request);
  if (!comes_from_here(request)) {
    return message_page(site, locale, 403, words(locale, "Not allowed"),
                        words(locale, "The form came from another place."));
  }
  const auto form = parse_fields(request.body);
  if (!form) {
    return message_page(site, locale, 400, words(locale, "Not understood"),
                        words(locale, "The form could not be read."));
  }
  const std::string login = field(*form, "username").substr(0, 255);
  const std::string target = site.own_address(field(*form, "next"));
  const LoginAnswer answer = accounts.log_in(site.side, login, field(*form, "password"));
  if (answer.wait_seconds > 0) {
    Response response = draw(site, locale, login, target,
                             words(locale, "Too many attempts. Try again in {seconds} seconds.",
                                   {{"seconds", std::to_string(answer.wait_seconds)}}),
                             429);
    return response.with("Retry-After", std::to_string(answer.wait_seconds));
  }
  if (!answer.actor) {
    return draw(site, locale, login, target, words(locale, site.login_wrong), 401);
  }
  const std::string token = sessions.begin(*answer.actor, request.cookie(site.cookie));
  return redirect(target).with("Set-Cookie", cookie_of(site, token));
}

Response log_out(const Site &site, Sessions &sessions, const Visitor &visitor) {
  sessions.end(visitor.token);
  return redirect(site.login()).with("Set-Cookie", cookie_of(site, ""));
}

Response ask_to_log_in(const Site &site, const Request &request) {
  if (!request.reads() || request.path == site.home()) {
    return redirect(site.login());
  }
  const std::string target = request.path + (request.query.empty() ? "" : "?" + request.query);
  return redirect(site.login() + "?next=" + percent_encode(target));
}

} // namespace host
