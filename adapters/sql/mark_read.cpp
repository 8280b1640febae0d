#include <algorithm>
#include <string>

#include "adapters/sql/commands.hpp"
#include "adapters/sql/failures.hpp"
#include "adapters/sql/rows.hpp"
#include "adapters/sql/thread.hpp"

namespace parley::adapters::sql {
namespace {

using domain::Audience;
using domain::Number;
using domain::Reference;

constexpr auto kMarks = "select all_last_read, public_last_read, in_public from {prefix}participant "
                        "where conversation = :conversation and actor_type = :type and actor_id = :id";
// The same place in the other audience's numbers.
constexpr auto kPublicNumber = "select coalesce(max(public_index), 0) from {prefix}message "
                               "where conversation = :conversation and all_index <= :number";
constexpr auto kNumber = "select coalesce(max(all_index), 0) from {prefix}message "
                         "where conversation = :conversation and public_index = :number";
constexpr auto kRaise =
    "update {prefix}participant set "
    "all_last_read_at = case when all_last_read < :all then :now else all_last_read_at end, "
    "public_last_read_at = case when public_last_read < :public then :now else public_last_read_at end, "
    "all_last_read = :all, public_last_read = :public, all_unread = :all_unread, public_unread = :public_unread "
    "where conversation = :conversation and actor_type = :type and actor_id = :id";

Number other_number(Session &session, const char *statement, domain::ConversationId conversation, Number number) {
  auto rows = session.query(statement, "i", {{"conversation", conversation}, {"number", number}});
  rows.next();
  return rows.integer();
}

} // namespace

domain::Done mark_read(Session &session, const Dialect &dialect, const store::MarkRead &command) {
  const Writing writing{session, dialect, command.doing};
  auto opened = open_conversation(writing, command.conversation, command.view, command.view, 0);
  if (!opened) {
    return std::move(opened).failure();
  }
  const domain::Conversation &conversation = opened.value();
  if (command.exact && command.index > conversation.tally(command.doing.audience).last_index) {
    return domain::failure(domain::Code::invalid, "unknown-record", "There is no such message in this conversation.");
  }
  const Reference &actor = command.doing.actor;
  Parameters key{{"conversation", conversation.id}, {"type", actor.type}, {"id", actor.id}};
  const Audience audience = command.doing.audience;
  Number all = 0;
  Number open = 0;
  {
    auto rows = session.query(kMarks, "iii", key);
    if (!rows.next()) {
      return domain::Nothing{};
    }
    all = rows.integer();
    open = rows.integer();
    if (audience == Audience::storefront && rows.integer() == 0) {
      return domain::Nothing{};
    }
  }
  const Number wanted = std::min(command.index, conversation.tally(audience).last_index);
  // Each mark is raised by itself. Whoever wrote a note has its own mark there already: that must not hold back the other,
  // which the storefront sees.
  const bool backoffice = audience == Audience::backoffice;
  const Number other = other_number(session, backoffice ? kPublicNumber : kNumber, conversation.id, wanted);
  const Number raised_all = std::max(all, backoffice ? wanted : other);
  const Number raised_open = std::max(open, backoffice ? other : wanted);
  if (raised_all == all && raised_open == open) {
    return domain::Nothing{};
  }
  all = raised_all;
  open = raised_open;
  key.emplace_back("all", all);
  key.emplace_back("public", open);
  key.emplace_back("now", command.doing.now);
  key.emplace_back("all_unread", std::int64_t{conversation.all.last_text > all ? 1 : 0});
  key.emplace_back("public_unread", std::int64_t{conversation.open.last_text > open ? 1 : 0});
  session.execute(kRaise, key);
  return domain::Nothing{};
}

} // namespace parley::adapters::sql
