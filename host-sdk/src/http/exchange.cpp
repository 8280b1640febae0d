#include "host-sdk/src/http/exchange.hpp"

#include "host-sdk/src/abi.hpp"
#include "host-sdk/src/http/percent.hpp"

#include <algorithm>
#include <cstring>

namespace parley::host {

OwnCall::OwnCall(const parley_call &call, std::string_view idempotency_key)
    : bytes_(std::make_unique<char[]>(std::max<std::size_t>(call.size, sizeof(parley_call)))) {
  std::memcpy(bytes_.get(), &call, call.size);
  call_ = static_cast<parley_call *>(static_cast<void *>(bytes_.get()));
  call_->size = std::max(call.size, size_of<parley_call>());
  if (!idempotency_key.empty()) {
    call_->idempotency_key = str(idempotency_key);
  }
}

Exchange::Exchange(const Runtime &runtime_, const parley_call &call_, Request request_)
    : runtime(runtime_), world(runtime_.world()), registry(*world->registry), request(std::move(request_)),
      own_call(call_, request.idempotency_key), call(own_call.get()), application(call.application),
      locale(view(call.locale)), gates(runtime, registry, call) {}

const Entity &Exchange::entity(std::string_view type) {
  const Entity *found = registry.entity(type);
  if (found == nullptr) {
    refuse_not_found();
  }
  ask_gates({found->gate});
  if (!gates.open(found->gate)) {
    refuse_not_found();
  }
  if (!found->is_in(application)) {
    refuse_method("");
  }
  return *found;
}

void Exchange::refuse_method_of(const Entity &entity, std::initializer_list<ActionMethods> methods) const {
  std::string allow;
  for (const auto &each : methods) {
    if (offers(entity, each.action)) {
      allow += (allow.empty() ? "" : ", ") + std::string(each.methods);
    }
  }
  refuse_method(allow);
}

void Exchange::ask_gates(const std::vector<Gate> &asked) {
  Faults faults;
  const std::int32_t status = gates.ask(asked, faults);
  if (status != PARLEY_OK) {
    refuse_failure(status, std::move(faults));
  }
}

bool Exchange::readable(const Entity *candidate) {
  if (candidate == nullptr || candidate->get_many == nullptr || !offers(*candidate, PARLEY_ACTION_GET)) {
    return false;
  }
  ask_gates({candidate->gate});
  return gates.open(candidate->gate);
}

std::string Exchange::url(const Ref &ref) const {
  return request.base + "/" + percent_encode(ref.type) + "/" + percent_encode(ref.id);
}

std::string Exchange::self_link(const Ref &ref) const {
  const Entity *entity = registry.entity(ref.type);
  return entity != nullptr && offers(*entity, PARLEY_ACTION_GET) ? url(ref) : std::string();
}

void check_sound(const Answer &answer, std::string_view asked) {
  if (!answer.problem().empty()) {
    refuse(PARLEY_INTERNAL, "unsound-answer",
           "The answer of " + std::string(asked) + " holds " + answer.problem() + ".");
  }
}

void get_many(Exchange &exchange, const Entity &entity, const std::vector<std::string> &ids,
              const std::vector<std::string> *fields, Answer &answer) {
  if (ids.empty()) {
    return;
  }
  if (entity.get_many == nullptr) {
    refuse_failure(PARLEY_UNSUPPORTED, {});
  }
  const auto id_texts = borrow_strings(ids);
  const auto field_texts = fields == nullptr ? std::vector<parley_str>{} : borrow_strings(*fields);
  auto get = sized<parley_get>();
  get.flags = fields == nullptr ? PARLEY_QUERY_ALL_FIELDS : 0;
  get.ids = id_texts.data();
  get.id_count = id_texts.size();
  get.fields = field_texts.data();
  get.field_count = field_texts.size();
  run(*entity.owner, [&](const parley_error_sink *errors) {
    return entity.get_many(entity.context, &exchange.call, &get, answer.sink(), errors);
  });
  check_sound(answer, entity.type);
}

void get_one(Exchange &exchange, const Entity &entity, const std::string &id, const std::vector<std::string> *fields,
             Answer &answer) {
  if (id.size() > PARLEY_REF_PART_MAX) {
    refuse_not_found();
  }
  get_many(exchange, entity, {id}, fields, answer);
  if (answer.documents.empty()) {
    refuse_not_found();
  }
}

} // namespace parley::host
