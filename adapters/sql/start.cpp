#include "adapters/sql/commands.hpp"
#include "adapters/sql/labels.hpp"
#include "adapters/sql/random_id.hpp"
#include "adapters/sql/thread.hpp"

namespace parley::adapters::sql {

domain::Result<domain::ConversationId> start(Session &session, const Dialect &dialect,
                                             const store::StartConversation &command) {
  const Writing writing{session, dialect, command.doing};
  if (auto fits = check_workflow(session, dialect, command.workflow); !fits) {
    return std::move(fits).failure();
  }
  save_labels(session, dialect, command.labels);

  domain::Conversation conversation = command.conversation;
  if (conversation.uid.empty()) {
    conversation.uid = random_id();
  }
  conversation.created = command.doing.now;
  conversation.version = 1;
  conversation.all = {};
  conversation.all.updated = command.doing.now;
  conversation.open = conversation.all;
  insert_conversation(writing, conversation, command.name_words);

  for (const domain::Reference &actor : command.participants) {
    take_part(writing, conversation.id, actor, true);
  }
  for (const domain::Reference &record : command.contexts) {
    add_context(writing, conversation, record, true);
  }
  std::vector<Happening> happenings{{event_kind::kCreated, domain::Visibility::everybody, 0, 0, {}, {}}};
  if (command.first_message) {
    add_text(writing, conversation, *command.first_message, happenings);
    save_tallies(writing, conversation);
  }
  write_events(session, dialect, command.doing, conversation, happenings);
  return conversation.id;
}

} // namespace parley::adapters::sql
