#include "host-sdk/src/http/body.hpp"
#include "host-sdk/src/http/compose.hpp"
#include "host-sdk/src/http/conditions.hpp"
#include "host-sdk/src/http/handlers.hpp"
#include "host-sdk/src/http/write.hpp"
#include "host-sdk/src/text.hpp"

#include <algorithm>

namespace parley::host {
namespace {

Response list(Exchange &exchange, const Entity &entity) {
  const Query query = read_query(exchange, &entity, allow_list);
  const QueryArgument argument(query, entity);
  Answer answer;
  run(*entity.owner, [&](const parley_error_sink *errors) {
    return entity.query(entity.context, &exchange.call, argument.get(), answer.sink(), errors);
  });
  check_sound(answer, entity.type);
  return compose_list(exchange, query, answer);
}

Response create(Exchange &exchange, const Entity &entity) {
  const Query query = read_query(exchange, &entity, allow_representation);
  const Faults faults = check_document(exchange, entity, {});
  auto write = sized<parley_write>();
  // Who expects a version gets none, and nothing is written; but what else is wrong is said first.
  write.flags = names_version(exchange.request) ? PARLEY_WRITE_CHECK_ONLY : 0;
  write.json = str(exchange.request.body);
  Answer answer;
  perform_write(exchange, entity, entity.create, write, faults, answer);
  refuse_versions(exchange.request);
  apply_fields(query, answer);
  Response response = compose_one(exchange, query, answer);
  response.status = 201;
  response.headers.emplace_back("Location", exchange.url(answer.documents.front().ref));
  return response;
}

// What the plugin says itself, said before something else is.
void check_permissions(Exchange &exchange, const Entity &entity, std::uint32_t action) {
  std::vector<Gate> gates;
  for (const auto &needed : entity.permissions) {
    if (needed.action == action) {
      gates.push_back(entity.permission_gate(needed));
    }
  }
  exchange.ask_gates(gates);
  if (!std::all_of(gates.begin(), gates.end(), [&](const Gate &gate) { return exchange.gates.permitted(gate); })) {
    refuse_failure(PARLEY_FORBIDDEN, {});
  }
}

Response remove_many(Exchange &exchange, const Entity &entity) {
  const Query query = read_query(exchange, &entity, allow_filters);
  if (query.filters.empty()) {
    refuse(PARLEY_MALFORMED, "no-filter", "Deleting many needs a filter.", {}, "filter");
  }
  for (const auto &filter : query.filters) {
    // A client whose variable is empty means no filter, and would delete everything.
    if (std::all_of(filter.values.begin(), filter.values.end(),
                    [](const std::string &value) { return trim(value).empty(); })) {
      refuse(PARLEY_MALFORMED, "no-filter", "Deleting many needs a filter with a value.", {},
             "filter[" + (filter.field.empty() ? "search" : filter.field) + "]");
    }
  }
  check_permissions(exchange, entity, PARLEY_ACTION_DELETE_MANY);
  refuse_versions(exchange.request);
  const QueryArgument argument(query, entity);
  std::uint64_t count = 0;
  run(*entity.owner, [&](const parley_error_sink *errors) {
    return entity.count(entity.context, &exchange.call, argument.get(), &count, errors);
  });
  auto removal = sized<parley_removal_many>();
  removal.expected_count = count;
  removal.query = argument.get();
  std::uint64_t removed = 0;
  run(*entity.owner, [&](const parley_error_sink *errors) {
    return entity.remove_many(entity.context, &exchange.call, &removal, &removed, errors);
  });
  return compose_meta("{\"removed\":" + std::to_string(removed) + "}");
}

} // namespace

Response handle_collection(Exchange &exchange, const Entity &entity) {
  const std::string &method = exchange.request.method;
  if (method == "GET" && exchange.offers(entity, PARLEY_ACTION_LIST)) {
    return list(exchange, entity);
  }
  if (method == "POST" && exchange.offers(entity, PARLEY_ACTION_CREATE)) {
    return create(exchange, entity);
  }
  if (method == "DELETE" && exchange.offers(entity, PARLEY_ACTION_DELETE_MANY)) {
    return remove_many(exchange, entity);
  }
  exchange.refuse_method_of(
      entity,
      {{PARLEY_ACTION_LIST, "GET, HEAD"}, {PARLEY_ACTION_CREATE, "POST"}, {PARLEY_ACTION_DELETE_MANY, "DELETE"}});
}

} // namespace parley::host
