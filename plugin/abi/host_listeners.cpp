#include "plugin/abi/host_listeners.hpp"

#include <utility>

#include "plugin/app/authority.hpp"

namespace parley::abi {

std::int32_t HostListeners::ask(std::string_view permission, const std::vector<std::uint32_t> &listeners,
                                std::vector<cpp::ScopeAnswer> &answers) const {
  std::vector<cpp::HostProxy::Permission> questions;
  questions.reserve(listeners.size());
  for (const std::uint32_t index : listeners) {
    questions.push_back({app::permission::conversations, permission, listeners_[index]});
  }
  if (host_.heeds_listeners()) {
    return host_.scopes(&call_, questions, answers, nullptr);
  }
  for (const cpp::HostProxy::Permission &question : questions) {
    std::vector<cpp::ScopeAnswer> one;
    const std::int32_t status =
        host_.scopes(question.listener, {{question.subject, question.name, nullptr}}, one, nullptr);
    if (status != PARLEY_OK) {
      return status;
    }
    answers.push_back(std::move(one.front()));
  }
  return PARLEY_OK;
}

domain::Result<std::vector<domain::Scope>> HostListeners::scopes(std::string_view permission,
                                                                 const std::vector<std::uint32_t> &listeners) {
  std::vector<domain::Scope> scopes;
  if (listeners.empty()) {
    return scopes;
  }
  std::vector<cpp::ScopeAnswer> answers;
  const std::int32_t status = ask(permission, listeners, answers);
  if (status != PARLEY_OK) {
    return directory_.failed(status, "parley.access/1: scopes");
  }
  scopes.reserve(answers.size());
  for (cpp::ScopeAnswer &answer : answers) {
    scopes.push_back(scope_from(std::move(answer)));
  }
  return scopes;
}

} // namespace parley::abi
