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

/// Values of the switch and of other settings, where it is on.
domain::Result<std::vector<std::string>> opened(const Call &call, std::vector<std::string> names) {
  if (auto waiting = awaited(call); !waiting) {
    return waiting.failure();
  }
  names.emplace(names.begin(), setting::enabled.name);
  auto values = call.directory.settings(names);
  if (!values) {
    return worded(call, values.failure());
  }
  values->resize(names.size()); // an answer that is missing is the default
  if (!value_of(call, setting::enabled, values->front())) {
    return refuse(call, domain::Code::not_found, Text::not_found);
  }
  return values;
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
  if (auto open = opened(call, {}); !open) {
    return open.failure();
  }
  return domain::Nothing{};
}

domain::Result<std::size_t> gate_of_writing(const Call &call) {
  const auto values = opened(call, {std::string(setting::longest_message.name)});
  if (!values) {
    return values.failure();
  }
  return static_cast<std::size_t>(value_of(call, setting::longest_message, values->back()));
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
