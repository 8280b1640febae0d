// Logging in and out of one side of the host.
#ifndef PARLEY_SAMPLE_HOST_WEB_LOGIN_PAGES_H
#define PARLEY_SAMPLE_HOST_WEB_LOGIN_PAGES_H

#include "sample-host/src/web/http.h"
#include "sample-host/src/web/site.h"

namespace host {

class Accounts;
class Sessions;
struct Visitor;

Response login_form(const Site &site, const Request &request);
Response log_in(const Site &site, Accounts &accounts, Sessions &sessions, const Request &request);
// The caller has checked the form's token.
Response log_out(const Site &site, Sessions &sessions, const Visitor &visitor);
// To the form, and back to where the visitor wanted to go.
Response ask_to_log_in(const Site &site, const Request &request);
// Whether a form was sent from a page of this host, as far as the browser says. For forms without a session.
bool comes_from_here(const Request &request);

} // namespace host

#endif
