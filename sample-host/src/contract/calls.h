// parley_call: made for each request, recognized when it comes back from a plugin.
#ifndef PARLEY_SAMPLE_HOST_CONTRACT_CALLS_H
#define PARLEY_SAMPLE_HOST_CONTRACT_CALLS_H

#include <atomic>
#include <string>

#include <parley/call.h>

#include "sample-host/src/actor.h"
#include "sample-host/src/contract/services.h"

namespace host {

// Owns everything that its parley_call shows. Lives as long as the request.
class Call {
public:
  Call(Actor actor, std::string request_id, std::string trace_parent = {}, std::string idempotency_key = {});
  // Of the host itself, which outlives the call: maintenance. It is cancelled when `cancelled` becomes true.
  Call(std::string request_id, const std::atomic<bool> &cancelled);
  Call(const Call &) = delete;
  Call &operator=(const Call &) = delete;

  const parley_call *get() const { return &call_; }
  const Actor &actor() const { return actor_; }
  const std::string &request_id() const { return request_id_; }

private:
  Actor actor_;
  std::string request_id_;
  std::string trace_parent_;
  std::string idempotency_key_;
  const std::atomic<bool> *cancelled_ = nullptr;
  parley_call call_{};
};

// For whom a plugin asks. An actor that is gone has no rights: its id is empty.
Actor actor_of(const Services &services, const parley_call *call);

} // namespace host

#endif
