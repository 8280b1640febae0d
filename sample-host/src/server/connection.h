// One client's connection: what came, what goes out, and until when. For the reactor's thread.
#ifndef PARLEY_SAMPLE_HOST_SERVER_CONNECTION_H
#define PARLEY_SAMPLE_HOST_SERVER_CONNECTION_H

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "sample-host/src/server/descriptor.h"
#include "sample-host/src/server/request_parser.h"

namespace host {

using Moment = std::chrono::steady_clock::time_point;

struct Connection {
  enum class State {
    idle,      // nothing of the next request has come
    head,      // some of its headers
    body,      // all of its headers
    working,   // it is being answered; a worker may write to the socket
    answering, // the client has not taken all of the answer
    lingering, // our side is closed; what still comes is dropped, so that the client gets to read the answer
  };

  Connection(std::uint64_t its_key, int descriptor, const HttpLimits &limits)
      : key(its_key), socket(descriptor), parser(std::in_place, limits) {}

  const std::uint64_t key;
  const Descriptor socket;
  State state = State::idle;
  Moment since;      // the client has its turn
  Moment until;      // it has to be done with it
  std::string input; // that the parser has not taken
  std::optional<RequestParser> parser;
  std::string output;     // that the client has not taken
  bool closes = false;    // after this answer
  bool is_watched = true; // by the poller
};

} // namespace host

#endif
