#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "plugin/domain/access.hpp"
#include "plugin/domain/conversation.hpp"
#include "plugin/domain/result.hpp"
#include "plugin/store/commands.hpp"

/// The stores in a few words, to compare the real ones with: plain lists, no counts that are kept, no database. What can be
/// derived (numbers, counts, last messages, unread, activity) is derived anew from the messages whenever it is asked for.
namespace parley::tests {

struct ModelMessage {
  domain::Number index = 0;
  domain::Number public_index = 0; ///< 0: internal
  bool text = true;
  std::string what; ///< body, or what a system message tells
  domain::Reference sender;
  domain::Reference posted_by;
  domain::Time created = 0;
  domain::Time created_public = 0; ///< as the public sees it; 0: internal
};

struct ModelParticipant {
  bool in_public = true;
  domain::Number read = 0;
  domain::Number read_public = 0;
};

struct ModelContext {
  bool in_public = true;
  int since = 0; ///< the order in which they came
};

struct ModelConversation {
  domain::Conversation members; ///< without its tallies
  std::vector<ModelMessage> messages;
  std::map<domain::Reference, ModelParticipant> participants;
  std::map<domain::Reference, ModelContext> contexts; ///< by record
  int contexts_so_far = 0;
  domain::Time updated = 0;
  domain::Time updated_public = 0;

  /// Computed from the messages.
  [[nodiscard]] domain::Tally tally(domain::Audience audience) const;
  [[nodiscard]] domain::Number unread(const domain::Reference &actor, domain::Audience audience) const;
  /// Of each of its contexts.
  [[nodiscard]] domain::Time activity(domain::Audience audience) const;
};

class Model {
public:
  /// Each answers nothing on success, else the kind of failure; `id` is what the store made.
  void start(const store::StartConversation &command, domain::ConversationId id, const std::string &uid);
  std::optional<domain::Code> append(const store::AppendMessage &command);
  std::optional<domain::Code> edit(const store::EditConversation &command);
  std::optional<domain::Code> change_contexts(const store::ChangeContexts &command);
  std::optional<domain::Code> perform(const store::PerformTransition &command);
  std::optional<domain::Code> remove(const store::DeleteConversation &command);
  std::optional<domain::Code> mark_read(const store::MarkRead &command);
  void forget(const store::Doing &doing, const domain::Reference &record);

  [[nodiscard]] bool visible(const ModelConversation &conversation, const domain::Scope &scope) const;
  [[nodiscard]] std::set<domain::ConversationId> visible(const domain::Scope &scope) const;
  /// Those on a record's page.
  [[nodiscard]] std::set<domain::ConversationId> visible_at(const domain::Scope &scope,
                                                            const domain::Reference &record) const;

  std::map<domain::ConversationId, ModelConversation> conversations;

private:
  /// The conversation, or why it cannot be worked on.
  ModelConversation *open(domain::ConversationId id, const domain::Scope &view, const domain::Scope &act,
                          std::int64_t expected_version, std::optional<domain::Code> &failure);
};

} // namespace parley::tests
