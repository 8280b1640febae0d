#pragma once

#include <string>
#include <vector>

#include "adapters/sql/builder.hpp"
#include "plugin/domain/access.hpp"

namespace parley::adapters::sql {

/// What the condition is asked of: it is written so that the database need not look at more than that.
enum class Asked { of_one, of_many };

/// The one place that turns a scope into a condition on a conversation (table alias c). Everything that is listed,
/// counted, read or changed goes through it.
std::string scope_condition(const domain::Scope &scope, Asked asked, Builder &builder);

/// What the actor neither owns (is the customer user of) nor takes part in, whatever the level.
std::string others_condition(const domain::Scope &scope, Builder &builder);

/// Levels user, unit and division are the union of some ranges: conversations of each of these units (back office) or
/// customers (storefront), those that the actor owns (is the customer user of), and those in which it takes part.
std::vector<std::string> groups_of(const domain::Scope &scope);
/// What must hold beside being in such a range, each preceded by " and ". `own`: a range of the actor's own.
std::string beside_range(const domain::Scope &scope, bool own, Builder &builder);

} // namespace parley::adapters::sql
