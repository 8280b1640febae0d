// JSON Schema for people: one row for each member, however deep it lies.
#ifndef PARLEY_SAMPLE_HOST_WEB_SCHEMA_ROWS_H
#define PARLEY_SAMPLE_HOST_WEB_SCHEMA_ROWS_H

#include <string>

#include <nlohmann/json_fwd.hpp>

namespace host {

// What `value` points to in its document where it is a {"$ref": "#/..."}; else itself.
const nlohmann::json &referenced(const nlohmann::json &document, const nlohmann::json &value);

// "string", "time", "one of a, b", "list of users", "users or none". A reference is called by its name.
std::string type_words(const nlohmann::json &schema);

// Appends rows {name, type, description, required}; names are "data.attributes.text", or "errors[].detail" within lists.
// What the schema references is not looked into, but where the schema itself is a reference.
void add_schema_rows(const nlohmann::json &document, const nlohmann::json &schema, nlohmann::json &rows);

} // namespace host

#endif
