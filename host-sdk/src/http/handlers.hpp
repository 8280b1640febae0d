// What answers the requests of docs/contract.md, one file a group. Each throws Refusal.
#ifndef PARLEY_HOST_HTTP_HANDLERS_HPP
#define PARLEY_HOST_HTTP_HANDLERS_HPP

#include "host-sdk/src/http/exchange.hpp"
#include "host-sdk/src/http/query.hpp"

#include <string>

namespace parley::host {

// /{type}
Response handle_collection(Exchange &exchange, const Entity &entity);
// /{type}/{id}
Response handle_resource(Exchange &exchange, const Entity &entity, const std::string &id);
// /{type}/{id}/{relationship}
Response handle_related(Exchange &exchange, const Entity &entity, const std::string &id,
                        const Relationship &relationship);
// /{type}/{id}/relationships/{relationship}
Response handle_linkage(Exchange &exchange, const Entity &entity, const std::string &id,
                        const Relationship &relationship);
// /{type}/{operation}, /{type}/{id}/{operation}; id empty on the collection
Response handle_operation(Exchange &exchange, const Entity &entity, const std::string &id, const Operation &operation);
// /{type}/{id}/transitions
Response handle_transitions(Exchange &exchange, const Entity &entity, const std::string &id);
// /{type}/{id}/transitions/{name}
Response handle_transition(Exchange &exchange, const Entity &entity, const std::string &id, const std::string &name);
// /workflows...: segments behind it
Response handle_workflows(Exchange &exchange);
// /activity/{recordType}/{recordId}, /activity/counts
Response handle_activity(Exchange &exchange);

// /openapi.json
Response handle_openapi(Exchange &exchange);

// Whether the application has the workflow: the actor knows of it (gates.hpp), and it can be performed here or this is where
// workflows are kept. Its gates were asked.
bool shows(const Exchange &exchange, const Workflow &workflow);

// A query that pages through an entity's relationship that is not in its document (PARLEY_RELATIONSHIP_PAGED).
Filter inverse_filter(const Entity &owner, const std::string &id, const Relationship &relationship,
                      const Entity &target);

// Finds what answers a request. Throws Refusal.
Response route(Exchange &exchange);

} // namespace parley::host

#endif
