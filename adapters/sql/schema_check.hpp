#pragma once

#include "adapters/connection/session.hpp"
#include "plugin/domain/result.hpp"

namespace parley::adapters::sql {

/// The number of the last migration that these statements were written for.
constexpr std::int64_t kSchemaNumber = 1;

domain::Failure schema_is_empty();

/// Fails unless the schema, which is not empty, is the one of kSchemaNumber.
domain::Done check_schema_number(Session &session);

} // namespace parley::adapters::sql
