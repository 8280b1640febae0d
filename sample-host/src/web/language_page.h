// Language and time zone: what people choose for themselves, in either application.
#ifndef PARLEY_SAMPLE_HOST_WEB_LANGUAGE_PAGE_H
#define PARLEY_SAMPLE_HOST_WEB_LANGUAGE_PAGE_H

#include "sample-host/src/web/page.h"

namespace host {

class Accounts;

extern const std::string language_path;

Response language_page(Page &page);
Response choose_language(Page &page, Accounts &accounts, const Fields &form);

} // namespace host

#endif
