#pragma once

#include <string>

#include "adapters/connection/session.hpp"
#include "migrations/schema_description.hpp"

namespace parley::migrations {

/// Writes down, in {prefix}schema_description, how a schema looks right after its last step, whose checksum is `step`,
/// for databases that have no place to make the tables again.
void record_schema(adapters::Session &session, const SchemaDescription &description, const std::string &step);

/// What was written down. Throws Error where nothing was, after another step, or where it was altered since.
SchemaDescription recorded_schema(adapters::Session &session, bool is_there, const std::string &step);

} // namespace parley::migrations
