#include "adapters/sql/scope.hpp"

#include <algorithm>
#include <vector>

#include "adapters/sql/json_text.hpp"

namespace parley::adapters::sql {
namespace {

using domain::Audience;
using domain::Level;
using domain::Scope;

constexpr auto kNothing = "1 = 0";
constexpr auto kEverything = "1 = 1";

/// No index: it holds nearly everything, and the order of the list matters more.
std::string of_organization(const Scope &scope, Builder &builder) {
  return builder.dialect().without_index("c.organization") + " = " + builder.bind(scope.organization);
}

/// What holds of all that is one's own in the storefront: it is of the actor's customer. No index: the actor's rows are
/// fewer.
std::string of_own_customer(const Scope &scope, Builder &builder) {
  return builder.dialect().without_index("c.customer_id") + " = " + builder.bind(scope.customer.id) + " and " +
         builder.dialect().without_index("c.customer_type") + " = " + builder.bind(scope.customer.type);
}

/// The actor is the owner (in the storefront the customer user), or takes part where the audience sees it. In the
/// storefront the conversation must be of the actor's customer too.
std::string own_condition(const Scope &scope, Asked asked, Builder &builder) {
  if (scope.actor.none()) {
    return kNothing; // else nobody would own everything that has no owner
  }
  const bool backoffice = scope.audience == Audience::backoffice;
  const std::string type = builder.bind(scope.actor.type);
  const std::string id = builder.bind(scope.actor.id);
  const std::string role = backoffice ? "owner" : "customer_user";
  const auto mine = [&](const std::string &alias) {
    return alias + role + "_id = " + id + " and " + alias + role + "_type = " + type;
  };
  const std::string takes_part = "t.actor_id = " + id + " and t.actor_type = " + type +
                                 (backoffice ? std::string() : std::string(" and t.in_public = 1"));
  std::string condition;
  if (asked == Asked::of_one) {
    condition = "((" + mine("c.") +
                ") or exists (select 1 from {prefix}participant t where t.conversation = c.id and " + takes_part + "))";
  } else {
    condition = "c.id in (select o.id from {prefix}conversation o where " + mine("o.") +
                " union select t.conversation from {prefix}participant t where " + takes_part + ")";
  }
  if (backoffice) {
    return condition;
  }
  return "(" + of_own_customer(scope, builder) + " and " + condition + ")";
}

/// The column is one of the values, of which there may be very many.
std::string listed(const std::string &column, const std::vector<std::string> &values, Builder &builder) {
  if (values.empty()) {
    return kNothing;
  }
  if (values.size() == 1) {
    return column + " = " + builder.bind(values.front());
  }
  return column + " in (" + builder.dialect().elements(builder.bind(json_array(values)), Kind::text) + ")";
}

std::string level_condition(const Scope &scope, Asked asked, Builder &builder) {
  const bool backoffice = scope.audience == Audience::backoffice;
  switch (scope.level) {
  case Level::none:
    return kNothing;
  case Level::user:
    return own_condition(scope, asked, builder);
  case Level::unit:
  case Level::division: {
    // Many rows fit: they are walked in the list's order, and one's own are looked for row by row.
    const std::string group = listed(backoffice ? "c.unit" : "c.customer_id", groups_of(scope), builder);
    return "(" + group + " or " + own_condition(scope, Asked::of_one, builder) + ")";
  }
  case Level::organization:
    return of_organization(scope, builder);
  case Level::global:
    return kEverything;
  }
  return kNothing;
}

} // namespace

std::string scope_condition(const Scope &scope, Asked asked, Builder &builder) {
  std::string condition = level_condition(scope, asked, builder);
  const bool below_organization =
      scope.level == Level::user || scope.level == Level::unit || scope.level == Level::division;
  if (below_organization && !scope.organization.empty()) {
    return of_organization(scope, builder) + " and " + condition;
  }
  return condition;
}

std::string others_condition(const Scope &scope, Builder &builder) {
  return "not (" + own_condition(scope, Asked::of_one, builder) + ")";
}

std::vector<std::string> groups_of(const Scope &scope) {
  if (scope.level != Level::unit && scope.level != Level::division) {
    return {};
  }
  std::vector<std::string> groups = scope.audience == Audience::backoffice ? scope.units : scope.customers;
  groups.erase(std::remove(groups.begin(), groups.end(), std::string()), groups.end());
  return groups;
}

std::string beside_range(const Scope &scope, bool own, Builder &builder) {
  std::string condition;
  if (!scope.organization.empty()) {
    condition += " and " + of_organization(scope, builder);
  }
  if (own && scope.audience == Audience::storefront) {
    condition += " and " + of_own_customer(scope, builder);
  }
  return condition;
}

} // namespace parley::adapters::sql
