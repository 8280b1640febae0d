#pragma once

#include <functional>
#include <string>

#include "adapters/connection/session.hpp"
#include "migrations/schema_description.hpp"

namespace parley::migrations {

/// What servers' catalogues say of tables, as a description. `tables` has the columns name and declaration; `columns` has
/// table, name and declaration, which `cleaned` makes comparable. Throws DatabaseError.
SchemaDescription described_tables(
    adapters::Session &session, const char *tables, const char *columns, const adapters::Parameters &where,
    const std::function<std::string(const std::string &)> &cleaned = [](const std::string &text) { return text; });

} // namespace parley::migrations
