#include "host-sdk/src/registry/checks.hpp"
#include "host-sdk/src/registry/copy.hpp"
#include "host-sdk/src/text.hpp"

#include <algorithm>
#include <set>

namespace parley::host {
namespace {

void copy_steps(const parley_workflow &from, Workflow &to, DescriptorCheck &check) {
  const auto *steps = get(&from, &parley_workflow::steps);
  const auto count = get(&from, &parley_workflow::step_count);
  if (!check.array(steps, count, from.step_size, "steps")) {
    return;
  }
  std::set<std::string> names;
  for (std::size_t i = 0; i < count; ++i) {
    const parley_step &step = *at(steps, from.step_size, i);
    Step copied;
    copied.name = text_of(&step, &parley_step::name);
    copied.flags = get(&step, &parley_step::flags);
    check.name(is_registry_name(copied.name), "name of a step", copied.name);
    copied.label = check.label(text_of(&step, &parley_step::label), "the label of the step " + copied.name);
    if (!names.insert(copied.name).second) {
      check.invalid("duplicate-name", "the step " + copied.name + " is there twice");
    }
    to.steps.push_back(std::move(copied));
  }
  const auto initial = std::count_if(to.steps.begin(), to.steps.end(),
                                     [](const Step &step) { return (step.flags & PARLEY_STEP_INITIAL) != 0; });
  if (initial != 1) {
    check.invalid("invalid-steps", "exactly one step must be the initial one");
  }
}

void copy_transitions(const parley_workflow &from, Workflow &to, DescriptorCheck &check) {
  const auto *transitions = get(&from, &parley_workflow::transitions);
  const auto count = get(&from, &parley_workflow::transition_count);
  if (!check.array(transitions, count, from.transition_size, "transitions")) {
    return;
  }
  const auto known = [&](const std::string &name) {
    return std::any_of(to.steps.begin(), to.steps.end(), [&](const Step &step) { return step.name == name; });
  };
  std::set<std::string> names;
  for (std::size_t i = 0; i < count; ++i) {
    const parley_transition &transition = *at(transitions, from.transition_size, i);
    Transition copied;
    copied.name = text_of(&transition, &parley_transition::name);
    copied.flags = get(&transition, &parley_transition::flags);
    copied.from =
        copy_strings(get(&transition, &parley_transition::from), get(&transition, &parley_transition::from_count));
    copied.to = text_of(&transition, &parley_transition::to);
    check.name(is_registry_name(copied.name), "name of a transition", copied.name);
    const std::string what = "the transition " + copied.name;
    copied.label = check.label(text_of(&transition, &parley_transition::label), "the label of " + what);
    if (!names.insert(copied.name).second) {
      check.invalid("duplicate-name", what + " is there twice");
    }
    if (copied.from.empty()) {
      check.invalid("invalid-transition", what + " begins nowhere");
    }
    for (const auto &step : copied.from) {
      if (!known(step)) {
        check.invalid("unknown-step", std::string(what).append(" begins at the unknown step \"").append(step) + '"');
      }
    }
    if (!known(copied.to)) {
      check.invalid("unknown-step", what + " ends at the unknown step \"" + copied.to + '"');
    }
    to.transitions.push_back(std::move(copied));
  }
}

} // namespace

Workflow copy(const parley_workflow &descriptor, Faults &faults) {
  DescriptorCheck check(faults);
  Workflow workflow;
  if (!has(&descriptor, &parley_workflow::transition_size) || !has(&descriptor, &parley_workflow::name)) {
    check.fault(PARLEY_INCOMPATIBLE, "too-small", "parley_workflow is too small");
    return workflow;
  }
  workflow.name = view(descriptor.name);
  check.about(workflow.name);
  check.name(is_registry_name(workflow.name), "name", workflow.name);
  workflow.label = check.label(text_of(&descriptor, &parley_workflow::label), "the label");
  workflow.flags = descriptor.flags;
  workflow.applications = descriptor.applications;
  check.applications(workflow.applications, "the workflow");
  workflow.entity = text_of(&descriptor, &parley_workflow::entity);
  workflow.gate = check.gate(get(&descriptor, &parley_workflow::gate));
  workflow.configure_permission = text_of(&descriptor, &parley_workflow::configure_permission);
  copy_steps(descriptor, workflow, check);
  copy_transitions(descriptor, workflow, check);
  workflow.context = get(&descriptor, &parley_workflow::context);
  workflow.available = get(&descriptor, &parley_workflow::available);
  workflow.perform = get(&descriptor, &parley_workflow::perform);
  workflow.is_active = get(&descriptor, &parley_workflow::is_active);
  workflow.set_active = get(&descriptor, &parley_workflow::set_active);
  const auto need = [&](bool there, const char *function) {
    if (!there) {
      check.missing("a workflow is declared", std::string("parley_workflow::") + function);
    }
  };
  need(workflow.available != nullptr, "available");
  need(workflow.perform != nullptr, "perform");
  need(workflow.is_active != nullptr, "is_active");
  need(workflow.set_active != nullptr, "set_active");
  return workflow;
}

} // namespace parley::host
