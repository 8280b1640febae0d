#include "plugin/domain/workflow.hpp"

#include <algorithm>

namespace parley::domain {

const std::vector<Transition> &transitions() {
  static const std::vector<Transition> all = {
      {"close", {Status::active, Status::inactive}, Status::closed},
      {"reopen", {Status::closed}, Status::active},
      {"activate", {Status::inactive}, Status::active},
  };
  return all;
}

const Transition *transition_named(std::string_view name) {
  for (const Transition &transition : transitions()) {
    if (transition.name == name) {
      return &transition;
    }
  }
  return nullptr;
}

bool begins_at(const Transition &transition, Status status) {
  return std::find(transition.from.begin(), transition.from.end(), status) != transition.from.end();
}

std::vector<const Transition *> transitions_from(Status status) {
  std::vector<const Transition *> found;
  for (const Transition &transition : transitions()) {
    if (begins_at(transition, status)) {
      found.push_back(&transition);
    }
  }
  return found;
}

} // namespace parley::domain
