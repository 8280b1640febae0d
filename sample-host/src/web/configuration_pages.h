// System > Configuration: the settings that are registered, by their groups and levels.
#ifndef PARLEY_SAMPLE_HOST_WEB_CONFIGURATION_PAGES_H
#define PARLEY_SAMPLE_HOST_WEB_CONFIGURATION_PAGES_H

#include <string>

#include "sample-host/src/web/page.h"

namespace host {

class Settings;

// "/admin/configuration" without its base.
extern const std::string configuration_path;

// Each answers "not found" to who may not manage settings. The query says which level and group:
// ?level=website:2&group=Commerce/Customer/Interactions
Response configuration_page(Page &page, Settings &settings);
Response save_configuration(Page &page, Settings &settings, const Fields &form);

} // namespace host

#endif
