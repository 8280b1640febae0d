#include "host-sdk/src/http/write.hpp"

#include <algorithm>

namespace parley::host {
namespace {

// Of the plugin only what the router has not said already, at that place or above or below it.
bool said_already(const Faults &faults, const Fault &fault) {
  const auto within = [](const std::string &inner, const std::string &outer) {
    return inner.size() >= outer.size() && inner.compare(0, outer.size(), outer) == 0 &&
           (inner.size() == outer.size() || inner[outer.size()] == '/');
  };
  return std::any_of(faults.begin(), faults.end(), [&](const Fault &known) {
    return !known.pointer.empty() && !fault.pointer.empty() &&
           (within(known.pointer, fault.pointer) || within(fault.pointer, known.pointer));
  });
}

} // namespace

void perform_write(Exchange &exchange, const Entity &entity, WriteFunction function, parley_write write,
                   const Faults &faults, Answer &answer) {
  if (faults.empty()) {
    run(*entity.owner, [&](const parley_error_sink *errors) {
      return function(entity.context, &exchange.call, &write, answer.sink(), errors);
    });
    check_sound(answer, entity.type);
    return;
  }
  write.flags |= PARLEY_WRITE_CHECK_ONLY;
  Refusal refusal;
  refusal.faults = faults;
  FaultSink errors;
  Answer unused;
  const std::int32_t status = call_owned(
      *entity.owner, [&] { return function(entity.context, &exchange.call, &write, unused.sink(), errors.get()); });
  if (status == PARLEY_NOT_FOUND || status == PARLEY_FORBIDDEN) {
    refuse_failure(status, errors.take()); // what is wrong with the document is none of this actor's business
  }
  for (auto &fault : errors.take()) {
    if (fault.status == PARLEY_INVALID && !said_already(faults, fault)) {
      refusal.faults.push_back(std::move(fault));
    }
  }
  throw Refusal(std::move(refusal));
}

void apply_fields(Exchange &exchange, const Entity &entity, const Query &query, Answer &answer) {
  const auto *fields = query.fields_of(entity.type);
  if (fields == nullptr || answer.documents.empty() || entity.get_many == nullptr) {
    return;
  }
  const std::string id = answer.documents.front().ref.id;
  answer.documents.clear();
  get_one(exchange, entity, id, fields, answer);
}

} // namespace parley::host
