#include <algorithm>

#include "adapters/sql/commands.hpp"
#include "adapters/sql/failures.hpp"
#include "adapters/sql/labels.hpp"
#include "adapters/sql/rows.hpp"
#include "adapters/sql/thread.hpp"
#include "plugin/domain/names.hpp"

namespace parley::adapters::sql {
namespace {

using domain::Code;
using domain::Failure;
using domain::Result;
using domain::Status;
using store::Appended;
using store::AppendMessage;

/// The message that was stored with the client id before, if there is one.
std::optional<Appended> find_sent(Session &session, const AppendMessage &command) {
  static const std::string sql =
      "select " + message_columns(domain::Audience::backoffice).names +
      ", p.uid from {prefix}message m left join {prefix}participant p on p.conversation = m.conversation "
      "and p.actor_type = m.sender_type and p.actor_id = m.sender_id where m.conversation = :conversation "
      "and m.client_id = :client_id and m.posted_by_type = :type and m.posted_by_id = :id";
  auto rows = session.query(sql, message_columns(domain::Audience::backoffice).kinds + "t",
                            {{"conversation", command.conversation},
                             {"client_id", command.message.client_id},
                             {"type", command.doing.actor.type},
                             {"id", command.doing.actor.id}});
  if (!rows.next()) {
    return std::nullopt;
  }
  Appended sent;
  sent.message = read_message(rows);
  sent.participant_uid = rows.text();
  sent.repeated = true;
  return sent;
}

Failure not_writable(Status status) {
  const std::string name(domain::name_of(status));
  Failure failure = domain::failure(Code::conflict, "conversation-" + name, "This conversation is " + name + ".");
  failure.faults.front().facts.emplace_back("step", name);
  return failure;
}

} // namespace

Result<Appended> append(Session &session, const Dialect &dialect, const AppendMessage &command) {
  const Writing writing{session, dialect, command.doing};
  auto opened = open_conversation(writing, command.conversation, command.view, command.act, 0);
  if (!opened) {
    return std::move(opened).failure();
  }
  domain::Conversation &conversation = opened.value();

  // Before the status: a message that was stored is answered in the same way after the conversation was closed.
  if (!command.message.client_id.empty()) {
    if (auto sent = find_sent(session, command)) {
      const domain::Message &stored = sent->message;
      if (stored.body != command.message.body || stored.visibility != command.message.visibility ||
          stored.sender != command.message.sender) {
        return domain::failure(Code::conflict, "client-id-used", "This client id was used for another message.");
      }
      return std::move(*sent);
    }
  }
  const bool revived = command.revives == conversation.status && conversation.status != Status::active;
  const auto &writable = command.writable;
  if (!revived && std::find(writable.begin(), writable.end(), conversation.status) == writable.end()) {
    return not_writable(conversation.status);
  }
  if (command.sender_customer && *command.sender_customer != conversation.customer) {
    return domain::failure(Code::invalid, "customer-mismatch", "The customer user does not belong to the customer.");
  }

  save_labels(session, dialect, command.labels);
  std::vector<Happening> happenings;
  if (revived) {
    // The message did that: the storefront is not shown who typed it.
    happenings.push_back(change_status(writing, conversation, Status::active, {}, command.message.sender));
  }
  Appended appended = add_text(writing, conversation, command.message, happenings);
  if (revived) {
    save_edited(writing, conversation, true);
  } else {
    save_tallies(writing, conversation);
  }
  write_events(session, dialect, command.doing, conversation, happenings);
  return appended;
}

} // namespace parley::adapters::sql
