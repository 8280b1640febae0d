// What `include` asks for: fetched in one go for each type and level.
#ifndef PARLEY_HOST_HTTP_INCLUDE_HPP
#define PARLEY_HOST_HTTP_INCLUDE_HPP

#include "host-sdk/src/http/query.hpp"

#include <deque>

namespace parley::host {

// The related documents of `primary`, each once, none that is primary itself. May fill in the `related` of primary documents that a
// sparse fieldset left out.
std::deque<Document> load_included(Exchange &exchange, const Query &query, std::deque<Document> &primary);

} // namespace parley::host

#endif
