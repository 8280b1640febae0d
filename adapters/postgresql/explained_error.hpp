#pragma once

#include <string>

#include "adapters/connection/session.hpp"

namespace parley::adapters {

/// PostgreSQL says for which table a right is missing, but not which one and whose; and what lies in a schema that a role may not
/// look into is not there, for it. Here is what it looks like from outside, in a sentence like MariaDB's: `The role "app" lacks
/// the right INSERT on table message (PostgreSQL 42501)`. `schema`: where the tables should be, or empty. Outside of a
/// transaction. The error as it is, where there is no more to say. Throws DatabaseError.
DatabaseError explained_error(Session &session, const std::string &schema, const DatabaseError &error);

} // namespace parley::adapters
