#include "sample-host/src/contract/calls.h"

#include "sample-host/src/auth/accounts.h"
#include "sample-host/src/contract/strings.h"

namespace host {
namespace {
constexpr std::int64_t longest_request_us = 30'000'000;

Actor system_actor() {
  Actor actor;
  actor.side = Side::backoffice;
  actor.type = PARLEY_ACTOR_SYSTEM;
  actor.locale = "en";
  return actor;
}
} // namespace

Call::Call(Actor actor, std::string request_id, std::string trace_parent, std::string idempotency_key)
    : actor_(std::move(actor)), request_id_(std::move(request_id)), trace_parent_(std::move(trace_parent)),
      idempotency_key_(std::move(idempotency_key)) {
  call_.size = sizeof call_;
  call_.application = actor_.side == Side::backoffice ? PARLEY_APPLICATION_BACKOFFICE : PARLEY_APPLICATION_STOREFRONT;
  call_.time_left_us = longest_request_us;
  call_.actor = borrow_ref(actor_.type, actor_.id);
  call_.organization = borrow(actor_.organization);
  call_.website = borrow(actor_.website);
  call_.locale = borrow(actor_.locale);
  call_.time_zone = borrow(actor_.time_zone);
  call_.request_id = borrow(request_id_);
  call_.trace_parent = borrow(trace_parent_);
  call_.idempotency_key = borrow(idempotency_key_);
  call_.host_context = this;
  call_.cancelled = nullptr;
}

Call::Call(std::string request_id, const std::atomic<bool> &cancelled) : Call(system_actor(), std::move(request_id)) {
  cancelled_ = &cancelled;
  call_.cancelled = [](const parley_call *self) noexcept -> std::uint32_t {
    return static_cast<const Call *>(self->host_context)->cancelled_->load() ? 1U : 0U;
  };
}

Actor actor_of(const Services &services, const parley_call *call) {
  if (call->host_context != nullptr) {
    return static_cast<const Call *>(call->host_context)->actor();
  }
  const Side side = call->application == PARLEY_APPLICATION_STOREFRONT ? Side::storefront : Side::backoffice;
  if (view(call->actor.type) != PARLEY_ACTOR_SYSTEM) {
    if (auto actor = services.accounts.find(view(call->actor.type), view(call->actor.id))) {
      return *actor;
    }
  }
  Actor actor;
  actor.side = side;
  actor.type = copy(call->actor.type);
  actor.organization = copy(call->organization);
  actor.website = copy(call->website);
  actor.locale = call->locale.size != 0 ? copy(call->locale) : "en";
  return actor;
}

} // namespace host
