// The pages, drawn from descriptors: they know no plugin, and little of the host's own entities.
#ifndef PARLEY_SAMPLE_HOST_WEB_PAGES_H
#define PARLEY_SAMPLE_HOST_WEB_PAGES_H

#include <string>

#include "sample-host/src/web/page.h"

namespace host {

// grid_page.cpp: /{type}; /pages/{page} of an entity
Response grid_page(Page &page, const std::string &type);
Response registered_grid_page(Page &page, const nlohmann::json &registered);

// grid_columns.cpp: POST /{type}/columns
Response choose_columns(Page &page, const std::string &type, const Fields &form);

// grid_export.cpp: GET /{type}/export; ?page=... for the grid of a registered page
Response export_rows(Page &page, const std::string &type);

// grid_deletion.cpp: POST /{type}/delete, once to be asked, once more to do it
Response delete_rows(Page &page, const std::string &type, const Fields &form);

// record_page.cpp
Response record_page(Page &page, const std::string &type, const std::string &id);
Response delete_page(Page &page, const std::string &type, const std::string &id);
Response delete_record(Page &page, const std::string &type, const std::string &id);
Response perform_transition(Page &page, const std::string &type, const std::string &id, const std::string &transition);

// forms.cpp: id is empty for a new one
Response form_page(Page &page, const std::string &type, const std::string &id);
Response save_form(Page &page, const std::string &type, const std::string &id, const Fields &form);

// plugin_pages.cpp
Response registered_page(Page &page, const std::string &name);
Response header_action_page(Page &page, const std::string &name, const std::string &action);
Response record_action_page(Page &page, const std::string &type, const std::string &id, const std::string &action);

// workflow_pages.cpp
Response workflows_page(Page &page);
Response workflow_page(Page &page, const std::string &name);
// change: "activate" or "deactivate"
Response switch_workflow(Page &page, const std::string &name, const std::string &change);

// start_pages.cpp
Response dashboard(Page &page);
Response shop_home(Page &page);
Response profile(Page &page);

} // namespace host

#endif
