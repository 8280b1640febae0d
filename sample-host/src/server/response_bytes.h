// A response as it goes over the wire.
#ifndef PARLEY_SAMPLE_HOST_SERVER_RESPONSE_BYTES_H
#define PARLEY_SAMPLE_HOST_SERVER_RESPONSE_BYTES_H

#include <cstdint>
#include <string>

#include "sample-host/src/web/http.h"

namespace host {

struct Delivery {
  bool has_body = true;           // not for HEAD
  bool keeps_alive = true;        // the connection stays open
  std::int64_t idle_seconds = 15; // and for how long
  bool has_chunks = true;         // the client knows them: not HTTP/1.0, to which the end of the connection is the end
};

// One HTTP/1.1 message. Statuses that have no body get none. Of a response with `more` it is the beginning.
std::string response_bytes(const Response &response, const Delivery &delivery);
// One more piece of a response with `more`.
std::string piece_bytes(const std::string &piece, bool is_last, const Delivery &delivery);

} // namespace host

#endif
