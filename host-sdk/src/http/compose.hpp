// Top-level documents, spliced together from what plugins wrote.
#ifndef PARLEY_HOST_HTTP_COMPOSE_HPP
#define PARLEY_HOST_HTTP_COMPOSE_HPP

#include "host-sdk/src/http/answer.hpp"
#include "host-sdk/src/http/query.hpp"

namespace parley::host {

// The document with its `links` put in.
void append_resource(std::string &out, const Exchange &exchange, const Document &document);

// One document, with ETag; `included` is fetched.
Response compose_one(Exchange &exchange, const Query &query, Answer &answer);
// A list with links to its neighbours, `included` fetched.
Response compose_list(Exchange &exchange, const Query &query, Answer &answer);
// Documents without paging: an array, or for `single` the first or null.
Response compose_related(Exchange &exchange, const Query &query, Answer &answer, bool single);
// Nothing but `meta`, a JSON object.
Response compose_meta(std::string_view meta);

// Linkage: an array, or for `single` the first or null. related: address of the related documents.
struct Linkage {
  const std::vector<Ref> &refs;
  bool single = false;
  std::string related;
};
Response compose_linkage(Exchange &exchange, const Query &query, const Linkage &linkage, const Answer *page);

// "\"7\""; empty where no version is shown.
// `"7-1f3a"`: the version that If-Match is compared by, and what tells this answer from another of the same version, since a
// document may show more than what has been edited (RFC 9110, 8.8.1). Empty where there is no version.
std::string etag_of(const Document &document, std::string_view body);

} // namespace parley::host

#endif
