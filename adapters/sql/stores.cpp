#include "adapters/sql/stores.hpp"

#include <utility>

#include "adapters/sql/commands.hpp"
#include "adapters/sql/labels.hpp"
#include "adapters/sql/maintenance.hpp"
#include "adapters/sql/once.hpp"
#include "adapters/sql/purge_events.hpp"
#include "adapters/sql/read_events.hpp"
#include "adapters/sql/reader.hpp"

namespace parley::adapters::sql {
namespace {

using domain::ConversationId;
using domain::Done;
using domain::Reference;
using domain::Result;
using domain::Scope;
using store::Doing;
using store::Page;

/// A page is one statement, whatever belongs to it; its total is another one.
Moment moment_of(const store::Paging &paging) {
  return paging.want_total ? Moment::shared : Moment::statement;
}

class SqlConversationStore : public store::ConversationStore {
public:
  explicit SqlConversationStore(std::shared_ptr<Database> database) : database_(std::move(database)) {}

  Result<Page<store::ConversationRow>> conversations(const store::ConversationQuery &query) override {
    return read<Page<store::ConversationRow>>([&](auto reading) { return sql::conversations(reading, query); },
                                              moment_of(query.paging));
  }
  Result<std::int64_t> count_conversations(const store::ConversationQuery &query) override {
    return read<std::int64_t>([&](auto reading) { return sql::count_conversations(reading, query); },
                              Moment::statement);
  }
  Result<Page<store::ConversationRow>> conversations_by_id(const Scope &scope,
                                                           const std::vector<ConversationId> &ids) override {
    return read<Page<store::ConversationRow>>(
        [&](auto reading) { return sql::conversations_by_id(reading, scope, ids); }, Moment::statement);
  }
  Result<std::vector<std::int64_t>> count_at_records(const Scope &scope,
                                                     const std::vector<Reference> &records) override {
    return read<std::vector<std::int64_t>>([&](auto reading) { return sql::count_at_records(reading, scope, records); },
                                           Moment::statement);
  }
  Result<std::vector<ConversationId>> reachable(const Scope &scope, const std::vector<ConversationId> &ids) override {
    return read<std::vector<ConversationId>>([&](auto reading) { return sql::reachable(reading, scope, ids); },
                                             Moment::statement);
  }
  Result<Page<store::MessageRow>> messages(const store::MessageQuery &query) override {
    return read<Page<store::MessageRow>>([&](auto reading) { return sql::messages(reading, query); },
                                         moment_of(query.paging));
  }
  Result<Page<store::MessageRow>> messages_by_key(const Scope &scope, const std::vector<MessageKey> &keys) override {
    return read<Page<store::MessageRow>>([&](auto reading) { return sql::messages_by_key(reading, scope, keys); },
                                         Moment::statement);
  }
  Result<Page<store::ParticipantRow>> participants(const store::ParticipantQuery &query) override {
    return read<Page<store::ParticipantRow>>([&](auto reading) { return sql::participants(reading, query); },
                                             moment_of(query.paging));
  }
  Result<Page<store::ParticipantRow>> participants_by_key(const Scope &scope,
                                                          const std::vector<ParticipantKey> &keys) override {
    return read<Page<store::ParticipantRow>>(
        [&](auto reading) { return sql::participants_by_key(reading, scope, keys); }, Moment::statement);
  }

  Result<store::Unread> unread(const store::UnreadQuery &query) override {
    return read<store::Unread>([&](auto reading) { return sql::unread(reading, query); }, Moment::statement);
  }

  Result<ConversationId> start(const store::StartConversation &command) override {
    return write<ConversationId>(command.doing,
                                 [&](Session &session) { return sql::start(session, dialect(), command); });
  }
  Result<store::Appended> append(const store::AppendMessage &command) override {
    auto at_once = database_->append_at_once(command);
    if (!at_once) {
      return std::move(at_once).failure();
    }
    if (at_once.value()) {
      return std::move(*at_once.value());
    }
    return database_->write<store::Appended>(
        [&](Session &session) {
          return sql::once<store::Appended>(session, command.doing,
                                            [&](Session &) { return sql::append(session, dialect(), command); });
        },
        repeat_of(command));
  }
  Done edit(const store::EditConversation &command) override {
    return write<domain::Nothing>(command.doing,
                                  [&](Session &session) { return sql::edit(session, dialect(), command); });
  }
  Done change_contexts(const store::ChangeContexts &command) override {
    return write<domain::Nothing>(command.doing,
                                  [&](Session &session) { return sql::change_contexts(session, dialect(), command); });
  }
  Done perform(const store::PerformTransition &command) override {
    return write<domain::Nothing>(command.doing,
                                  [&](Session &session) { return sql::perform(session, dialect(), command); });
  }
  Done remove(const store::DeleteConversation &command) override {
    return write<domain::Nothing>(command.doing,
                                  [&](Session &session) { return sql::remove(session, dialect(), command); });
  }
  Result<std::int64_t> remove_many(const store::DeleteConversations &command) override {
    return write<std::int64_t>(command.doing,
                               [&](Session &session) { return sql::remove_many(session, dialect(), command); });
  }
  Done mark_read(const store::MarkRead &command) override {
    return write<domain::Nothing>(command.doing,
                                  [&](Session &session) { return sql::mark_read(session, dialect(), command); });
  }
  Done mark_unread(const store::MarkUnread &command) override {
    return write<domain::Nothing>(command.doing,
                                  [&](Session &session) { return sql::mark_unread(session, dialect(), command); });
  }
  Result<std::int64_t> mark_all_read(const store::MarkAllRead &command) override {
    // In pieces: it keeps its key itself.
    return database_->write<std::int64_t>(
        [&](Session &session) { return sql::mark_all_read(session, dialect(), command); }, repeat_of(command.doing));
  }
  Result<std::optional<store::Outcome>> done_before(const Doing &doing) override {
    return database_->read<std::optional<store::Outcome>>(
        [&](Session &session) { return sql::done_before(session, doing); }, Moment::statement);
  }
  Done keep_key(const Doing &doing) override {
    return doing.once ? write<domain::Nothing>(doing, [](Session &) -> Done { return domain::Nothing{}; })
                      : domain::Nothing{};
  }
  Result<bool> purge_idempotency(domain::Time now, std::uint32_t limit) override {
    return database_->write<bool>([&](Session &session) { return sql::purge_done(session, dialect(), now, limit); });
  }

private:
  [[nodiscard]] const Dialect &dialect() const { return database_->dialect(); }

  template <class Value, class Work>
  Result<Value> read(const Work &work, Moment moment = Moment::shared) {
    return database_->read<Value>([&](Session &session) { return work(Reading{session, dialect()}); }, moment);
  }
  template <class Value, class Work>
  Result<Value> write(const Doing &doing, const Work &work) {
    return database_->write<Value>([&](Session &session) { return sql::once<Value>(session, doing, work); },
                                   repeat_of(doing));
  }

  std::shared_ptr<Database> database_;
};

class SqlWorkflowStore : public store::WorkflowStore {
public:
  explicit SqlWorkflowStore(std::shared_ptr<Database> database) : database_(std::move(database)) {}

  Result<bool> active(const std::string &workflow) override {
    return database_->read<bool>([&](Session &session) { return sql::workflow_active(session, workflow); },
                                 Moment::statement);
  }
  Done set_active(const std::string &workflow, bool active, const Doing &doing) override {
    return database_->write<domain::Nothing>(
        [&](Session &session) {
          return sql::once<domain::Nothing>(session, doing, [&](Session &) {
            return sql::set_workflow(session, database_->dialect(), workflow, active, doing);
          });
        },
        repeat_of(doing));
  }

private:
  std::shared_ptr<Database> database_;
};

class SqlEventStore : public store::EventStore {
public:
  explicit SqlEventStore(std::shared_ptr<Database> database) : database_(std::move(database)) {}

  Result<store::EventPage> events(store::Position after, std::uint32_t limit) override {
    return read<store::EventPage>([&](auto reading) { return sql::events(reading, after, limit); });
  }
  Result<store::FeedState> state() override {
    if (auto published = database_->publish(); !published) {
      return std::move(published).failure();
    }
    return database_->read<store::FeedState>(
        [](Session &session) -> Result<store::FeedState> { return sql::feed_state(session); }, Moment::statement);
  }
  Result<std::optional<store::Position>> locate(const store::PublicMark &mark) override {
    return read<std::optional<store::Position>>([&](auto reading) { return sql::locate(reading, mark); },
                                                Moment::statement);
  }
  Result<Page<store::EventRow>> history(const store::HistoryQuery &query) override {
    return read<Page<store::EventRow>>([&](auto reading) { return sql::history(reading, query); },
                                       moment_of(query.paging));
  }
  Result<Page<store::EventRow>> history_by_position(const Scope &scope,
                                                    const std::vector<store::Position> &positions) override {
    return read<Page<store::EventRow>>(
        [&](auto reading) { return sql::history_by_position(reading, scope, positions); }, Moment::statement);
  }
  Result<store::Purged> purge(domain::Time before, std::uint32_t limit) override {
    if (auto published = database_->publish(); !published) {
      return std::move(published).failure();
    }
    return database_->write<store::Purged>(
        [&](Session &session) { return sql::purge_events(session, database_->dialect(), before, limit); });
  }
  Done wait(store::Position after, std::chrono::microseconds timeout, const std::function<bool()> &over) override {
    return database_->watch().wait(after, timeout, over, [this]() -> Result<store::Position> {
      const auto found = state();
      return found ? Result<store::Position>(found->last) : found.failure();
    });
  }
  void wake() noexcept override { database_->watch().wake(); }

private:
  template <class Value, class Work>
  Result<Value> read(const Work &work, Moment moment = Moment::shared) {
    if (auto published = database_->publish(); !published) {
      return std::move(published).failure();
    }
    return database_->read<Value>(
        [&](Session &session) {
          return work(Reading{session, database_->dialect()});
        },
        moment);
  }

  std::shared_ptr<Database> database_;
};

class SqlMaintenanceStore : public store::MaintenanceStore {
public:
  explicit SqlMaintenanceStore(std::shared_ptr<Database> database) : database_(std::move(database)) {}

  Result<std::vector<store::Place>> active_places(const std::optional<store::Place> &after,
                                                  std::uint32_t limit) override {
    return database_->read<std::vector<store::Place>>(
        [&](Session &session) { return sql::active_places(session, database_->dialect(), after, limit); });
  }
  Result<std::vector<store::IdleConversation>> idle(const store::IdleQuery &query) override {
    return database_->read<std::vector<store::IdleConversation>>(
        [&](Session &session) { return sql::idle(session, database_->dialect(), query); }, Moment::statement);
  }
  Result<std::int64_t> make_inactive(const store::MakeInactive &command) override {
    return database_->write<std::int64_t>(
        [&](Session &session) { return sql::make_inactive(session, database_->dialect(), command); });
  }
  Result<std::vector<store::RecordLabel>> due_labels(domain::Time before, std::uint32_t limit) override {
    return database_->read<std::vector<store::RecordLabel>>(
        [&](Session &session) { return sql::due_labels(session, before, limit); }, Moment::statement);
  }
  Result<std::vector<Reference>> note_records(const std::vector<store::RecordLabel> &labels) override {
    return database_->write<std::vector<Reference>>(
        [&](Session &session) { return sql::save_labels(session, database_->dialect(), labels); });
  }
  Result<bool> settle(const Doing &doing, const Reference &record, std::uint32_t limit) override {
    return database_->write<bool>(
        [&](Session &session) { return sql::settle(session, database_->dialect(), doing, record, limit); });
  }

private:
  std::shared_ptr<Database> database_;
};

} // namespace

Stores stores_on(const std::shared_ptr<Database> &database) {
  return {std::make_unique<SqlConversationStore>(database), std::make_unique<SqlWorkflowStore>(database),
          std::make_unique<SqlEventStore>(database), std::make_unique<SqlMaintenanceStore>(database)};
}

} // namespace parley::adapters::sql
