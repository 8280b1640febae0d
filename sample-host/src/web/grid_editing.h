// Which fields people may edit in the cells of a grid: those that the descriptor says so of.
#ifndef PARLEY_SAMPLE_HOST_WEB_GRID_EDITING_H
#define PARLEY_SAMPLE_HOST_WEB_GRID_EDITING_H

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "sample-host/src/web/page.h"

namespace host {

// By name, as assets/grid.js wants them: label, kind (a type of attributes, or "record"), nullable, types. Empty: there is none.
nlohmann::json edited_fields(Page &page, const nlohmann::json &entity);
// What grid.js needs to know, as JSON.
std::string editing_of(Page &page, const nlohmann::json &entity, const nlohmann::json &fields);

} // namespace host

#endif
