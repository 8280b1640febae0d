// If-Match and If-None-Match (RFC 9110, 13.1). Of the tags of a write only the version counts.
#ifndef PARLEY_HOST_HTTP_CONDITIONS_HPP
#define PARLEY_HOST_HTTP_CONDITIONS_HPP

#include "host-sdk/src/http/exchange.hpp"

namespace parley::host {

// For a write to one resource: the version that it may have; 0: any. What no version can satisfy becomes one that nothing
// has, so that the plugin, who is asked in any case, gets to say first that it is not there or not allowed. Reads the
// resource where several versions are named.
std::uint64_t expected_version(Exchange &exchange, const Entity &entity, const std::string &id);
// For a read: refuses (412) what has another version.
void check_version(const Request &request, std::uint64_t version);
// Whether the request names a version. For what has none: refuses (412) such a request.
bool names_version(const Request &request);
void refuse_versions(const Request &request);
// The client has this version already.
bool not_modified(const Request &request, const std::string &etag);

// Whether the request's success hangs on a condition.
bool is_conditional(const Request &request);
// Says which header it was that what is stale has failed.
void blame_condition(const Request &request, Fault &fault);

} // namespace parley::host

#endif
