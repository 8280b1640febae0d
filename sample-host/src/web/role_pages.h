// System > Roles: how far each permission that is registered reaches for those who have a role.
#ifndef PARLEY_SAMPLE_HOST_WEB_ROLE_PAGES_H
#define PARLEY_SAMPLE_HOST_WEB_ROLE_PAGES_H

#include <string>

#include "sample-host/src/web/page.h"

namespace host {

class Roles;

// "/admin/roles" without its base.
extern const std::string roles_path;

// Each answers "not found" to who may not manage roles.
Response roles_page(Page &page, Roles &roles);
Response role_page(Page &page, Roles &roles, const std::string &id);
Response save_role(Page &page, Roles &roles, const std::string &id, const Fields &form);

} // namespace host

#endif
