#include "plugin/domain/reach.hpp"

#include <algorithm>
#include <utility>

namespace parley::domain {

Reach::Reach(Scope scope) : scope_(std::move(scope)) {
  std::sort(scope_.units.begin(), scope_.units.end());
  std::sort(scope_.customers.begin(), scope_.customers.end());
}

bool Reach::own(const Concerned &concerned) const {
  if (scope_.actor.none()) {
    return false; // else nobody would own everything that has no owner
  }
  const bool backoffice = scope_.audience == Audience::backoffice;
  if (!backoffice && concerned.customer != scope_.customer) {
    return false;
  }
  if ((backoffice ? concerned.owner : concerned.customer_user) == scope_.actor) {
    return true;
  }
  const auto &all = concerned.participants;
  return std::any_of(all.begin(), all.end(), [&](const Attendance &each) {
    return each.actor == scope_.actor && (backoffice || each.in_public);
  });
}

bool Reach::in_group(const Concerned &concerned) const {
  const bool backoffice = scope_.audience == Audience::backoffice;
  const std::vector<std::string> &ids = backoffice ? scope_.units : scope_.customers;
  const std::string &id = backoffice ? concerned.unit : concerned.customer.id;
  return !id.empty() && std::binary_search(ids.begin(), ids.end(), id);
}

bool Reach::holds(const Concerned &concerned) const {
  const bool below_organization = scope_.level < Level::organization;
  if (below_organization && !scope_.organization.empty() && concerned.organization != scope_.organization) {
    return false;
  }
  switch (scope_.level) {
  case Level::none:
    return false;
  case Level::user:
    return own(concerned);
  case Level::unit:
  case Level::division:
    return in_group(concerned) || own(concerned);
  case Level::organization:
    return concerned.organization == scope_.organization;
  case Level::global:
    return true;
  }
  return false;
}

} // namespace parley::domain
