// Creating and updating: every fault at once, those that the router found and those of the plugin.
#ifndef PARLEY_HOST_HTTP_WRITE_HPP
#define PARLEY_HOST_HTTP_WRITE_HPP

#include "host-sdk/src/http/query.hpp"

namespace parley::host {

using WriteFunction = decltype(parley_entity::create);

// Without faults writes and fills `answer`; with faults only lets the plugin check, and refuses.
void perform_write(Exchange &exchange, const Entity &entity, WriteFunction function, parley_write write,
                   const Faults &faults, Answer &answer);

// A write answers the whole document: fetches it again where the query asks for a sparse fieldset of it.
void apply_fields(Exchange &exchange, const Entity &entity, const Query &query, Answer &answer);

} // namespace parley::host

#endif
