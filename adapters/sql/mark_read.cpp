#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "adapters/sql/commands.hpp"
#include "adapters/sql/json_text.hpp"
#include "adapters/sql/names.hpp"
#include "adapters/sql/once.hpp"
#include "adapters/sql/rows.hpp"
#include "adapters/sql/scope.hpp"
#include "adapters/sql/thread.hpp"

namespace parley::adapters::sql {
namespace {

using domain::Audience;
using domain::Number;

constexpr auto kMarks = "select all_last_read, public_last_read, in_public from {prefix}participant "
                        "where conversation = :conversation and actor_type = :type and actor_id = :id";
// The same place in the other audience's numbers.
constexpr auto kPublicNumber = "select coalesce(max(public_index), 0) from {prefix}message "
                               "where conversation = :conversation and all_index <= :number";
constexpr auto kNumber = "select coalesce(max(all_index), 0) from {prefix}message "
                         "where conversation = :conversation and public_index = :number";
constexpr auto kSetBack = "update {prefix}participant set all_last_read = :all, public_last_read = :public, "
                          "all_last_read_at = case when :all = 0 then 0 else all_last_read_at end, "
                          "public_last_read_at = case when :public = 0 then 0 else public_last_read_at end, "
                          "all_unread = :all_unread, public_unread = :public_unread "
                          "where conversation = :conversation and actor_type = :type and actor_id = :id";
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

struct Marks {
  Number all = 0;
  Number open = 0;
};

/// The actor's marks; nothing where it takes no part that its audience sees.
std::optional<Marks> marks_of(Session &session, const store::Doing &doing, domain::ConversationId conversation) {
  auto rows = session.query(kMarks, "iii",
                            {{"conversation", conversation}, {"type", doing.actor.type}, {"id", doing.actor.id}});
  if (!rows.next()) {
    return std::nullopt;
  }
  Marks marks;
  marks.all = rows.integer();
  marks.open = rows.integer();
  if (doing.audience == Audience::storefront && rows.integer() == 0) {
    return std::nullopt;
  }
  return marks;
}

/// Whether something is unread behind the marks follows from the conversation's last texts.
Parameters marked(const store::Doing &doing, const Marks &marks, domain::ConversationId conversation,
                  Number all_last_text, Number public_last_text) {
  return {{"conversation", conversation},
          {"type", doing.actor.type},
          {"id", doing.actor.id},
          {"all", marks.all},
          {"public", marks.open},
          {"all_unread", std::int64_t{all_last_text > marks.all ? 1 : 0}},
          {"public_unread", std::int64_t{public_last_text > marks.open ? 1 : 0}}};
}

/// The marks when the actor has read as far as `number` of its audience. What one has read in one audience's numbers it
/// has read in the other's. Each mark is raised by itself: whoever wrote a note has its own mark there already, and that
/// must not hold back the other, which the storefront sees.
Marks raised(Session &session, Audience audience, domain::ConversationId conversation, Marks marks, Number number) {
  const bool backoffice = audience == Audience::backoffice;
  const Number other = other_number(session, backoffice ? kPublicNumber : kNumber, conversation, number);
  marks.all = std::max(marks.all, backoffice ? number : other);
  marks.open = std::max(marks.open, backoffice ? other : number);
  return marks;
}

/// " from ... where ...": where the actor has something unread that was said by then, and that it may see.
std::string unread_until(const store::MarkAllRead &command, Builder &builder) {
  const Audience audience = command.doing.audience;
  const std::string own = side(audience);
  return " from {prefix}participant t" + builder.dialect().ordered_join() +
         "{prefix}conversation c on c.id = t.conversation where t.actor_id = " + builder.bind(command.doing.actor.id) +
         " and t.actor_type = " + builder.bind(command.doing.actor.type) + " and t." + own + "unread = 1" +
         (audience == Audience::storefront ? " and t.in_public = 1" : "") + " and t." + own +
         "last_text_at <= " + builder.bind(command.until) + " and " +
         scope_condition(command.view, Asked::of_one, builder);
}

std::vector<domain::ConversationId> unread_conversations(Session &session, const Dialect &dialect,
                                                         const store::MarkAllRead &command) {
  Builder builder(dialect);
  const std::string sql = "select t.conversation" + unread_until(command, builder) + " order by t." +
                          side(command.doing.audience) + "last_text_at desc, t.conversation desc limit " +
                          builder.bind(command.most);
  std::vector<domain::ConversationId> ids;
  auto rows = session.query(sql, "i", builder.parameters());
  while (rows.next()) {
    ids.push_back(rows.integer());
  }
  return ids;
}

/// Marks of several participants; the moment of one that is not raised is 0.
const std::vector<Listed> kRead{{"part", Kind::integer},        {"all_read", Kind::integer},
                                {"public_read", Kind::integer}, {"all_at", Kind::integer},
                                {"public_at", Kind::integer},   {"all_news", Kind::integer},
                                {"public_news", Kind::integer}};

std::string raise_all(const Dialect &dialect) {
  return dialect.update_each(
      "{prefix}participant", dialect.rows(":rows", kRead), "r.id = w.part",
      {{"all_last_read_at", "case when w.all_at > 0 then w.all_at else r.all_last_read_at end"},
       {"public_last_read_at", "case when w.public_at > 0 then w.public_at else r.public_last_read_at end"},
       {"all_last_read", "w.all_read"},
       {"public_last_read", "w.public_read"},
       {"all_unread", "w.all_news"},
       {"public_unread", "w.public_news"}});
}

/// The actor's parts in those of the conversations in which there is still something unread, each with its new marks, as
/// rows of kRead.
JsonRows read_to_end(Session &session, const Dialect &dialect, const store::MarkAllRead &command,
                     const std::vector<domain::ConversationId> &conversations) {
  JsonRows found;
  // The end of what the storefront sees has a number in the back office, too.
  const std::string end = command.doing.audience == Audience::backoffice
                              ? "c.all_last_index"
                              : "coalesce((select m.all_index from {prefix}message m where m.conversation = c.id and "
                                "m.public_index = c.public_last_index), 0)";
  Builder builder(dialect);
  const std::string sql = "select t.id, t.all_last_read, t.public_last_read, c.all_last_text, c.public_last_text, " +
                          end + ", c.public_last_index" + unread_until(command, builder) + " and t.conversation in (" +
                          dialect.elements(builder.bind(json_array(conversations)), Kind::integer) + ")";
  auto rows = session.query(sql, "iiiiiii", builder.parameters());
  while (rows.next()) {
    const std::int64_t part = rows.integer();
    const Marks before{rows.integer(), rows.integer()};
    const Number all_last_text = rows.integer();
    const Number public_last_text = rows.integer();
    const Marks after{std::max(before.all, rows.integer()), std::max(before.open, rows.integer())};
    found.begin();
    for (const std::int64_t value :
         {part, after.all, after.open, after.all > before.all ? command.doing.now : 0,
          after.open > before.open ? command.doing.now : 0, std::int64_t{all_last_text > after.all ? 1 : 0},
          std::int64_t{public_last_text > after.open ? 1 : 0}}) {
      found.add(value);
    }
  }
  return found;
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
  const Audience audience = command.doing.audience;
  const auto marks = marks_of(session, command.doing, conversation.id);
  const Number wanted = std::min(command.index, conversation.tally(audience).last_index);
  if (!marks) {
    return domain::Nothing{};
  }
  const Marks read = raised(session, audience, conversation.id, *marks, wanted);
  if (read.all == marks->all && read.open == marks->open) {
    return domain::Nothing{};
  }
  Parameters parameters =
      marked(command.doing, read, conversation.id, conversation.all.last_text, conversation.open.last_text);
  parameters.emplace_back("now", command.doing.now);
  session.execute(kRaise, parameters);
  return domain::Nothing{};
}

domain::Done mark_unread(Session &session, const Dialect &dialect, const store::MarkUnread &command) {
  const Writing writing{session, dialect, command.doing};
  auto opened = open_conversation(writing, command.conversation, command.view, command.view, 0);
  if (!opened) {
    return std::move(opened).failure();
  }
  const domain::Conversation &conversation = opened.value();
  const Audience audience = command.doing.audience;
  auto marks = marks_of(session, command.doing, conversation.id);
  if (!marks) {
    return domain::failure(domain::Code::conflict, "takes-no-part", "Who takes no part has nothing unread.");
  }
  const Number last = conversation.tally(audience).last_text;
  if (last == 0) {
    return domain::Nothing{};
  }
  if (audience == Audience::backoffice) {
    marks->all = std::min(marks->all, last - 1);
    marks->open = std::min(marks->open, other_number(session, kPublicNumber, conversation.id, marks->all));
  } else {
    marks->open = std::min(marks->open, last - 1);
    marks->all = std::min(marks->all, other_number(session, kNumber, conversation.id, last) - 1);
  }
  session.execute(kSetBack, marked(command.doing, *marks, conversation.id, conversation.all.last_text,
                                   conversation.open.last_text));
  return domain::Nothing{};
}

domain::Result<std::int64_t> mark_all_read(Session &session, const Dialect &dialect,
                                           const store::MarkAllRead &command) {
  const auto before = done_before(session, command.doing);
  if (!before) {
    return before.failure();
  }
  if (before.value()) {
    return std::int64_t{0};
  }
  const std::vector<domain::ConversationId> chosen = unread_conversations(session, dialect, command);
  if (!chosen.empty() && !dialect.for_update().empty()) {
    // What is read from now on is as it was before others wrote, or as they left it.
    Builder builder(dialect);
    session.query("select c.id from {prefix}conversation c where c.id in (" +
                      dialect.elements(builder.bind(json_array(chosen)), Kind::integer) + ") order by c.id" +
                      dialect.for_update(),
                  "i", builder.parameters());
  }
  const JsonRows read = chosen.empty() ? JsonRows() : read_to_end(session, dialect, command, chosen);
  if (!read.empty()) {
    session.execute(raise_all(dialect), {{"rows", read.text()}});
  }
  const auto count = static_cast<std::int64_t>(chosen.size());
  if (command.doing.once && count < command.most) {
    keep_done(session, command.doing, {}); // with the last piece: until then a retry goes on
  }
  return count;
}

} // namespace parley::adapters::sql
