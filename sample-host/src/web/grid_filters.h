// The filters of a grid, drawn from the descriptor: one control for each field that can be filtered, and the API's words for what
// people put in. Dates are days of the visitor's time zone; records are found by their names.
#ifndef PARLEY_SAMPLE_HOST_WEB_GRID_FILTERS_H
#define PARLEY_SAMPLE_HOST_WEB_GRID_FILTERS_H

#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "sample-host/src/web/grid_state.h"
#include "sample-host/src/web/page.h"

namespace host {

// Models for grid.mustache, in the order of the columns, then those that are no columns.
nlohmann::json filter_controls(Page &page, const nlohmann::json &entity, const GridState &state);

// One filter as people read it: "Source: Order 1", "Messages: from 3".
std::string filter_words(Page &page, const nlohmann::json &entity, std::string_view parameter,
                         const std::string &value);

// What stands above the rows: "Status: Active", each with the address without it. Filters without a control too.
nlohmann::json filter_chips(Page &page, const nlohmann::json &entity, const nlohmann::json &controls,
                            const GridState &state);

// The query of the API. Nothing where a name was looked for that no record has: there are no rows then.
std::optional<Fields> api_query(Page &page, const nlohmann::json &entity, const GridState &state);

} // namespace host

#endif
