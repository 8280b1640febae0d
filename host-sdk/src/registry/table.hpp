// parley.registry/1 as plugins see it.
#ifndef PARLEY_HOST_REGISTRY_TABLE_HPP
#define PARLEY_HOST_REGISTRY_TABLE_HPP

#include <parley/ext/registry.h>

namespace parley::host {

const parley_registry &registry_table();

} // namespace parley::host

#endif
