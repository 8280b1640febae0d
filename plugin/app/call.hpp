#pragma once

#include "plugin/app/directory.hpp"
#include "plugin/app/request.hpp"
#include "plugin/store/conversation_store.hpp"
#include "plugin/store/event_store.hpp"
#include "plugin/store/maintenance_store.hpp"

namespace parley::app {

/// What a use case works with. Everything outlives the use case.
struct Call {
  const Request &request;
  Directory &directory;
  store::ConversationStore &conversations;
  store::WorkflowStore &workflows;
  store::EventStore &events;
  store::MaintenanceStore &maintenance;
};

} // namespace parley::app
