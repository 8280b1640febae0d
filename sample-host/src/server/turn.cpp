#include "sample-host/src/server/turn.h"

namespace host {
namespace {

constexpr std::int64_t lingering_seconds = 2;

// 0: without end.
std::int64_t seconds_for(Turn::State state, const HttpLimits &limits) {
  switch (state) {
  case Turn::State::idle:
    return limits.idle_seconds;
  case Turn::State::head:
    return limits.head_seconds;
  case Turn::State::body:
    return limits.body_seconds;
  case Turn::State::answering:
    return limits.answer_seconds;
  case Turn::State::lingering:
    return lingering_seconds;
  case Turn::State::working:
    break;
  }
  return 0;
}

} // namespace

void Turn::enter(State state, Moment now) {
  state_ = state;
  if (state != State::body) {
    since_ = now;
  }
  const std::int64_t seconds = seconds_for(state, limits_);
  until_ = seconds == 0 ? Moment::max() : now + std::chrono::seconds(seconds);
}

} // namespace host
