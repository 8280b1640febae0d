#include <set>
#include <utility>

#include "adapters/sql/commands.hpp"
#include "adapters/sql/reader.hpp"
#include "adapters/sql/thread.hpp"

namespace parley::adapters::sql {
namespace {

// The database deletes what belongs to it; events stay.
constexpr auto kDelete = "delete from {prefix}conversation where id = :id";

domain::Failure other_number() {
  return domain::failure(domain::Code::conflict, "other-number", "Another number of conversations matches by now.");
}

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

domain::Result<std::int64_t> remove_many(Session &session, const Dialect &dialect,
                                         const store::DeleteConversations &command) {
  store::ConversationQuery query = command.query;
  query.orders.clear();
  query.paging = {};
  query.paging.size = static_cast<std::uint32_t>(command.expected) + 1; // one more would be seen
  const auto found = conversations({session, dialect}, query);
  if (!found) {
    return found.failure();
  }
  if (static_cast<std::int64_t>(found->rows.size()) != command.expected) {
    return other_number();
  }
  std::set<domain::ConversationId> ids; // ascending: all that delete many take their locks in one order
  for (const store::ConversationRow &row : found->rows) {
    ids.insert(row.conversation.id);
  }
  for (const domain::ConversationId id : ids) {
    if (auto done = remove(session, dialect, {command.doing, id, command.query.scope, command.act, 0}); !done) {
      const bool gone = done.failure().code == domain::Code::not_found; // since it was found
      return gone ? other_number() : std::move(done).failure();
    }
  }
  return command.expected;
}

} // namespace parley::adapters::sql
