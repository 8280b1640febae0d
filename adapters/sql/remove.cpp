#include "adapters/sql/commands.hpp"
#include "adapters/sql/thread.hpp"

namespace parley::adapters::sql {
namespace {

// The database deletes what belongs to it; events stay.
constexpr auto kDelete = "delete from {prefix}conversation where id = :id";

} // namespace

domain::Done remove(Session &session, const Dialect &dialect, const store::DeleteConversation &command) {
  const Writing writing{session, dialect, command.doing};
  auto opened = open_conversation(writing, command.conversation, command.view, command.act, command.expected_version);
  if (!opened) {
    return std::move(opened).failure();
  }
  // While its participants are still there to be told.
  write_events(session, dialect, command.doing, opened.value(),
               {{event_kind::kDeleted, domain::Visibility::everybody, 0, 0, {}, {}}});
  session.execute(kDelete, {{"id", command.conversation}});
  return domain::Nothing{};
}

} // namespace parley::adapters::sql
