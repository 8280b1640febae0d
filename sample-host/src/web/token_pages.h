// The page where an administrator makes and revokes API tokens.
#ifndef PARLEY_SAMPLE_HOST_WEB_TOKEN_PAGES_H
#define PARLEY_SAMPLE_HOST_WEB_TOKEN_PAGES_H

#include <string>

#include "sample-host/src/web/page.h"

namespace host {

class Accounts;
class ApiTokens;

// "/admin/api-tokens" without its base.
extern const std::string api_tokens_path;

// Each answers "not found" to who may not manage tokens.
Response api_tokens_page(Page &page, ApiTokens &tokens, Accounts &accounts);
Response make_api_token(Page &page, ApiTokens &tokens, Accounts &accounts, const Fields &form);
Response confirm_revocation(Page &page, ApiTokens &tokens, Accounts &accounts, const std::string &id);
Response revoke_api_token(Page &page, ApiTokens &tokens, const std::string &id);

} // namespace host

#endif
