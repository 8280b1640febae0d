#include "host-sdk/src/http/body.hpp"
#include "host-sdk/src/http/compose.hpp"
#include "host-sdk/src/http/conditions.hpp"
#include "host-sdk/src/http/handlers.hpp"
#include "host-sdk/src/http/write.hpp"

namespace parley::host {

Response handle_operation(Exchange &exchange, const Entity &entity, const std::string &id, const Operation &operation) {
  const Request &request = exchange.request;
  if (request.method != (operation.safe() ? "GET" : "POST")) {
    refuse_method(operation.safe() ? "GET, HEAD" : "POST");
  }
  if (id.size() > PARLEY_REF_PART_MAX) {
    refuse_not_found();
  }
  const Query query = operation.answers_documents() ? read_query(exchange, &entity, allow_representation)
                                                    : read_query(exchange, nullptr, 0);
  const std::string input = operation.safe() ? std::string() : read_meta(exchange);
  auto call = sized<parley_operation_call>();
  if (id.empty() && !operation.safe()) {
    refuse_versions(request);
  }
  call.expected_version = operation.safe() || id.empty() ? 0 : expected_version(exchange, entity, id);
  call.name = str(operation.name);
  call.id = str(id);
  call.input = str(input);
  Answer answer;
  run(*entity.owner, [&](const parley_error_sink *errors) {
    return entity.invoke(entity.context, &exchange.call, &call, answer.sink(), errors);
  });
  check_sound(answer, entity.type);
  const bool always_documents = (operation.flags & PARLEY_OPERATION_DOCUMENTS) != 0;
  if (answer.documents.empty() && !answer.meta.empty() && !always_documents) {
    return compose_meta(answer.meta);
  }
  if (answer.documents.empty() && !operation.answers_documents()) {
    Response response;
    response.status = 204;
    return response;
  }
  apply_fields(query, answer);
  if (id.empty()) {
    return compose_related(exchange, query, answer, false);
  }
  if (answer.documents.size() > 1) {
    refuse(PARLEY_INTERNAL, "unsound-answer",
           "The answer of " + operation.name + " on one of " + entity.type + " holds several documents.");
  }
  return answer.documents.empty() ? compose_related(exchange, query, answer, true)
                                  : compose_one(exchange, query, answer);
}

} // namespace parley::host
