#pragma once

#include <string>
#include <vector>

#include "plugin/domain/conversation.hpp"
#include "plugin/domain/reference.hpp"

namespace parley::domain {

enum class Level { none, user, unit, division, organization, global };

/// How far a permission of an actor reaches. The store turns it into conditions of every statement.
///
/// user: back office: the owner is the actor, or it takes part; storefront: the customer user is the actor, or it takes
/// part (in public), and the conversation's customer is the actor's, also where that is none: who moves to another
/// customer, or whose conversation does, sees it no longer. unit, division: the conversation's unit (back office) or customer (storefront) is listed, or as
/// user. organization (back office only): the conversation's organization is `organization`. global: all. Up to
/// `organization` the conversation's organization must be `organization`, where that is not empty.
struct Scope {
  Audience audience = Audience::backoffice;
  Level level = Level::none;
  Reference actor;
  std::string organization;
  std::vector<std::string> units;     ///< ids; back office
  std::vector<std::string> customers; ///< ids; storefront
  Reference customer;                 ///< storefront: the customer that the actor belongs to, or none
};

} // namespace parley::domain
