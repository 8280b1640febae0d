#pragma once

#include <parley/ext/entity.h>
#include <parley/ext/panel.h>
#include <parley/ext/workflow.h>

/// The functions behind what is registered. Each group fills the function pointers of a descriptor; `context` of the
/// descriptor is the Instance.
namespace parley::abi {

void set_conversation_operations(parley_entity &entity);
void set_message_operations(parley_entity &entity);
void set_participant_operations(parley_entity &entity);
void set_event_operations(parley_entity &entity);
void set_status_operations(parley_entity &entity);
void set_message_type_operations(parley_entity &entity);
void set_panel_functions(parley_panel &panel);
void set_workflow_functions(parley_workflow &workflow);

} // namespace parley::abi
