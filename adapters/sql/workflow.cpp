#include <optional>

#include "adapters/sql/commands.hpp"
#include "adapters/sql/events.hpp"

namespace parley::adapters::sql {
namespace {

constexpr auto kActive = "select active from {prefix}workflow_state where name = :name";
constexpr auto kInsert = "insert into {prefix}workflow_state (name, active, changed_at, changed_by_type, "
                         "changed_by_id) values (:name, :active, :now, :type, :id)";
constexpr auto kUpdate = "update {prefix}workflow_state set active = :active, changed_at = :now, "
                         "changed_by_type = :type, changed_by_id = :id where name = :name";

/// `lock`: of the dialect, or nothing.
std::optional<bool> stored(Session &session, const std::string &workflow, const std::string &lock) {
  auto rows = session.query(kActive + lock, "i", {{"name", workflow}});
  if (!rows.next()) {
    return std::nullopt;
  }
  return rows.integer() != 0;
}

} // namespace

bool workflow_active(Session &session, const std::string &workflow) {
  return stored(session, workflow, {}).value_or(true);
}

domain::Done check_workflow(Session &session, const Dialect &dialect,
                            const std::optional<store::WorkflowPrecondition> &expected) {
  if (!expected) {
    return domain::Nothing{};
  }
  const bool active = stored(session, expected->name, dialect.for_share()).value_or(true);
  if (active == expected->active) {
    return domain::Nothing{};
  }
  const std::string state = active ? "active" : "inactive";
  auto failure = domain::failure(domain::Code::conflict, "workflow-" + state, "The workflow is " + state + ".");
  failure.faults.front().facts.emplace_back("workflow", state);
  return failure;
}

domain::Done set_workflow(Session &session, const Dialect &dialect, const std::string &workflow, bool active,
                          const store::Doing &doing) {
  const auto present = stored(session, workflow, dialect.for_update());
  if (present.value_or(true) == active) {
    return domain::Nothing{};
  }
  session.execute(present ? kUpdate : kInsert, {{"name", workflow},
                                                {"active", std::int64_t{active ? 1 : 0}},
                                                {"now", doing.now},
                                                {"type", doing.actor.type},
                                                {"id", doing.actor.id}});
  write_event(session, dialect, doing,
              {active ? event_kind::kWorkflowActivated : event_kind::kWorkflowDeactivated,
               domain::Visibility::internal,
               0,
               0,
               {},
               {{"workflow", "", workflow}}});
  return domain::Nothing{};
}

} // namespace parley::adapters::sql
