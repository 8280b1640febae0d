#include <string>
#include <vector>

#include "plugin/abi/instance.hpp"
#include "plugin/abi/operations.hpp"
#include "plugin/abi/registrar.hpp"
#include "plugin/app/authority.hpp"
#include "plugin/jsonapi/identifiers.hpp"

namespace parley::abi {
namespace {

parley_step step(std::string_view name, std::string_view label, std::uint32_t flags) {
  auto step = blank<parley_step>();
  step.flags = flags;
  step.name = cpp::str(name);
  step.label = cpp::str(label);
  return step;
}

parley_transition transition(std::string_view name, std::string_view label, const std::vector<parley_str> &from,
                             std::string_view to) {
  auto transition = blank<parley_transition>();
  transition.name = cpp::str(name);
  transition.label = cpp::str(label);
  transition.from = from.data();
  transition.from_count = from.size();
  transition.to = cpp::str(to);
  return transition;
}

} // namespace

std::int32_t register_workflow(const Registrar &registrar) {
  const std::vector<parley_step> steps = {
      step("active", R"({"en":"Active","de":"Aktiv"})", PARLEY_STEP_INITIAL),
      step("inactive", R"({"en":"Inactive","de":"Inaktiv"})", 0),
      step("closed", R"({"en":"Closed","de":"Geschlossen"})", PARLEY_STEP_FINAL),
  };
  const std::vector<parley_str> open = {cpp::str("active"), cpp::str("inactive")};
  const std::vector<parley_str> closed = {cpp::str("closed")};
  const std::vector<parley_str> inactive = {cpp::str("inactive")};
  const std::vector<parley_transition> transitions = {
      transition("close", R"({"en":"Close","de":"Schließen"})", open, "closed"),
      transition("reopen", R"({"en":"Reopen","de":"Wieder öffnen"})", closed, "active"),
      transition("activate", R"({"en":"Activate","de":"Aktivieren"})", inactive, "active"),
  };
  const parley_gate gate = gate_of(app::permission::workflow, app::permission::perform);
  auto workflow = blank<parley_workflow>();
  workflow.flags = PARLEY_WORKFLOW_SYSTEM | PARLEY_WORKFLOW_ACTIVE_BY_DEFAULT;
  workflow.step_size = static_cast<std::uint32_t>(sizeof(parley_step));
  workflow.transition_size = static_cast<std::uint32_t>(sizeof(parley_transition));
  workflow.applications = PARLEY_APPLICATION_BACKOFFICE;
  workflow.name = cpp::str(app::permission::workflow);
  workflow.label = cpp::str(R"({"en":"Conversation Workflow","de":"Konversations-Workflow"})");
  workflow.entity = cpp::str(jsonapi::conversations_type);
  workflow.steps = steps.data();
  workflow.step_count = steps.size();
  workflow.transitions = transitions.data();
  workflow.transition_count = transitions.size();
  workflow.gate = &gate;
  workflow.configure_permission = cpp::str(app::permission::configure);
  workflow.context = &registrar.instance;
  set_workflow_functions(workflow);
  return registrar.host.registry().add_workflow(registrar.host.host(), &workflow, registrar.errors);
}

} // namespace parley::abi
