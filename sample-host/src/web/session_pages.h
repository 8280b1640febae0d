// Where somebody is logged in, and how to end that everywhere else; in either application.
#ifndef PARLEY_SAMPLE_HOST_WEB_SESSION_PAGES_H
#define PARLEY_SAMPLE_HOST_WEB_SESSION_PAGES_H

#include "sample-host/src/web/page.h"

namespace host {

class Sessions;

extern const std::string sessions_path;

Response sessions_page(Page &page, Sessions &sessions);
// The visitor's other sessions end; this one and API tokens stay.
Response end_other_sessions(Page &page, Sessions &sessions);

} // namespace host

#endif
