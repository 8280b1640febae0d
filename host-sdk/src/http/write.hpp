// Creating and updating: every fault at once, those that the router found and those of the plugin.
#ifndef PARLEY_HOST_HTTP_WRITE_HPP
#define PARLEY_HOST_HTTP_WRITE_HPP

#include "host-sdk/src/http/query.hpp"

namespace parley::host {

using WriteFunction = decltype(parley_entity::create);

// Without faults writes and fills `answer`; with faults only lets the plugin check, and refuses.
void perform_write(Exchange &exchange, const Entity &entity, WriteFunction function, parley_write write,
                   const Faults &faults, Answer &answer);

// Writes, operations and transitions answer whole documents: leaves of each what the query's sparse fieldsets ask for.
void apply_fields(const Query &query, Answer &answer);

} // namespace parley::host

#endif
