// Mustache templates in the languages of the host (words.h), filled from JSON. Empty texts, null and false count as absent.
// [thread-safe]
#ifndef PARLEY_SAMPLE_HOST_WEB_TEMPLATES_H
#define PARLEY_SAMPLE_HOST_WEB_TEMPLATES_H

#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

namespace host {

// name: of a file under templates/, without its ending. {{> partial-table}} includes templates/table.mustache.
std::string render(std::string_view name, const nlohmann::json &model, std::string_view locale);

} // namespace host

#endif
