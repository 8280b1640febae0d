// From descriptors of the C interface to our own. Each reports every fault; what it answers counts only without faults.
#ifndef PARLEY_HOST_REGISTRY_COPY_HPP
#define PARLEY_HOST_REGISTRY_COPY_HPP

#include "host-sdk/src/faults.hpp"
#include "host-sdk/src/registry/model.hpp"

namespace parley::host {

Entity copy(const parley_entity &descriptor, Faults &faults);
Panel copy(const parley_panel &descriptor, Faults &faults);
Workflow copy(const parley_workflow &descriptor, Faults &faults);
Page copy(const parley_page &descriptor, Faults &faults);
MenuItem copy(const parley_menu_item &descriptor, Faults &faults);
RecordAction copy(const parley_record_action &descriptor, Faults &faults);
Indicator copy(const parley_indicator &descriptor, Faults &faults);
Permission copy(const parley_permission &descriptor, Faults &faults);
Setting copy(const parley_setting &descriptor, Faults &faults);

} // namespace parley::host

#endif
