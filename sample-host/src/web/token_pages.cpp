#include "sample-host/src/web/token_pages.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include <nlohmann/json.hpp>

#include "sample-host/src/auth/accounts.h"
#include "sample-host/src/auth/api_tokens.h"
#include "sample-host/src/catalogue/rights.h"
#include "sample-host/src/times.h"
#include "sample-host/src/web/api_reference.h"

namespace host {
namespace {

using Json = nlohmann::json;

constexpr std::int64_t one_day = 86'400'000'000;
constexpr std::size_t longest_name = 100; // bytes
constexpr const char *usual_days = "90";

struct Term {
  const char *days; // "0": never
  const char *label;
};
constexpr Term terms[] = {
    {"30", word("In 30 days")}, {usual_days, word("In 90 days")}, {"365", word("In a year")}, {"0", word("Never")}};

// What the form brought, and what is wrong with it.
struct Entry {
  std::string name;
  std::string login;
  std::string days = usual_days;
  std::string name_error;
  std::string login_error;
  std::string days_error;
};

std::string person_of(Accounts &accounts, const ApiToken &token) {
  const auto actor = accounts.find(token.actor_type, token.actor_id);
  return actor ? actor->name + " (" + actor->login + ")" : std::string();
}

std::string revoke_path(Page &page, const ApiToken &token) {
  return page.site().base + api_tokens_path + "/" + std::to_string(token.id) + "/revoke";
}

// Time for people and for programs; empty where there is none.
Json moment(Page &page, std::int64_t us) {
  const std::string language = language_of(page.visitor().actor.locale);
  return {{"text", us == 0 ? std::string() : display_time(us, language)},
          {"at", us == 0 ? std::string() : format_time(us)}};
}

Json terms_of(Page &page, const Entry &entry) {
  Json choices = Json::array();
  for (const Term &term : terms) {
    choices.push_back({{"days", term.days}, {"label", page.words(term.label)}, {"chosen", entry.days == term.days}});
  }
  return choices;
}

Response draw(Page &page, ApiTokens &tokens, Accounts &accounts, const Entry &entry, Json model, int status) {
  const std::int64_t now = now_us();
  model["action"] = page.site().base + api_tokens_path;
  model["reference"] = page.site().base + api_reference_path;
  model["name"] = entry.name;
  model["login"] = entry.login;
  model["nameError"] = entry.name_error;
  model["loginError"] = entry.login_error;
  model["daysError"] = entry.days_error;
  model["terms"] = terms_of(page, entry);
  model["tokens"] = Json::array();
  for (const ApiToken &token : tokens.all()) {
    const std::string person = person_of(accounts, token);
    model["tokens"].push_back({{"token", token.name},
                               {"person", person},
                               {"made", moment(page, token.created_at)},
                               {"used", moment(page, token.used_at)},
                               {"expires", moment(page, token.expires_at)},
                               {"expired", token.expires_at != 0 && token.expires_at <= now},
                               {"revoke", revoke_path(page, token)}});
  }
  model["hasTokens"] = !model["tokens"].empty();
  return page.show(page.words("API Tokens"), "api_tokens", std::move(model), status).with("Cache-Control", "no-store");
}

// ASCII's, and those that Unicode has beside them (U+0080 to U+009F). The text is UTF-8.
bool has_control_characters(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0U;
    if (byte < 0x20 || byte == 0x7f || (byte == 0xc2 && next < 0xa0)) {
      return true;
    }
  }
  return false;
}

bool check(Page &page, Entry &entry, const std::optional<Actor> &acts_as) {
  if (entry.name.empty()) {
    entry.name_error = page.words("Give the token a name.");
  } else if (entry.name.size() > longest_name) {
    entry.name_error = page.words("A name has 100 bytes or less.");
  } else if (has_control_characters(entry.name)) {
    entry.name_error = page.words("A name has no control characters, such as tabs.");
  }
  if (!acts_as) {
    entry.login_error = page.words("There is nobody with this user name or e-mail address.");
  }
  if (std::none_of(std::begin(terms), std::end(terms), [&](const Term &term) { return entry.days == term.days; })) {
    entry.days_error = page.words("Choose when the token expires.");
  }
  return entry.name_error.empty() && entry.login_error.empty() && entry.days_error.empty();
}

} // namespace

const std::string api_tokens_path = "/api-tokens";

Response api_tokens_page(Page &page, ApiTokens &tokens, Accounts &accounts) {
  if (!page.manages(managed::api_tokens)) {
    return page.not_found();
  }
  Json model = Json::object();
  if (page.request().method == "GET") { // who asks for the head alone does not get to see it
    if (const auto made = tokens.take_shown(page.visitor().token)) {
      model["made"] = {{"token", made->token}, {"tokenName", made->name}};
    }
  }
  return draw(page, tokens, accounts, {}, std::move(model), 200);
}

Response make_api_token(Page &page, ApiTokens &tokens, Accounts &accounts, const Fields &form) {
  if (!page.manages(managed::api_tokens)) {
    return page.not_found();
  }
  Entry entry{trim(field(form, "name")), trim(field(form, "login")), field(form, "days"), {}, {}, {}};
  const auto acts_as = accounts.find_by_login(entry.login);
  if (!check(page, entry, acts_as)) {
    return draw(page, tokens, accounts, entry, Json::object(), 422);
  }
  const std::int64_t days = parse_id(entry.days).value_or(0);
  const std::int64_t expires = days == 0 ? 0 : now_us() + days * one_day;
  const std::string token = tokens.make(*acts_as, entry.name, page.visitor().actor, expires);
  // Shown by the page that comes next, so that to load that again makes no second token.
  tokens.show_next(page.visitor().token, {entry.name, token});
  return redirect(page.site().base + api_tokens_path);
}

Response confirm_revocation(Page &page, ApiTokens &tokens, Accounts &accounts, const std::string &id) {
  const auto number = parse_id(id);
  const auto token = page.manages(managed::api_tokens) && number ? tokens.find(*number) : std::nullopt;
  if (!token) {
    return page.not_found();
  }
  const std::string question = page.words("Revoke the token “{token}”?", {{"token", token->name}});
  return page.show(question, "revoke_token",
                   {{"title", question},
                    {"person", person_of(accounts, *token)},
                    {"action", revoke_path(page, *token)},
                    {"cancel", page.site().base + api_tokens_path}});
}

Response revoke_api_token(Page &page, ApiTokens &tokens, const std::string &id) {
  const auto number = parse_id(id);
  if (!page.manages(managed::api_tokens) || !number || !tokens.revoke(*number)) {
    return page.not_found();
  }
  return page.go(page.site().base + api_tokens_path, page.words("The token was revoked."));
}

} // namespace host
