// One request on its way: who asks, what is registered, what is open to them.
#ifndef PARLEY_HOST_HTTP_EXCHANGE_HPP
#define PARLEY_HOST_HTTP_EXCHANGE_HPP

#include "host-sdk/src/gates.hpp"
#include "host-sdk/src/http/answer.hpp"
#include "host-sdk/src/http/message.hpp"
#include "host-sdk/src/runtime.hpp"

#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

namespace parley::host {

// A call of our own: that of the host with the request's idempotency key.
class OwnCall {
public:
  OwnCall(const parley_call &call, std::string_view idempotency_key);
  const parley_call &get() const { return *call_; }

private:
  std::unique_ptr<char[]> bytes_;
  parley_call *call_;
};

// What an action is at an address: "GET, HEAD".
struct ActionMethods {
  std::uint32_t action = 0;
  const char *methods = "";
};

class Exchange {
public:
  Exchange(const Runtime &runtime, const parley_call &call, Request request);

  const Runtime &runtime;
  std::shared_ptr<const World> world;
  const Registry &registry;
  Request request;
  OwnCall own_call;
  const parley_call &call;
  std::uint32_t application;
  std::string locale;
  Gates gates;

  // The entity of this type where the application has it and its gate is open; refuses (404) else.
  const Entity &entity(std::string_view type);
  // Which of these types can be read here: registered, with GET, and their gate is open.
  void ask_gates(const std::vector<Gate> &asked);
  bool readable(const Entity *candidate);

  // Address of a resource, percent-encoded.
  std::string url(const Ref &ref) const;
  // Address of a resource for its `links`; empty where it cannot be fetched.
  std::string self_link(const Ref &ref) const;
  // Refuses a method that an address does not have: 405 with those that it has here; 404 where it has none.
  [[noreturn]] void refuse_method_of(const Entity &entity, std::initializer_list<ActionMethods> methods) const;
  bool offers(const Entity &entity, std::uint32_t action) const { return (entity.actions(application) & action) != 0; }
};

// Runs an operation; refuses where it fails or answers what is no answer.
template <class Function>
void run(Owner &owner, Function &&function) {
  FaultSink errors;
  const std::int32_t status = call_owned(owner, [&] { return function(errors.get()); });
  if (status != PARLEY_OK) {
    refuse_failure(status, errors.take());
  }
}

// Refuses what is no answer, as a defect of who answered. asked: whom, for the log: "orders".
void check_sound(const Answer &answer, std::string_view asked);

// Fetches by id. fields: NULL for all.
void get_many(Exchange &exchange, const Entity &entity, const std::vector<std::string> &ids,
              const std::vector<std::string> *fields, Answer &answer);
// Fetches one; refuses (404) where it is not there.
void get_one(Exchange &exchange, const Entity &entity, const std::string &id, const std::vector<std::string> *fields,
             Answer &answer);

} // namespace parley::host

#endif
