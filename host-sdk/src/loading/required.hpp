// Half a capability is an error: which functions of a table are missing.
#ifndef PARLEY_HOST_LOADING_REQUIRED_HPP
#define PARLEY_HOST_LOADING_REQUIRED_HPP

#include "host-sdk/src/faults.hpp"

#include <functional>
#include <parley/plugin.h>
#include <string_view>

namespace parley::host {

using FindTable = std::function<const void *(std::string_view id)>;

void check_plugin_functions(const parley_plugin &plugin, Faults &faults);
// Every known table that `find` answers.
void check_plugin_tables(const FindTable &find, Faults &faults);
void check_host_tables(const FindTable &find, Faults &faults);

} // namespace parley::host

#endif
