#pragma once

#include <string>

#include "adapters/sql/builder.hpp"
#include "plugin/domain/access.hpp"

namespace parley::adapters::sql {

/// What the condition is asked of: it is written so that the database need not look at more than that.
enum class Asked { of_one, of_many };

/// The one place that turns a scope into a condition on a conversation (table alias c). Everything that is listed,
/// counted, read or changed goes through it.
std::string scope_condition(const domain::Scope &scope, Asked asked, Builder &builder);

} // namespace parley::adapters::sql
