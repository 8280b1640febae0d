// System > Workflows: what is registered, drawn from the surface, and switched through the API.
#include <nlohmann/json.hpp>

#include "sample-host/src/web/pages.h"
#include "sample-host/src/web/workflow_diagram.h"

namespace host {
namespace {

using Json = nlohmann::json;

std::string address_of(Page &page, const Json &workflow) {
  return page.site().list_url("workflows") + "/" + percent_encode(member(workflow, "name"));
}

std::string entity_label(Page &page, const Json &workflow) {
  const Json *entity = page.entity(member(workflow, "entity"));
  return entity == nullptr ? member(workflow, "entity") : member(*entity, "label");
}

const Json *step_named(const Json &workflow, const std::string &name) {
  for (const Json &step : workflow.at("steps")) {
    if (step.at("name") == name) {
      return &step;
    }
  }
  return nullptr;
}

std::string step_label(const Json &workflow, const std::string &name) {
  const Json *step = step_named(workflow, name);
  return step == nullptr ? name : member(*step, "label");
}

// For each step, what can be done in it.
Json steps_of(const Json &workflow) {
  Json steps = Json::array();
  for (const Json &step : workflow.at("steps")) {
    std::string options;
    for (const Json &transition : workflow.at("transitions")) {
      if (transition.at("automatic") != true && has(transition.at("from"), member(step, "name"))) {
        options += (options.empty() ? "" : ", ") + member(transition, "label");
      }
    }
    steps.push_back({{"label", member(step, "label")},
                     {"initial", step.at("initial") == true},
                     {"final", step.at("final") == true},
                     {"options", options}});
  }
  return steps;
}

Json transitions_of(const Json &workflow) {
  Json transitions = Json::array();
  for (const Json &transition : workflow.at("transitions")) {
    std::string from;
    for (const Json &name : transition.at("from")) {
      from += (from.empty() ? "" : ", ") + step_label(workflow, name.get<std::string>());
    }
    transitions.push_back({{"label", member(transition, "label")},
                           {"from", from},
                           {"to", step_label(workflow, member(transition, "to"))},
                           {"automatic", transition.at("automatic") == true}});
  }
  return transitions;
}

} // namespace

Response workflows_page(Page &page) {
  if (page.site().side != Side::backoffice) {
    return page.not_found();
  }
  Json workflows = Json::array();
  for (const Json &workflow : page.surface().at("workflows")) {
    workflows.push_back({{"label", member(workflow, "label")},
                         {"href", address_of(page, workflow)},
                         {"entity", entity_label(page, workflow)},
                         {"system", workflow.at("system") == true},
                         {"active", workflow.at("active") == true}});
  }
  return page.show(page.words("Workflows"), "workflows",
                   {{"hasWorkflows", !workflows.empty()}, {"workflows", workflows}});
}

Response workflow_page(Page &page, const std::string &name) {
  const Json *workflow = page.site().side == Side::backoffice ? page.find("workflows", name) : nullptr;
  if (workflow == nullptr) {
    return page.not_found();
  }
  const bool active = workflow->at("active") == true;
  const std::string address = address_of(page, *workflow);
  return page.show(member(*workflow, "label"), "workflow",
                   {{"title", member(*workflow, "label")},
                    {"list", page.site().list_url("workflows")},
                    {"entity", entity_label(page, *workflow)},
                    {"active", active},
                    {"system", workflow->at("system") == true},
                    {"mayConfigure", workflow->at("mayConfigure") == true},
                    {"switch", address + (active ? "/deactivate" : "/activate")},
                    {"diagram", workflow_diagram(*workflow, page.visitor().actor.locale)},
                    {"steps", steps_of(*workflow)},
                    {"transitions", transitions_of(*workflow)}});
}

Response switch_workflow(Page &page, const std::string &name, const std::string &change) {
  const Json *workflow = page.site().side == Side::backoffice ? page.find("workflows", name) : nullptr;
  if (workflow == nullptr || (change != "activate" && change != "deactivate")) {
    return page.not_found();
  }
  const Page::Reply reply = page.api("POST", "/workflows/" + percent_encode(name) + "/" + change);
  if (!reply.ok()) {
    return page.failure(reply);
  }
  const Places places = {{"workflow", member(*workflow, "label")}};
  return page.go(address_of(page, *workflow), change == "activate"
                                                  ? page.words("{workflow} has been activated", places)
                                                  : page.words("{workflow} has been deactivated", places));
}

} // namespace host
