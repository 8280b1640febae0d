// A workflow as a picture: its steps in their order, its transitions as arrows between them. Drawn from the descriptor alone.
#ifndef PARLEY_SAMPLE_HOST_WEB_WORKFLOW_DIAGRAM_H
#define PARLEY_SAMPLE_HOST_WEB_WORKFLOW_DIAGRAM_H

#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

namespace host {

// SVG for a page, coloured by host.css. `workflow` as in the surface. Texts are escaped.
std::string workflow_diagram(const nlohmann::json &workflow, std::string_view locale);

} // namespace host

#endif
