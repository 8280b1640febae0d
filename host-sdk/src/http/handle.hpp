// parley_http_handle.
#ifndef PARLEY_HOST_HTTP_HANDLE_HPP
#define PARLEY_HOST_HTTP_HANDLE_HPP

#include "host-sdk/src/runtime.hpp"

namespace parley::host {

std::int32_t handle_http(const Runtime &runtime, const parley_call &call, const parley_http_request &request,
                         const parley_http_sink &sink);

} // namespace parley::host

#endif
