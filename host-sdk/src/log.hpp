// What libparley-host itself has to say, written to the host's parley.log.
#ifndef PARLEY_HOST_LOG_HPP
#define PARLEY_HOST_LOG_HPP

#include <cstdint>
#include <parley/call.h>
#include <parley/ext/log.h>
#include <string_view>

namespace parley::host {

class Runtime;

// Writes one record where the host has the table and keeps that level. call: for whose request, or NULL. message: one line,
// without anything that was sent. fields: JSON object, or empty. Thread-safe.
void write_log(const Runtime &runtime, const parley_call *call, std::uint32_t level, std::string_view event,
               std::string_view message, std::string_view fields = {}) noexcept;

} // namespace parley::host

#endif
