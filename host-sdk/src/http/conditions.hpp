// If-Match and If-None-Match.
#ifndef PARLEY_HOST_HTTP_CONDITIONS_HPP
#define PARLEY_HOST_HTTP_CONDITIONS_HPP

#include "host-sdk/src/http/answer.hpp"
#include "host-sdk/src/http/message.hpp"

namespace parley::host {

// The version that If-Match names; 0 for "*" and where there is none. Refuses (412) a tag that can match nothing.
std::uint64_t expected_version(const Request &request);
// For what has no version: refuses (412) a request that expects one.
void refuse_versions(const Request &request);
// The client has this version already.
bool not_modified(const Request &request, const std::string &etag);

} // namespace parley::host

#endif
