#include "adapters/sql/past_scope.hpp"

#include <algorithm>
#include <vector>

#include "adapters/sql/json_text.hpp"

namespace parley::adapters::sql {
namespace {

using domain::Level;
using domain::Scope;

constexpr auto kNothing = "1 = 0";

std::string own_condition(const Scope &scope, Builder &builder) {
  if (scope.actor.none()) {
    return kNothing;
  }
  const std::string type = builder.bind(scope.actor.type);
  const std::string id = builder.bind(scope.actor.id);
  return "((e.owner_id = " + id + " and e.owner_type = " + type + ") or " +
         builder.dialect().keeps_participant("e.participants", type, id) + ")";
}

std::string unit_condition(const Scope &scope, Builder &builder) {
  std::vector<std::string> units = scope.units;
  units.erase(std::remove(units.begin(), units.end(), std::string()), units.end());
  return "e.unit in (" + builder.dialect().elements(builder.bind(json_array(units)), Kind::text) + ")";
}

} // namespace

std::string past_scope_condition(const Scope &scope, Builder &builder) {
  if (scope.audience != domain::Audience::backoffice) {
    return kNothing;
  }
  std::string condition;
  switch (scope.level) {
  case Level::none:
    return kNothing;
  case Level::user:
    condition = own_condition(scope, builder);
    break;
  case Level::unit:
  case Level::division:
    condition = "(" + unit_condition(scope, builder) + " or " + own_condition(scope, builder) + ")";
    break;
  case Level::organization:
    return "e.organization = " + builder.bind(scope.organization);
  case Level::global:
    return "1 = 1";
  }
  if (!scope.organization.empty()) {
    return "e.organization = " + builder.bind(scope.organization) + " and " + condition;
  }
  return condition;
}

} // namespace parley::adapters::sql
