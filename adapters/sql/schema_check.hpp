#pragma once

#include "adapters/connection/session.hpp"
#include "plugin/domain/result.hpp"

namespace parley::adapters::sql {

/// The number of the last migration that these statements were written for.
constexpr std::int64_t kSchemaNumber = 1;

domain::Failure schema_is_empty();

/// Fails unless the schema is there and the one of kSchemaNumber. `has_table`: a statement that counts the tables of the
/// name `:name`, 0 or 1, as this kind of database knows them.
domain::Done check_schema(Session &session, const char *has_table);

} // namespace parley::adapters::sql
