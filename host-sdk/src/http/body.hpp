// What clients send: documents, linkage, meta. Checked against the descriptor before a plugin sees it.
#ifndef PARLEY_HOST_HTTP_BODY_HPP
#define PARLEY_HOST_HTTP_BODY_HPP

#include "host-sdk/src/http/exchange.hpp"

#include <string>
#include <vector>

namespace parley::host {

// Every fault of a document to create (id empty) or update. Refuses at once what is no document at all.
Faults check_document(const Exchange &exchange, const Entity &entity, const std::string &id);

// The references of {"data": ...} for a relationship: an array, one identifier or null. Refuses with every fault.
std::vector<Ref> read_linkage(const Exchange &exchange, const Relationship &relationship);

// The `meta` member as JSON, empty where there is none. An absent body is allowed.
std::string read_meta(const Exchange &exchange);

// {"data": [identifier, ...]}, at most `most`.
std::vector<Ref> read_identifiers(const Exchange &exchange, std::size_t most);

} // namespace parley::host

#endif
