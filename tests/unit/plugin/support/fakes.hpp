#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "plugin/app/call.hpp"

/// A host and a store that live in the test: they answer what the test told them and remember what they were asked.
namespace parley::test {

class FakeDirectory final : public app::Directory {
public:
  FakeDirectory();

  domain::Result<std::vector<app::RecordFacts>> resolve(const std::vector<domain::Reference> &references) override;
  domain::Result<std::vector<bool>> visible(const std::vector<domain::Reference> &references) override;
  domain::Result<std::vector<domain::Scope>> scopes(const std::vector<app::Permission> &permissions) override;
  domain::Result<std::vector<std::string>> settings(const std::vector<std::string> &names) override;
  domain::Result<std::vector<std::string>> settings_at(const std::vector<app::SettingQuestion> &questions) override;
  void bad_setting(std::string_view name, std::string_view value) override;
  domain::Result<std::vector<std::string>> carrying() override;
  domain::Result<std::vector<app::RecordType>> types() override;

  app::RecordFacts &add(domain::Reference record, std::string title);
  void grant(const std::string &subject_and_name, domain::Level level) { levels[subject_and_name] = level; }

  std::map<domain::Reference, app::RecordFacts> records;
  std::set<domain::Reference> hidden;
  std::map<std::string, domain::Level> levels; ///< "conversations.view"
  std::vector<std::string> units;              ///< of every scope
  std::string enabled = "true";
  std::map<std::string, std::string> values; ///< "name" or "name@organization/website": JSON
  std::vector<std::string> bad_settings;     ///< "name=value"
  std::vector<std::string> carried{"users", "customerusers", "orders"};
  std::size_t questions = 0;             ///< how many settings were asked for in other places
  std::optional<domain::Failure> broken; ///< every question fails with it

  int calls = 0;
  std::vector<std::vector<domain::Reference>> resolved;
};

class FakeConversations final : public store::ConversationStore {
public:
  template <class Row>
  using Rows = domain::Result<store::Page<Row>>;

  Rows<store::ConversationRow> conversations(const store::ConversationQuery &query) override;
  domain::Result<std::int64_t> count_conversations(const store::ConversationQuery &query) override;
  Rows<store::ConversationRow> conversations_by_id(const domain::Scope &scope,
                                                   const std::vector<domain::ConversationId> &ids) override;
  domain::Result<std::vector<std::int64_t>> count_at_records(const domain::Scope &scope,
                                                             const std::vector<domain::Reference> &asked) override;
  domain::Result<std::vector<domain::ConversationId>>
  reachable(const domain::Scope &scope, const std::vector<domain::ConversationId> &ids) override;
  Rows<store::MessageRow> messages(const store::MessageQuery &query) override;
  Rows<store::MessageRow> messages_by_key(const domain::Scope &scope, const std::vector<MessageKey> &keys) override;
  Rows<store::ParticipantRow> participants(const store::ParticipantQuery &query) override;
  Rows<store::ParticipantRow> participants_by_key(const domain::Scope &scope,
                                                  const std::vector<ParticipantKey> &keys) override;
  domain::Result<store::Unread> unread(const store::UnreadQuery &query) override;
  domain::Result<domain::ConversationId> start(const store::StartConversation &command) override;
  domain::Result<store::Appended> append(const store::AppendMessage &command) override;
  domain::Done edit(const store::EditConversation &command) override;
  domain::Done change_contexts(const store::ChangeContexts &command) override;
  domain::Done perform(const store::PerformTransition &command) override;
  domain::Done remove(const store::DeleteConversation &command) override;
  domain::Result<std::int64_t> remove_many(const store::DeleteConversations &command) override;
  domain::Done mark_read(const store::MarkRead &command) override;
  domain::Result<std::optional<store::Outcome>> done_before(const store::Doing &doing) override;
  domain::Done keep_key(const store::Doing &doing) override;
  domain::Result<bool> purge_idempotency(domain::Time now, std::uint32_t limit) override;
  domain::Done mark_unread(const store::MarkUnread &command) override;
  domain::Result<std::int64_t> mark_all_read(const store::MarkAllRead &command) override;

  /// Rows that a scope of at least this level reaches; others see nothing of them.
  struct Kept {
    store::ConversationRow row;
    domain::Level needs = domain::Level::user;
  };
  domain::Conversation &add(domain::ConversationId id, domain::Level needs = domain::Level::user);

  std::vector<Kept> kept;
  store::Page<store::MessageRow> message_page;
  store::Page<store::ParticipantRow> participant_page;
  std::map<domain::Reference, store::RecordLabel> labels; ///< of every page
  std::vector<domain::Failure> refusals;                  ///< the next commands fail with these, first first

  int statements = 0;
  std::optional<store::ConversationQuery> asked;
  std::optional<store::MessageQuery> asked_messages;
  std::vector<domain::Reference> counted;
  std::optional<store::StartConversation> started;
  std::optional<store::AppendMessage> appended;
  std::vector<store::EditConversation> edits;
  std::optional<store::ChangeContexts> contexts_changed;
  std::optional<store::PerformTransition> performed;
  std::optional<store::DeleteConversation> removed;
  std::optional<store::DeleteConversations> removed_many;
  std::optional<store::MarkRead> marked;
  std::optional<store::Doing> asked_before;
  std::optional<store::Doing> kept_key;
  int key_pieces = 0; ///< how many pieces of expired keys there are
  std::vector<domain::Time> keys_expired;
  domain::Result<std::optional<store::Outcome>> before = std::optional<store::Outcome>(); ///< what done_before answers
  std::optional<store::UnreadQuery> asked_unread;
  std::optional<store::MarkUnread> marked_unread;
  std::vector<store::MarkAllRead> marked_all;
  std::int64_t unread_left = 0; ///< what mark_all_read finds, step by step

private:
  domain::Done refused_or_done();
};

class FakeWorkflows final : public store::WorkflowStore {
public:
  domain::Result<bool> active(const std::string &workflow) override;
  domain::Done set_active(const std::string &workflow, bool active, const store::Doing &doing) override;

  bool is_active = true;
  int changes = 0;
};

/// Events that the test put there.
class FakeEvents final : public store::EventStore {
public:
  domain::Result<store::EventPage> events(store::Position after, std::uint32_t limit) override;
  domain::Result<store::FeedState> state() override;
  domain::Result<std::optional<store::Position>> locate(const store::PublicMark &mark) override;
  domain::Result<store::Page<store::EventRow>> history(const store::HistoryQuery &query) override;
  domain::Result<store::Page<store::EventRow>>
  history_by_position(const domain::Scope &scope, const std::vector<store::Position> &positions) override;
  domain::Result<store::Purged> purge(domain::Time before, std::uint32_t limit) override;
  domain::Done wait(store::Position after, std::chrono::microseconds timeout,
                    const std::function<bool()> &over) override;
  void wake() noexcept override {}

  /// A public event of Acme's conversation 17, at the next position.
  store::EventRow &add(std::string kind);

  std::vector<store::EventRow> rows; ///< behind purged_to
  store::Position purged_to = 0;
  store::Position lost = 0;              ///< how many rows are not there, though their positions were given
  std::optional<domain::Failure> broken; ///< every question fails with it
  int statements = 0;
  std::optional<store::HistoryQuery> asked;
  std::vector<store::Purged> purges; ///< answers of purge, first first
  std::vector<domain::Time> purged;  ///< what purge was asked for
};

/// Answers what the test lined up, first first; nothing where that is used up.
class FakeMaintenance final : public store::MaintenanceStore {
public:
  domain::Result<std::vector<store::Place>> active_places(const std::optional<store::Place> &after,
                                                          std::uint32_t limit) override;
  domain::Result<std::vector<store::IdleConversation>> idle(const store::IdleQuery &query) override;
  domain::Result<std::int64_t> make_inactive(const store::MakeInactive &command) override;
  domain::Result<std::vector<store::RecordLabel>> due_labels(domain::Time before, std::uint32_t limit) override;
  domain::Result<std::vector<domain::Reference>> note_records(const std::vector<store::RecordLabel> &labels) override;
  domain::Result<bool> settle(const store::Doing &doing, const domain::Reference &record, std::uint32_t limit) override;

  std::vector<store::Place> places;
  std::map<std::string, int> idle_pieces; ///< "organization/website": how many pieces there are
  std::vector<store::RecordLabel> due;    ///< those that are noted are not due any more
  int settle_pieces = 0;                  ///< of each record that is noted
  std::optional<domain::Failure> broken;  ///< commands fail with it

  std::vector<store::IdleQuery> asked;
  std::vector<store::MakeInactive> made;
  std::vector<store::RecordLabel> noted;
  std::vector<domain::Reference> settled;

private:
  std::map<domain::Reference, int> left_;
};

/// John Doe in the back office of a small shop: everything switched on and allowed.
struct World {
  World();

  /// Who asks from now on.
  void as_backoffice(const domain::Reference &user);
  void as_storefront(const domain::Reference &customer_user);

  FakeDirectory directory;
  FakeConversations conversations;
  FakeWorkflows workflows;
  FakeEvents events;
  FakeMaintenance maintenance;
  app::Request request;
  app::Call call{request, directory, conversations, workflows, events, maintenance};
};

inline const domain::Reference john{"users", "1"};
inline const domain::Reference charlie{"users", "2"};
inline const domain::Reference amanda{"customerusers", "1"}; ///< of Acme; looked after by Charlie
inline const domain::Reference nora{"customerusers", "3"};   ///< of Globex
inline const domain::Reference acme{"customers", "1"};
inline const domain::Reference globex{"customers", "2"};
inline const domain::Reference order{"orders", "1"}; ///< Amanda's; owner Charlie, website 2
inline const domain::Reference other_order{"orders", "3"};

/// "code pointer", sorted by appearance, for comparisons.
std::vector<std::string> faults_of(const domain::Failure &failure);

} // namespace parley::test
