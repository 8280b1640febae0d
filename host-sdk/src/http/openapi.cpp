// /openapi.json: what of the API is open to the actor, as OpenAPI 3.1.
#include "host-sdk/src/http/handlers.hpp"
#include "host-sdk/src/openapi/paths.hpp"

#include <algorithm>

namespace parley::host {
namespace {

using openapi::Json;

constexpr const char *description = "JSON:API 1.1 (jsonapi.org). Bodies are `application/vnd.api+json`. What you may "
                                    "not see answers 404, what you see and "
                                    "may not do 403, what is not offered 405 with `Allow`. Each fault of a document is "
                                    "reported at once, with a pointer to "
                                    "its place. Lists are paged by cursors in `links`.";

// What is open: the document names nothing that the actor's own requests would not find.
struct Open {
  std::vector<const Entity *> entities;
  std::vector<const Entity *> readable;
  std::vector<const Workflow *> workflows;
  std::vector<const Panel *> panels;
};

Open ask_what_is_open(Exchange &exchange) {
  std::vector<Gate> gates;
  const auto collect = [&](const auto &item) { gates.push_back(item.gate); };
  exchange.registry.each(&Batch::entities, collect);
  exchange.registry.each(&Batch::workflows, [&](const Workflow &workflow) {
    collect(workflow);
    gates.push_back(workflow.configure_gate());
  });
  exchange.registry.each(&Batch::panels, collect);
  exchange.ask_gates(gates);
  Open open;
  exchange.registry.each(&Batch::entities, [&](const Entity &entity) {
    if (exchange.gates.open(entity.gate) && entity.is_in(exchange.application)) {
      open.entities.push_back(&entity);
    }
    if (exchange.readable(&entity)) {
      open.readable.push_back(&entity);
    }
  });
  exchange.registry.each(&Batch::workflows, [&](const Workflow &workflow) {
    if (shows(exchange, workflow)) {
      open.workflows.push_back(&workflow);
    }
  });
  exchange.registry.each(&Batch::panels, [&](const Panel &panel) {
    if (panel.application == exchange.application && exchange.gates.open(panel.gate)) {
      open.panels.push_back(&panel);
    }
  });
  return open;
}

// The host's security schemes, each of them enough by itself.
void add_security(Json &document, openapi::Components &components, const std::string &schemes) {
  document["security"] = Json::array();
  if (schemes.empty()) {
    return;
  }
  Json parsed = Json::parse(schemes);
  for (const auto &scheme : parsed.items()) {
    document["security"].push_back({{scheme.key(), Json::array()}});
  }
  components.security_schemes(std::move(parsed));
}

Json write_document(Exchange &exchange) {
  const Open open = ask_what_is_open(exchange);
  const auto &options = exchange.runtime.options;
  openapi::Components components;
  openapi::Schemas schemas(components, open.readable, exchange.application);
  openapi::Parameters parameters(components, open.readable, exchange.application);
  openapi::Paths paths(components, schemas, parameters, exchange.application);
  Json tags = Json::array();
  const auto tag = [&](const std::string &name, const std::string &text) {
    tags.push_back({{"name", name}, {"description", text}});
  };
  for (const auto *entity : open.entities) {
    tag(entity->type, entity->plural_label.in("en"));
    paths.entity(*entity, open.readable);
  }
  for (const auto *workflow : open.workflows) {
    const auto performed = (workflow->applications & exchange.application) != 0;
    const Entity *entity = exchange.registry.entity(workflow->entity);
    if (performed && exchange.readable(entity)) {
      paths.transitions(*workflow, *entity);
    }
  }
  if (!open.workflows.empty()) {
    tag("workflows", "Workflows");
  }
  paths.workflows(open.workflows);
  if (!open.panels.empty()) {
    tag("activity", "What there is about a record");
  }
  paths.activity(open.panels, open.readable);

  Json document{{"openapi", "3.1.0"}};
  document["info"] = {{"title", options.name.empty() ? "API" : options.name + " API"},
                      {"version", options.version.empty() ? "0" : options.version},
                      {"description", description}};
  document["servers"] = Json::array({{{"url", exchange.request.base}}});
  const bool own =
      exchange.application == PARLEY_APPLICATION_STOREFRONT && !options.storefront_security_schemes.empty();
  add_security(document, components, own ? options.storefront_security_schemes : options.security_schemes);
  document["tags"] = std::move(tags);
  document["paths"] = paths.all();
  document["components"] = components.all();
  return document;
}

} // namespace

Response handle_openapi(Exchange &exchange) {
  if (exchange.request.method != "GET") {
    refuse_method("GET, HEAD");
  }
  read_query(exchange, nullptr, 0);
  Response response;
  response.body = write_document(exchange).dump();
  response.headers.emplace_back("Content-Type", "application/json");
  return response;
}

} // namespace parley::host
