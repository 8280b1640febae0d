#include "sample-host/src/web/token_pages.h"

#include <nlohmann/json.hpp>

#include "sample-host/src/auth/accounts.h"
#include "sample-host/src/auth/api_tokens.h"
#include "sample-host/src/times.h"
#include "sample-host/src/web/api_reference.h"

namespace host {
namespace {

using Json = nlohmann::json;

std::string person_of(Accounts &accounts, const ApiToken &token) {
  const auto actor = accounts.find(token.actor_type, token.actor_id);
  return actor ? actor->name + " (" + actor->login + ")" : std::string();
}

Response draw(Page &page, ApiTokens &tokens, Accounts &accounts, Json model, int status) {
  const std::string path = page.site().base + api_tokens_path;
  model["action"] = path;
  model["reference"] = page.site().base + api_reference_path;
  model["tokens"] = Json::array();
  for (const ApiToken &token : tokens.all()) {
    model["tokens"].push_back({{"name", token.name},
                               {"person", person_of(accounts, token)},
                               {"made", display_time(token.created_at)},
                               {"madeAt", format_time(token.created_at)},
                               {"used", display_time(token.used_at)},
                               {"usedAt", token.used_at == 0 ? Json(false) : Json(format_time(token.used_at))},
                               {"revoke", path + "/" + std::to_string(token.id) + "/revoke"}});
  }
  return page.show("API Tokens", "api_tokens", std::move(model), status).with("Cache-Control", "no-store");
}

} // namespace

const std::string api_tokens_path = "/api-tokens";

Response api_tokens_page(Page &page, ApiTokens &tokens, Accounts &accounts) {
  return page.manages_api_tokens() ? draw(page, tokens, accounts, Json::object(), 200) : page.not_found();
}

Response make_api_token(Page &page, ApiTokens &tokens, Accounts &accounts, const Fields &form) {
  if (!page.manages_api_tokens()) {
    return page.not_found();
  }
  const std::string name = trim(field(form, "name")).substr(0, 100);
  const std::string login = trim(field(form, "login")).substr(0, 200);
  const auto acts_as = accounts.find_by_login(login);
  if (name.empty() || !is_clean_utf8(name) || !acts_as) {
    const std::string error =
        !acts_as ? "There is nobody with this user name or e-mail address." : "Give the token a name.";
    return draw(page, tokens, accounts, {{"error", error}, {"name", name}, {"login", login}}, 422);
  }
  const std::string token = tokens.make(*acts_as, name, page.visitor().actor);
  return draw(page, tokens, accounts, {{"made", {{"name", name}, {"token", token}}}}, 200);
}

Response revoke_api_token(Page &page, ApiTokens &tokens, const std::string &id) {
  const auto number = parse_id(id);
  if (!page.manages_api_tokens() || !number || !tokens.revoke(*number)) {
    return page.not_found();
  }
  return page.go(page.site().base + api_tokens_path, "The token was revoked.");
}

} // namespace host
