#include "plugin/domain/rules.hpp"

#include <set>

namespace parley::domain {

bool takes_messages(Status status, Audience audience) {
  switch (status) {
  case Status::active:
    return true;
  case Status::inactive:
    return audience == Audience::backoffice;
  case Status::closed:
    return false;
  }
  return false;
}

std::vector<Status> writable_statuses(Audience audience) {
  std::vector<Status> writable;
  for (const Status status : {Status::active, Status::inactive, Status::closed}) {
    if (takes_messages(status, audience)) {
      writable.push_back(status);
    }
  }
  return writable;
}

bool revives(Audience audience, Visibility visibility) {
  return audience == Audience::backoffice && visibility == Visibility::everybody;
}

bool may_begin_with(Status status) {
  return status != Status::closed;
}

std::optional<Reference> settle_customer(const Reference &asked, const Reference &customer_user,
                                         const Reference &customer_of_user) {
  if (customer_user.none()) {
    return asked;
  }
  if (asked.none() || asked == customer_of_user) {
    return customer_of_user;
  }
  return std::nullopt;
}

std::vector<Reference> distinct(const std::vector<Reference> &references) {
  std::set<Reference> seen;
  std::vector<Reference> kept;
  for (const Reference &reference : references) {
    if (!reference.none() && seen.insert(reference).second) {
      kept.push_back(reference);
    }
  }
  return kept;
}

bool well_formed(const Reference &reference) {
  const auto fits = [](const std::string &part) { return !part.empty() && part.size() <= longest_reference; };
  return fits(reference.type) && fits(reference.id);
}

} // namespace parley::domain
