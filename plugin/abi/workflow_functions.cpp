#include <string>
#include <string_view>
#include <vector>

#include "plugin/abi/conversation_answers.hpp"
#include "plugin/abi/exchange.hpp"
#include "plugin/abi/operations.hpp"
#include "plugin/app/available_transitions.hpp"
#include "plugin/app/perform_transition.hpp"
#include "plugin/app/workflow_state.hpp"
#include "plugin/jsonapi/identifiers.hpp"

namespace parley::abi {
namespace {

std::int32_t PARLEY_ABI available(void *self, const parley_call *call, const parley_str *ids, std::size_t id_count,
                                  const parley_availability_sink *result, const parley_error_sink *errors) noexcept {
  return serve(self, call, errors, [&](const Exchange &exchange) -> std::int32_t {
    std::vector<domain::ConversationId> conversations;
    conversations.reserve(id_count);
    for (std::size_t index = 0; index < id_count; ++index) {
      if (const auto id = jsonapi::parse_conversation_id(cpp::view(ids[index]))) {
        conversations.push_back(*id);
      }
    }
    const auto found = app::available_transitions(exchange.call(), conversations);
    if (!found) {
      return exchange.fail(found.failure());
    }
    for (const domain::Availability &each : found.value()) {
      const std::string id = jsonapi::conversation_id(each.conversation);
      const cpp::StringArray transitions(each.transitions);
      parley_availability availability{};
      availability.size = static_cast<std::uint32_t>(sizeof availability);
      availability.id = cpp::str(id);
      availability.step = cpp::str(domain::name_of(each.step));
      availability.transitions = transitions.data();
      availability.transition_count = transitions.size();
      if (result->put(result, &availability) != PARLEY_OK) {
        return PARLEY_SINK_REFUSED;
      }
    }
    return PARLEY_OK;
  });
}

std::int32_t PARLEY_ABI perform(void *self, const parley_call *call, const parley_transition_call *transition,
                                const parley_result_sink *result, const parley_error_sink *errors) noexcept {
  return serve(self, call, errors, [&](Exchange &exchange) -> std::int32_t {
    if (transition == nullptr || !PARLEY_HAS(transition, parley_transition_call, transition)) {
      return exchange.too_small("parley_transition_call");
    }
    const auto id = jsonapi::parse_conversation_id(cpp::view(transition->id));
    if (!id) {
      return exchange.not_found();
    }
    const std::string version = std::to_string(transition->expected_version);
    const auto before =
        exchange.once({"perform", cpp::view(transition->transition), cpp::view(transition->id), version});
    if (!before) {
      return exchange.fail(before.failure());
    }
    if (before.value()) {
      return answer_again(exchange, *id, result);
    }
    app::TransitionOrder order;
    order.conversation = *id;
    order.expected_version = static_cast<std::int64_t>(transition->expected_version);
    order.transition = cpp::text(transition->transition);
    const auto done = app::perform_transition(exchange.call(), order);
    return done ? answer_own_work(exchange, *id, result) : exchange.fail(done.failure());
  });
}

std::int32_t PARLEY_ABI is_active(void *self, const parley_call *call, std::uint32_t *active,
                                  const parley_error_sink *errors) noexcept {
  return serve(self, call, errors, [&](const Exchange &exchange) -> std::int32_t {
    const auto state = app::workflow_active(exchange.call());
    if (!state) {
      return exchange.fail(state.failure());
    }
    *active = state.value() ? 1U : 0U;
    return PARLEY_OK;
  });
}

std::int32_t PARLEY_ABI set_active(void *self, const parley_call *call, std::uint32_t active,
                                   const parley_error_sink *errors) noexcept {
  return serve(self, call, errors, [&](Exchange &exchange) -> std::int32_t {
    const auto before = exchange.once({"set-active", active != 0 ? "1" : "0"});
    if (!before) {
      return exchange.fail(before.failure());
    }
    // One that was done before is not done again by the store, but for who may do it.
    const auto done = app::set_workflow_active(exchange.call(), active != 0);
    return done ? PARLEY_OK : exchange.fail(done.failure());
  });
}

} // namespace

void set_workflow_functions(parley_workflow &workflow) {
  workflow.available = &available;
  workflow.perform = &perform;
  workflow.is_active = &is_active;
  workflow.set_active = &set_active;
}

} // namespace parley::abi
