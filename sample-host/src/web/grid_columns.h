// Which columns of a grid a person wants to see. What they hid is kept, so that a column that is new shows.
#ifndef PARLEY_SAMPLE_HOST_WEB_GRID_COLUMNS_H
#define PARLEY_SAMPLE_HOST_WEB_GRID_COLUMNS_H

#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "sample-host/src/web/page.h"

namespace host {

// Fields of the descriptor in the order of their columns. That of the title always shows.
std::vector<const nlohmann::json *> shown_columns(Page &page, const nlohmann::json &entity);
// Model of the form that chooses them: those that may be hidden, and whether they are shown.
nlohmann::json column_choices(Page &page, const nlohmann::json &entity);

} // namespace host

#endif
