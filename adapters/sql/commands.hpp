#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapters/connection/session.hpp"
#include "adapters/sql/dialect.hpp"
#include "plugin/domain/result.hpp"
#include "plugin/store/commands.hpp"

/// The writing half of the store: each command as a function on a session whose transaction the caller holds. A failure
/// means that the caller takes back what the command did. They throw DatabaseError.
namespace parley::adapters::sql {

domain::Result<domain::ConversationId> start(Session &session, const Dialect &dialect,
                                             const store::StartConversation &command);
domain::Result<store::Appended> append(Session &session, const Dialect &dialect, const store::AppendMessage &command);
domain::Done edit(Session &session, const Dialect &dialect, const store::EditConversation &command);
domain::Done change_contexts(Session &session, const Dialect &dialect, const store::ChangeContexts &command);
domain::Done perform(Session &session, const Dialect &dialect, const store::PerformTransition &command);
domain::Done remove(Session &session, const Dialect &dialect, const store::DeleteConversation &command);
domain::Result<std::int64_t> remove_many(Session &session, const Dialect &dialect,
                                         const store::DeleteConversations &command);
domain::Done mark_read(Session &session, const Dialect &dialect, const store::MarkRead &command);
domain::Done mark_unread(Session &session, const Dialect &dialect, const store::MarkUnread &command);
domain::Result<std::int64_t> mark_all_read(Session &session, const Dialect &dialect, const store::MarkAllRead &command);
domain::Done set_workflow(Session &session, const Dialect &dialect, const std::string &workflow, bool active,
                          const store::Doing &doing);
bool workflow_active(Session &session, const std::string &workflow);
/// Is the workflow as the command takes it for granted, in this transaction? Nothing is: it does not care.
domain::Done check_workflow(Session &session, const Dialect &dialect,
                            const std::optional<store::WorkflowPrecondition> &expected);

} // namespace parley::adapters::sql
