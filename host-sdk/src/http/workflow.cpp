#include "host-sdk/src/http/body.hpp"
#include "host-sdk/src/http/compose.hpp"
#include "host-sdk/src/http/conditions.hpp"
#include "host-sdk/src/http/handlers.hpp"
#include "host-sdk/src/http/percent.hpp"
#include "host-sdk/src/http/write.hpp"
#include "host-sdk/src/json/writer.hpp"
#include "host-sdk/src/pages.hpp"

namespace parley::host {
namespace {

struct Availability {
  bool there = false;
  std::string step;
  std::vector<std::string> transitions;
};

std::int32_t PARLEY_ABI put_availability(const parley_availability_sink *self,
                                         const parley_availability *from) noexcept {
  try {
    if (from == nullptr) {
      return PARLEY_INVALID;
    }
    auto &to = *static_cast<Availability *>(self->context);
    to.there = true;
    to.step = text_of(from, &parley_availability::step);
    to.transitions =
        copy_strings(get(from, &parley_availability::transitions), get(from, &parley_availability::transition_count));
    return PARLEY_OK;
  } catch (...) {
    return PARLEY_INTERNAL;
  }
}

// The workflow that this entity goes through here; refuses where there is none (404) or its setting is off (404), or where
// only another application has it (405).
const Workflow &workflow_of(Exchange &exchange, const Entity &entity) {
  const Workflow *found = exchange.registry.find(
      &Batch::workflows, [&](const Workflow &workflow) { return workflow.entity == entity.type; });
  if (found == nullptr) {
    refuse_not_found();
  }
  exchange.ask_gates({found->gate});
  if (!exchange.gates.setting_on(found->gate)) {
    refuse_not_found();
  }
  if ((found->applications & exchange.application) == 0) {
    refuse_method("");
  }
  return *found;
}

Availability ask_available(Exchange &exchange, const Workflow &workflow, const std::string &id) {
  Availability availability;
  auto sink = sized<parley_availability_sink>();
  sink.context = &availability;
  sink.put = &put_availability;
  const parley_str wanted = str(id);
  run(*workflow.owner, [&](const parley_error_sink *errors) {
    return workflow.available(workflow.context, &exchange.call, &wanted, 1, &sink, errors);
  });
  if (!availability.there) {
    refuse_not_found();
  }
  return availability;
}

bool is_active(Exchange &exchange, const Workflow &workflow) {
  std::uint32_t active = 0;
  run(*workflow.owner, [&](const parley_error_sink *errors) {
    return workflow.is_active(workflow.context, &exchange.call, &active, errors);
  });
  return active != 0;
}

// A document of type workflows.
Document document_of(Exchange &exchange, const Workflow &workflow) {
  Document document;
  document.ref = {"workflows", workflow.name};
  const auto &locale = exchange.locale;
  const bool performs = (workflow.applications & exchange.application) != 0;
  JsonWriter out(document.json);
  out.begin_object().member("type", "workflows").member("id", workflow.name);
  out.key("attributes").begin_object();
  out.member("name", workflow.name).member("label", workflow.label.in(locale)).member("entity", workflow.entity);
  out.key("system").boolean((workflow.flags & PARLEY_WORKFLOW_SYSTEM) != 0);
  out.key("active").boolean(is_active(exchange, workflow));
  out.key("mayPerform").boolean(performs && exchange.gates.permitted(workflow.gate));
  out.key("mayConfigure")
      .boolean(!workflow.configure_permission.empty() && exchange.gates.permitted(workflow.configure_gate()));
  out.key("steps").begin_array();
  for (const auto &step : workflow.steps) {
    out.begin_object().member("name", step.name).member("label", step.label.in(locale));
    out.key("initial").boolean((step.flags & PARLEY_STEP_INITIAL) != 0);
    out.key("final").boolean((step.flags & PARLEY_STEP_FINAL) != 0).end_object();
  }
  out.end_array().key("transitions").begin_array();
  for (const auto &transition : workflow.transitions) {
    out.begin_object().member("name", transition.name).member("label", transition.label.in(locale));
    out.key("from").begin_array();
    for (const auto &step : transition.from) {
      out.string(step);
    }
    out.end_array().member("to", transition.to);
    out.key("automatic").boolean((transition.flags & PARLEY_TRANSITION_AUTOMATIC) != 0).end_object();
  }
  out.end_array().end_object();
  out.key("links").begin_object().member("self", exchange.url(document.ref)).end_object().end_object();
  return document;
}

Response set_active(Exchange &exchange, const Workflow &workflow, bool active) {
  if (workflow.configure_permission.empty() || !exchange.gates.permitted(workflow.configure_gate())) {
    refuse(PARLEY_FORBIDDEN, "forbidden", "You may not configure this workflow.");
  }
  refuse_versions(exchange.request);
  read_meta(exchange);
  run(*workflow.owner, [&](const parley_error_sink *errors) {
    return workflow.set_active(workflow.context, &exchange.call, active ? 1 : 0, errors);
  });
  Answer answer;
  answer.documents.push_back(document_of(exchange, workflow));
  return compose_related(exchange, {}, answer, true);
}

// Workflows are kept in the back office, and performed where they say.
bool is_here(const Exchange &exchange, const Workflow &workflow) {
  return exchange.application == PARLEY_APPLICATION_BACKOFFICE || (workflow.applications & exchange.application) != 0;
}

// It is on, but only the other application has it. Of one that is here and is not known to the actor nothing is said.
bool is_elsewhere(const Exchange &exchange, const Workflow &workflow) {
  return exchange.gates.setting_on(workflow.gate) && !is_here(exchange, workflow);
}

} // namespace

bool shows(const Exchange &exchange, const Workflow &workflow) {
  return exchange.gates.knows_of(workflow) && is_here(exchange, workflow);
}

Response handle_transitions(Exchange &exchange, const Entity &entity, const std::string &id) {
  const Workflow &workflow = workflow_of(exchange, entity);
  if (exchange.request.method != "GET") {
    refuse_method("GET, HEAD");
  }
  if (id.size() > PARLEY_REF_PART_MAX) {
    refuse_not_found();
  }
  read_query(exchange, nullptr, 0);
  const Availability availability = ask_available(exchange, workflow, id);
  const bool active = is_active(exchange, workflow);
  std::string meta;
  JsonWriter out(meta);
  out.begin_object().member("workflow", workflow.name).key("active").boolean(active);
  out.member("step", availability.step).key("transitions").begin_array();
  if (active && exchange.gates.permitted(workflow.gate)) {
    for (const auto &name : availability.transitions) {
      const Transition *transition = workflow.transition(name);
      if (transition != nullptr && (transition->flags & PARLEY_TRANSITION_AUTOMATIC) == 0) {
        out.begin_object().member("name", name).member("label", transition->label.in(exchange.locale));
        out.member("to", transition->to).end_object();
      }
    }
  }
  out.end_array().end_object();
  return compose_meta(meta);
}

Response handle_transition(Exchange &exchange, const Entity &entity, const std::string &id, const std::string &name) {
  const Workflow &workflow = workflow_of(exchange, entity);
  const Transition *transition = workflow.transition(name);
  if (transition == nullptr || (transition->flags & PARLEY_TRANSITION_AUTOMATIC) != 0 ||
      id.size() > PARLEY_REF_PART_MAX) {
    refuse_not_found();
  }
  if (exchange.request.method != "POST") {
    refuse_method("POST");
  }
  const Query query = read_query(exchange, &entity, allow_representation);
  read_meta(exchange);
  if (!exchange.gates.permitted(workflow.gate)) {
    ask_available(exchange, workflow, id); // what one may not see is not there
    refuse(PARLEY_FORBIDDEN, "forbidden", "You may not perform transitions of this workflow.");
  }
  auto call = sized<parley_transition_call>();
  call.expected_version = expected_version(exchange, entity, id);
  call.id = str(id);
  call.transition = str(name);
  Answer answer;
  run(*workflow.owner, [&](const parley_error_sink *errors) {
    return workflow.perform(workflow.context, &exchange.call, &call, answer.sink(), errors);
  });
  check_sound(answer, workflow.name);
  apply_fields(query, answer);
  return compose_one(exchange, query, answer);
}

Response handle_workflows(Exchange &exchange) {
  const auto &segments = exchange.request.segments;
  std::vector<Gate> gates;
  exchange.registry.each(&Batch::workflows, [&](const Workflow &workflow) {
    gates.push_back(workflow.gate);
    gates.push_back(workflow.configure_gate());
    if (const Entity *entity = exchange.registry.entity(workflow.entity); entity != nullptr) {
      gates.push_back(entity->gate);
    }
  });
  exchange.ask_gates(gates);
  if (segments.size() == 1) {
    if (exchange.registry.find(&Batch::workflows, [&](const Workflow &each) { return shows(exchange, each); }) ==
        nullptr) {
      refuse_absent(exchange.registry.find(&Batch::workflows, [&](const Workflow &each) {
        return is_elsewhere(exchange, each);
      }) != nullptr);
    }
    if (exchange.request.method != "GET") {
      refuse_method("GET, HEAD");
    }
    read_query(exchange, nullptr, 0);
    Answer answer;
    exchange.registry.each(&Batch::workflows, [&](const Workflow &workflow) {
      if (shows(exchange, workflow)) {
        answer.documents.push_back(document_of(exchange, workflow));
      }
    });
    return compose_related(exchange, {}, answer, false);
  }
  const Workflow *workflow = exchange.registry.workflow(segments[1]);
  if (workflow == nullptr || !shows(exchange, *workflow)) {
    refuse_absent(workflow != nullptr && is_elsewhere(exchange, *workflow));
  }
  if (segments.size() == 2) {
    if (exchange.request.method != "GET") {
      refuse_method("GET, HEAD");
    }
    read_query(exchange, nullptr, 0);
    Answer answer;
    answer.documents.push_back(document_of(exchange, *workflow));
    return compose_related(exchange, {}, answer, true);
  }
  if (segments.size() == 3 && (segments[2] == "activate" || segments[2] == "deactivate")) {
    if (exchange.request.method != "POST") {
      refuse_method("POST");
    }
    read_query(exchange, nullptr, 0);
    return set_active(exchange, *workflow, segments[2] == "activate");
  }
  refuse_not_found();
}

} // namespace parley::host
