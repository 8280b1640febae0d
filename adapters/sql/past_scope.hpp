#pragma once

#include <string>

#include "adapters/sql/builder.hpp"
#include "plugin/domain/access.hpp"

namespace parley::adapters::sql {

/// scope_condition for an event (table alias e) whose conversation is gone: judged by the facts that it carries. The back
/// office's; the storefront has no history, and gets nothing.
std::string past_scope_condition(const domain::Scope &scope, Builder &builder);

} // namespace parley::adapters::sql
