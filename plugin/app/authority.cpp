#include "plugin/app/authority.hpp"

#include <algorithm>
#include <string>

#include "plugin/app/faults.hpp"
#include "plugin/app/settings.hpp"

namespace parley::app {
namespace {

bool of_workflow(std::string_view name) {
  return name == permission::perform || name == permission::configure;
}

} // namespace

void settle(domain::Scope &scope, domain::Audience audience, const domain::Reference &actor) {
  scope.audience = audience;
  scope.actor = actor;
  // The storefront knows no level above the customers that the host lists.
  if (audience == domain::Audience::storefront && scope.level > domain::Level::division) {
    scope.level = domain::Level::division;
  }
}

void only_own(domain::Scope &scope) {
  if (scope.level == domain::Level::none) {
    return;
  }
  if (scope.level == domain::Level::global) {
    scope.organization.clear(); // it names the actor's, beyond which it reaches
  }
  scope.level = domain::Level::user;
  scope.units.clear();
  scope.customers.clear();
}

domain::Done awaited(const Call &call) {
  if (call.request.cancelled && call.request.cancelled()) {
    return refuse(call, domain::Code::cancelled, Text::cancelled);
  }
  if (call.request.expired && call.request.expired()) {
    return refuse(call, domain::Code::timed_out, Text::timed_out);
  }
  return domain::Nothing{};
}

domain::Done gate(const Call &call) {
  if (auto waiting = awaited(call); !waiting) {
    return waiting;
  }
  const auto values = call.directory.settings({std::string(setting::enabled.name)});
  if (!values) {
    return worded(call, values.failure());
  }
  if (values->empty() || !value_of(call, setting::enabled, values->front())) {
    return refuse(call, domain::Code::not_found, Text::not_found);
  }
  return domain::Nothing{};
}

domain::Done backoffice_gate(const Call &call) {
  if (auto open = gate(call); !open) {
    return open;
  }
  if (!call.request.backoffice()) {
    return refuse(call, domain::Code::unsupported, Text::not_in_storefront);
  }
  return domain::Nothing{};
}

domain::Result<std::vector<domain::Scope>> scopes_of(const Call &call,
                                                     const std::vector<std::string_view> &permissions) {
  std::vector<Permission> questions;
  questions.reserve(permissions.size());
  for (const std::string_view name : permissions) {
    const std::string_view subject = of_workflow(name) ? permission::workflow : permission::conversations;
    questions.push_back({std::string(subject), std::string(name)});
  }
  auto scopes = call.directory.scopes(questions);
  if (!scopes) {
    return worded(call, scopes.failure());
  }
  scopes->resize(permissions.size()); // an answer that is missing is Level::none
  for (domain::Scope &scope : scopes.value()) {
    settle(scope, call.request.audience, call.request.actor);
  }
  return scopes;
}

bool may_assign(const Call &call, const domain::Scope &scope, const RecordFacts &owner) {
  if (owner.record == call.request.actor) {
    return true;
  }
  switch (scope.level) {
  case domain::Level::none:
  case domain::Level::user:
    return false;
  case domain::Level::unit:
  case domain::Level::division:
    return std::find(scope.units.begin(), scope.units.end(), owner.unit.id) != scope.units.end();
  case domain::Level::organization:
    return scope.organization.empty() || owner.organization.none() || owner.organization.id == scope.organization;
  case domain::Level::global:
    return true;
  }
  return false;
}

store::Doing doing(const Call &call) {
  const Request &request = call.request;
  store::Doing doing{request.actor, request.audience, request.now};
  if (!request.idempotency_key.empty() && !request.fingerprint.empty()) {
    doing.once = store::Once{request.idempotency_key, request.fingerprint, request.now + key_lifetime};
  }
  return doing;
}

} // namespace parley::app
