#include "host-sdk/src/http/handlers.hpp"

namespace parley::host {
namespace {

constexpr std::uint32_t anywhere = PARLEY_APPLICATION_BACKOFFICE | PARLEY_APPLICATION_STOREFRONT;

// NULL where there is none that can be looked at.
const Relationship *readable_relationship(std::uint32_t applications, const Entity &entity, const std::string &name) {
  const Relationship *found = entity.relationship(name, applications);
  return found != nullptr && (found->flags & PARLEY_FIELD_WRITE_ONLY) == 0 ? found : nullptr;
}

// Whether any application has something at this address below one resource.
bool has_below(const Entity &entity, const std::vector<std::string> &segments) {
  const std::string &name = segments[2];
  if (segments.size() == 3) {
    return readable_relationship(anywhere, entity, name) != nullptr ||
           entity.operation(name, PARLEY_OPERATION_ON_ONE, anywhere) != nullptr;
  }
  return segments.size() == 4 && name == "relationships" &&
         readable_relationship(anywhere, entity, segments[3]) != nullptr;
}

Response route_below(Exchange &exchange, const Entity &entity) {
  const auto &segments = exchange.request.segments;
  const std::string &id = segments[1];
  const std::string &name = segments[2];
  if (segments.size() == 3) {
    if (name == "transitions") {
      return handle_transitions(exchange, entity, id);
    }
    if (const auto *relationship = readable_relationship(exchange.application, entity, name)) {
      return handle_related(exchange, entity, id, *relationship);
    }
    if (const auto *operation = entity.operation(name, PARLEY_OPERATION_ON_ONE, exchange.application)) {
      return handle_operation(exchange, entity, id, *operation);
    }
  }
  if (segments.size() == 4 && name == "transitions") {
    return handle_transition(exchange, entity, id, segments[3]);
  }
  if (segments.size() == 4 && name == "relationships") {
    if (const auto *relationship = readable_relationship(exchange.application, entity, segments[3])) {
      return handle_linkage(exchange, entity, id, *relationship);
    }
  }
  refuse_absent(has_below(entity, segments));
}

} // namespace

Response route(Exchange &exchange) {
  const auto &segments = exchange.request.segments;
  if (segments.size() == 1 && segments[0] == "openapi.json") {
    return handle_openapi(exchange); // the one document that is not JSON:API
  }
  check_accept(exchange.request);
  if (segments[0] == "workflows") {
    return handle_workflows(exchange);
  }
  if (segments[0] == "activity") {
    return handle_activity(exchange);
  }
  const Entity &entity = exchange.entity(segments[0]);
  if (segments.size() == 1) {
    return handle_collection(exchange, entity);
  }
  if (segments.size() == 2) {
    if (const auto *operation = entity.operation(segments[1], PARLEY_OPERATION_ON_COLLECTION, exchange.application)) {
      return handle_operation(exchange, entity, {}, *operation);
    }
    return handle_resource(exchange, entity, segments[1]);
  }
  return route_below(exchange, entity);
}

} // namespace parley::host
