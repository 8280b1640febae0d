#include "sample-host/src/web/front.h"

#include <nlohmann/json.hpp>

#include <parley/status.h>

#include "sample-host/src/auth/accounts.h"
#include "sample-host/src/auth/secrets.h"
#include "sample-host/src/catalogue/database.h"
#include "sample-host/src/contract/log.h"
#include "sample-host/src/fault.h"
#include "sample-host/src/web/api.h"
#include "sample-host/src/web/api_reference.h"
#include "sample-host/src/web/assets.h"
#include "sample-host/src/web/configuration_pages.h"
#include "sample-host/src/web/language_page.h"
#include "sample-host/src/web/login_pages.h"
#include "sample-host/src/web/pages.h"
#include "sample-host/src/web/role_pages.h"
#include "sample-host/src/web/session_pages.h"
#include "sample-host/src/web/token_pages.h"

namespace host {
namespace {

using Segments = std::vector<std::string>;

// The path below a site's base, decoded; nothing where it cannot be read.
std::optional<Segments> segments_of(std::string_view path) {
  Segments segments;
  for (const std::string &part : split(path, '/')) {
    auto decoded = percent_decode(part);
    if (!decoded || !is_clean_utf8(*decoded)) {
      return std::nullopt;
    }
    if (!decoded->empty()) {
      segments.push_back(std::move(*decoded));
    }
  }
  return segments;
}

bool is_below(const std::string &path, const std::string &base) {
  return path == base || starts_with(path, base + "/");
}

void protect(Response &response) {
  response.with("Content-Security-Policy",
                "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
                "frame-ancestors 'none'; base-uri 'none'; form-action 'self'");
  response.with("X-Content-Type-Options", "nosniff");
  response.with("Referrer-Policy", "same-origin");
}

bool is_api(const std::string &path) {
  return is_below(path, backoffice_site().api) || is_below(path, storefront_site().api);
}

const Site &site_of(const Request &request) {
  return is_below(request.path, backoffice_site().base) ? backoffice_site() : storefront_site();
}

Response apology(const Request &request, int status, const std::string &text) {
  if (is_api(request.path)) {
    return api_error(status, status == 503 ? "unavailable" : "internal", "Error", text);
  }
  const std::string locale = accepted_language(request);
  return message_page(site_of(request), locale, status, words(locale, "This did not work"), words(locale, text));
}

// Says in the log why an answer was broken off.
std::function<bool(std::string &)> logged(std::function<bool(std::string &)> more, Log &log, const std::string &id) {
  return [more = std::move(more), &log, id](std::string &piece) {
    try {
      return more(piece);
    } catch (const std::exception &error) {
      log.write(PARLEY_LOG_ERROR, "page.broken-off", error.what(), id);
      throw;
    }
  };
}

} // namespace

Response refusal(const std::string &path, int status, const std::string &reason) {
  Response response = is_api(path) ? api_error(status, "http", "Request Refused", reason) : plain(status, reason);
  protect(response);
  return response;
}

Front::Front(const FrontServices &services)
    : accounts_(services.accounts), tokens_(services.tokens), sessions_(services.sessions),
      settings_(services.settings), roles_(services.roles), plugins_(services.plugins),
      log_(services.log), web_services_{services.plugins, services.sessions, services.rights, services.preferences,
                                        services.settings} {}

Response Front::handle(const Request &request) noexcept {
  Response response;
  try {
    try {
      response = route(request);
    } catch (const DatabaseError &error) {
      log_.write(PARLEY_LOG_ERROR, "catalogue.unavailable", error.what(), request.id);
      response = apology(request, 503, word("The catalogue cannot be reached. Try again in a moment."));
    } catch (const Fault &fault) {
      log_.write(PARLEY_LOG_ERROR, "page.failed", fault.what(), request.id);
      response = apology(request, fault.status() == PARLEY_UNAVAILABLE ? 503 : 500, fault.what());
    } catch (const std::exception &error) {
      log_.write(PARLEY_LOG_ERROR, "internal", error.what(), request.id);
      response = apology(request, 500, word("Something went wrong on our side."));
    }
    if (response.more != nullptr) {
      response.more = logged(std::move(response.more), log_, request.id);
    }
    response.with("X-Request-Id", request.id);
    protect(response);
  } catch (...) {
    response = {};
    response.status = 500;
  }
  return response;
}

Response Front::route(const Request &request) {
  if (is_below(request.path, "/assets")) {
    return request.reads() ? serve_asset(plugins_, request)
                           : plain(405, "Files can only be read.").with("Allow", "GET");
  }
  return route_site(site_of(request), request);
}

Response Front::read_page(Page &page, const Segments &at) {
  const bool backoffice = page.site().side == Side::backoffice;
  const std::size_t depth = at.size();
  if (depth == 0) {
    return backoffice ? dashboard(page) : shop_home(page);
  }
  if (at[0] == "pages") {
    return depth == 2   ? registered_page(page, at[1])
           : depth == 3 ? header_action_page(page, at[1], at[2])
                        : page.not_found();
  }
  if (depth == 1 && "/" + at[0] == api_tokens_path) {
    return api_tokens_page(page, tokens_, accounts_);
  }
  if (depth == 3 && "/" + at[0] == api_tokens_path && at[2] == "revoke") {
    return confirm_revocation(page, tokens_, accounts_, at[1]);
  }
  if ("/" + at[0] == api_reference_path && depth <= 2) {
    return depth == 1 ? api_reference_page(page) : api_resource_page(page, at[1]);
  }
  if (depth == 1 && "/" + at[0] == configuration_path) {
    return configuration_page(page, settings_);
  }
  if ("/" + at[0] == roles_path && depth <= 2) {
    return depth == 1 ? roles_page(page, roles_) : role_page(page, roles_, at[1]);
  }
  if (depth == 1 && "/" + at[0] == language_path) {
    return language_page(page);
  }
  if (depth == 1 && "/" + at[0] == sessions_path) {
    return sessions_page(page, sessions_);
  }
  if (at[0] == "workflows") {
    return depth == 1 ? workflows_page(page) : depth == 2 ? workflow_page(page, at[1]) : page.not_found();
  }
  if (depth == 1) {
    return at[0] == "profile" && !backoffice ? profile(page) : grid_page(page, at[0]);
  }
  if (depth == 2 && at[1] == "export") {
    return export_rows(page, at[0]);
  }
  if (depth == 2) {
    return at[1] == "new" ? form_page(page, at[0], "") : record_page(page, at[0], at[1]);
  }
  if (depth == 3 && at[2] == "edit") {
    return form_page(page, at[0], at[1]);
  }
  if (depth == 3 && at[2] == "delete") {
    return delete_page(page, at[0], at[1]);
  }
  if (depth == 4 && at[2] == "actions") {
    return record_action_page(page, at[0], at[1], at[3]);
  }
  return page.not_found();
}

Response Front::write_page(Page &page, const Segments &at, const Fields &form) {
  if (!at.empty() && "/" + at[0] == api_tokens_path) {
    return at.size() == 1                        ? make_api_token(page, tokens_, accounts_, form)
           : at.size() == 3 && at[2] == "revoke" ? revoke_api_token(page, tokens_, at[1])
                                                 : page.not_found();
  }
  if (at.size() == 1 && "/" + at[0] == configuration_path) {
    return save_configuration(page, settings_, form);
  }
  if (at.size() == 2 && "/" + at[0] == roles_path) {
    return save_role(page, roles_, at[1], form);
  }
  if (at.size() == 1 && "/" + at[0] == language_path) {
    return choose_language(page, accounts_, form);
  }
  if (at.size() == 1 && "/" + at[0] == sessions_path) {
    return end_other_sessions(page, sessions_);
  }
  if (at.size() == 3 && at[0] == "workflows") {
    return switch_workflow(page, at[1], at[2]);
  }
  if (at.size() == 2 && at[1] == "new") {
    return save_form(page, at[0], "", form);
  }
  if (at.size() == 2 && at[1] == "columns") {
    return choose_columns(page, at[0], form);
  }
  if (at.size() == 2 && at[1] == "delete") {
    return delete_rows(page, at[0], form);
  }
  if (at.size() == 3 && at[2] == "edit") {
    return save_form(page, at[0], at[1], form);
  }
  if (at.size() == 3 && at[2] == "delete") {
    return delete_record(page, at[0], at[1]);
  }
  if (at.size() == 4 && at[2] == "transitions") {
    return perform_transition(page, at[0], at[1], at[3]);
  }
  return page.not_found();
}

std::optional<Visitor> Front::visitor_of(const Site &site, const Request &request) {
  const auto session = sessions_.find(site.side, request.cookie(site.cookie));
  if (!session) {
    return std::nullopt;
  }
  auto actor = accounts_.find(session->actor_type, session->actor_id);
  if (!actor) {
    return std::nullopt;
  }
  return Visitor{std::move(*actor), session->token, session->flash};
}

Response Front::route_site(const Site &site, const Request &request) {
  const std::optional<Visitor> visitor = visitor_of(site, request);
  if (is_below(request.path, site.api)) {
    return answer_api(site, {accounts_, tokens_}, plugins_, visitor, request);
  }
  if (!request.reads() && request.method != "POST") {
    return plain(405, "Pages can be read, and forms sent.").with("Allow", "GET, HEAD, POST");
  }
  if (request.path == site.login()) {
    if (!request.reads()) {
      return log_in(site, accounts_, sessions_, request);
    }
    return visitor ? redirect(site.home()) : login_form(site, request);
  }
  if (!visitor) {
    return ask_to_log_in(site, request);
  }
  const auto at = segments_of(std::string_view(request.path).substr(site.base.size()));
  const std::string &locale = visitor->actor.locale;
  // A list whose filters cannot be read must not show everything.
  if (!at || !parse_fields(request.query)) {
    return message_page(site, locale, 400, words(locale, "Not understood"),
                        words(locale, "This address cannot be read."));
  }
  Page page(web_services_, site, *visitor, request);
  if (request.reads()) {
    return read_page(page, *at);
  }
  const auto form = parse_fields(request.body);
  if (!form) {
    return message_page(site, locale, 400, words(locale, "Not understood"),
                        words(locale, "The form could not be read."));
  }
  if (!same_secret(field(*form, csrf_field), visitor->csrf_token())) {
    return message_page(site, locale, 403, words(locale, "Not allowed"),
                        words(locale, "The form is out of date. Go back, reload the page and try again."));
  }
  if (at->size() == 1 && at->front() == "logout") {
    return log_out(site, sessions_, *visitor);
  }
  return write_page(page, *at, *form);
}

} // namespace host
