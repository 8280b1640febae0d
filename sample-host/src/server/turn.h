// What a connection is at, and how long its client may take for that. Knows neither sockets nor the clock.
#ifndef PARLEY_SAMPLE_HOST_SERVER_TURN_H
#define PARLEY_SAMPLE_HOST_SERVER_TURN_H

#include <chrono>

#include "sample-host/src/server/http_limits.h"

namespace host {

// Not thread-safe.
class Turn {
public:
  using Moment = std::chrono::steady_clock::time_point;

  enum class State {
    idle,      // nothing of the next request has come
    head,      // some of its headers
    body,      // all of its headers
    working,   // it is being answered
    answering, // the client has not taken all of the answer
    lingering, // our side is closed; what still comes is dropped, so that the client gets to read the answer
  };

  explicit Turn(const HttpLimits &limits) : limits_(limits) {}

  // The time of the new state begins now, whatever is left of that before.
  void enter(State state, Moment now);

  State state() const { return state_; }
  // The client has had its turn since then. From headers to body it is still the same.
  Moment since() const { return since_; }
  // When the client has to be done; the end of time where it is waited for by nobody.
  Moment until() const { return until_; }

private:
  const HttpLimits &limits_;
  State state_ = State::idle;
  Moment since_;
  Moment until_ = Moment::max();
};

} // namespace host

#endif
