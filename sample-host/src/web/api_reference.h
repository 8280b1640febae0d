// The API for people: the OpenAPI document of an application, as pages of the host.
#ifndef PARLEY_SAMPLE_HOST_WEB_API_REFERENCE_H
#define PARLEY_SAMPLE_HOST_WEB_API_REFERENCE_H

#include <string>

#include "sample-host/src/web/page.h"

namespace host {

// "/admin/api-reference" without its base.
extern const std::string api_reference_path;

// What there is, by resource, and what holds for all of it.
Response api_reference_page(Page &page);
// One resource: its operations and its document. `resource` is a tag of the OpenAPI document.
Response api_resource_page(Page &page, const std::string &resource);

} // namespace host

#endif
