#include "host-sdk/src/http/body.hpp"
#include "host-sdk/src/http/compose.hpp"
#include "host-sdk/src/http/conditions.hpp"
#include "host-sdk/src/http/handlers.hpp"
#include "host-sdk/src/http/write.hpp"

#include <algorithm>

namespace parley::host {
namespace {

Response fetch(Exchange &exchange, const Entity &entity, const std::string &id) {
  const Query query = read_query(exchange, &entity, allow_representation);
  Answer answer;
  get_one(exchange, entity, id, query.fields_of(entity.type), answer);
  check_version(exchange.request, answer.documents.front().version);
  Response response = compose_one(exchange, query, answer);
  const auto etag = std::find_if(response.headers.begin(), response.headers.end(),
                                 [](const auto &header) { return header.first == "ETag"; });
  if (etag != response.headers.end() && not_modified(exchange.request, etag->second)) {
    response.status = 304;
    response.body.clear();
    response.headers = {*etag};
  }
  return response;
}

Response update(Exchange &exchange, const Entity &entity, const std::string &id) {
  const Query query = read_query(exchange, &entity, allow_representation);
  const Faults faults = check_document(exchange, entity, id);
  auto write = sized<parley_write>();
  write.expected_version = expected_version(exchange, entity, id);
  write.id = str(id);
  write.json = str(exchange.request.body);
  Answer answer;
  perform_write(exchange, entity, entity.update, write, faults, answer);
  apply_fields(query, answer);
  return compose_one(exchange, query, answer);
}

Response remove(Exchange &exchange, const Entity &entity, const std::string &id) {
  read_query(exchange, nullptr, 0);
  auto removal = sized<parley_removal>();
  removal.expected_version = expected_version(exchange, entity, id);
  removal.id = str(id);
  run(*entity.owner,
      [&](const parley_error_sink *errors) { return entity.remove(entity.context, &exchange.call, &removal, errors); });
  Response response;
  response.status = 204;
  return response;
}

} // namespace

Response handle_resource(Exchange &exchange, const Entity &entity, const std::string &id) {
  if (id.size() > PARLEY_REF_PART_MAX) {
    refuse_not_found();
  }
  const std::string &method = exchange.request.method;
  if (method == "GET" && exchange.offers(entity, PARLEY_ACTION_GET)) {
    return fetch(exchange, entity, id);
  }
  if (method == "PATCH" && exchange.offers(entity, PARLEY_ACTION_UPDATE)) {
    return update(exchange, entity, id);
  }
  if (method == "DELETE" && exchange.offers(entity, PARLEY_ACTION_DELETE)) {
    return remove(exchange, entity, id);
  }
  exchange.refuse_method_of(
      entity, {{PARLEY_ACTION_GET, "GET, HEAD"}, {PARLEY_ACTION_UPDATE, "PATCH"}, {PARLEY_ACTION_DELETE, "DELETE"}});
}

} // namespace parley::host
