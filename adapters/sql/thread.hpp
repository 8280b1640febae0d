#pragma once

#include <optional>
#include <string>

#include "adapters/connection/session.hpp"
#include "adapters/sql/dialect.hpp"
#include "adapters/sql/events.hpp"
#include "plugin/domain/result.hpp"
#include "plugin/store/commands.hpp"

/// What commands are made of: one conversation that is being changed, and its parts. The caller holds the transaction
/// and is the only one that changes this conversation until it ends.
namespace parley::adapters::sql {

struct Writing {
  Session &session;
  const Dialect &dialect;
  const store::Doing &doing;
};

/// The conversation, when it is in `view` (else not found), in `act` (else forbidden), and of that version (0: any; else
/// stale).
domain::Result<domain::Conversation> open_conversation(Writing writing, domain::ConversationId id,
                                                       const domain::Scope &view, const domain::Scope &act,
                                                       std::int64_t expected_version);

/// `name_words`: the index tokens of the name.
void insert_conversation(Writing writing, domain::Conversation &conversation, const std::string &name_words);
/// After a change of the name.
void save_name_words(Writing writing, domain::ConversationId conversation, const std::string &name_words);
/// Stores counts and times, and nothing else.
void save_tallies(Writing writing, const domain::Conversation &conversation);
/// Counts an edit, and stores all members, counts and times. `open`: the storefront sees what was edited.
void save_edited(Writing writing, domain::Conversation &conversation, bool open);

/// Gives the message its numbers, keeps the conversation's counts with it (in memory: save them), and inserts it.
/// `words`: the index tokens of its text.
void insert_message(Writing writing, domain::Conversation &conversation, domain::Message &message,
                    const std::string &words);
/// A system message, and the event that goes with it. `sender`: who is said to have done it; none: the actor.
Happening note(Writing writing, domain::Conversation &conversation, domain::Visibility visibility,
               const std::string &event, domain::SystemNote what, const domain::Reference &sender = {});
/// Sets the status, with its system message; the edit is still to be saved. `transition` may be empty; `sender` as in
/// note.
Happening change_status(Writing writing, domain::Conversation &conversation, domain::Status to,
                        const std::string &transition, const domain::Reference &sender = {});

/// Makes the actor a participant, or lets the storefront see that it is one. Its uid.
std::string take_part(Writing writing, domain::ConversationId conversation, const domain::Reference &actor,
                      bool in_public);
/// After a text message: it is read by who typed it, where that one takes part, and unread by all others, the one for
/// whom it was sent included (D10).
void mark_after_text(Writing writing, const domain::Conversation &conversation, const domain::Message &message);

/// Makes the record a context, or lets the storefront see that it is one. False: it was one before.
bool add_context(Writing writing, const domain::Conversation &conversation, const domain::Reference &record,
                 bool in_public);
/// False: it was none.
bool remove_context(Writing writing, domain::ConversationId conversation, const domain::Reference &record);
/// After a text message: the panels of the records have something newer to show.
void touch_contexts(Writing writing, const domain::Conversation &conversation, const domain::Message &message);

/// A text message with all that it brings: its sender takes part and becomes a context.
store::Appended add_text(Writing writing, domain::Conversation &conversation, const store::NewMessage &message,
                         std::vector<Happening> &happenings);

} // namespace parley::adapters::sql
