#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "plugin/domain/conversation.hpp"
#include "plugin/domain/reference.hpp"

namespace parley::app {

/// For whom, where, when: what every use case is told about the call that it serves.
struct Request {
  domain::Reference actor; ///< {"system", ""}: a job
  domain::Audience audience = domain::Audience::backoffice;
  std::string organization;    ///< id, or empty
  std::string website;         ///< id, or empty
  std::string locale = "en";   ///< BCP 47
  std::string idempotency_key; ///< of the client, or empty
  /// Of what is asked for, where that key guards it: then the one command of the request is carried out once. Else empty.
  std::string fingerprint;
  domain::Time now = 0; ///< of the host's clock, read once a call

  /// Does nobody want the answer any more? Is the time over? Thread-safe, must not block. Empty: never.
  std::function<bool()> cancelled;
  std::function<bool()> expired;
  /// When it is over; time_point::max(): never.
  std::chrono::steady_clock::time_point until = std::chrono::steady_clock::time_point::max();

  [[nodiscard]] bool backoffice() const { return audience == domain::Audience::backoffice; }
};

} // namespace parley::app
