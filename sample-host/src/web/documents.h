// JSON:API documents for people: titles, and what a field shows in a table or a list of facts.
#ifndef PARLEY_SAMPLE_HOST_WEB_DOCUMENTS_H
#define PARLEY_SAMPLE_HOST_WEB_DOCUMENTS_H

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "sample-host/src/web/page.h"

namespace host {

// "A,B,C": the relationships that fit into one answer, as far as they lead to what the visitor may see.
std::string include_of(Page &page, const nlohmann::json &entity, bool grid_only);
// Name of the attribute that names its records; empty: they have no names.
std::string title_field(const nlohmann::json &entity);
// The text that names the record.
std::string title_of(const nlohmann::json &entity, const nlohmann::json &document);
// Columns that grids show, in the order that the descriptor gives them; those that it does not name behind: the title, relationships,
// other attributes.
std::vector<const nlohmann::json *> grid_fields(const nlohmann::json &entity);
// The types that a relationship leads to and that the visitor may look for, by name or in a list of words.
std::vector<const nlohmann::json *> found_types(Page &page, const nlohmann::json &relationship);
// Model of one field for partial-table and record.mustache; "plain" is a number or text as the API has it. `answer` has the
// included documents.
nlohmann::json cell_of(Page &page, const nlohmann::json &field, const nlohmann::json &document,
                       const nlohmann::json &answer);
// Columns whose cells are numbers get their heading on the same side.
void align_columns(nlohmann::json &columns, const nlohmann::json &rows);
// "1089.50" -> "1,089.50", or "1.089,50" where people write it so. What is no number stays as it is.
std::string shown_decimal(std::string_view locale, const std::string &number);
// "status" -> how its badge looks.
std::string tone_of(const std::string &status);
// A related document from "included"; nullptr where the visitor may not see it.
const nlohmann::json *included(const nlohmann::json &answer, const std::string &type, const std::string &id);
// The parameter in the address of one of an answer's links; empty: there is no such link, or nothing of that name in it.
std::string linked(const nlohmann::json &answer, const std::string &link, std::string_view parameter);
// meta.can: whether the visitor may do it now.
bool can(const nlohmann::json &document, const std::string &action);
// What plugins offer to do with a record, in this place ("menu", "inline", "row").
std::vector<const nlohmann::json *> record_actions(Page &page, const nlohmann::json &document,
                                                   std::string_view placement);

} // namespace host

#endif
