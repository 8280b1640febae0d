#include "tests/unit/plugin/support/fakes.hpp"

#include <algorithm>

namespace parley::test {

using domain::Done;
using domain::Level;
using domain::Nothing;
using domain::Reference;
using domain::Result;
using domain::Scope;

FakeDirectory::FakeDirectory() {
  for (const char *name : {"conversations.view", "conversations.create", "conversations.edit", "conversations.delete",
                           "conversations.assign", "conversation_flow.perform", "conversation_flow.configure",
                           "users.view", "customerusers.view"}) {
    grant(name, Level::global);
  }
}

app::RecordFacts &FakeDirectory::add(Reference record, std::string title) {
  app::RecordFacts &facts = records[record];
  facts.record = std::move(record);
  facts.exists = true;
  facts.has_page = true;
  facts.title = std::move(title);
  facts.full_title = facts.title;
  return facts;
}

Result<std::vector<app::RecordFacts>> FakeDirectory::resolve(const std::vector<Reference> &references) {
  ++calls;
  if (broken) {
    return *broken;
  }
  resolved.push_back(references);
  std::vector<app::RecordFacts> answers;
  for (const Reference &reference : references) {
    const auto found = records.find(reference);
    app::RecordFacts none;
    none.record = reference;
    answers.push_back(found == records.end() ? none : found->second);
  }
  return answers;
}

Result<std::vector<bool>> FakeDirectory::visible(const std::vector<Reference> &references) {
  ++calls;
  if (broken) {
    return *broken;
  }
  std::vector<bool> answers;
  for (const Reference &reference : references) {
    answers.push_back(records.count(reference) > 0 && hidden.count(reference) == 0);
  }
  return answers;
}

Result<std::vector<Scope>> FakeDirectory::scopes(const std::vector<app::Permission> &permissions) {
  ++calls;
  if (broken) {
    return *broken;
  }
  std::vector<Scope> answers;
  for (const app::Permission &permission : permissions) {
    const auto level = levels.find(permission.subject + "." + permission.name);
    Scope scope;
    scope.level = level == levels.end() ? Level::none : level->second;
    scope.units = units;
    answers.push_back(scope);
  }
  return answers;
}

Result<std::vector<std::string>> FakeDirectory::settings(const std::vector<std::string> &names) {
  ++calls;
  if (broken) {
    return *broken;
  }
  std::vector<std::string> answers;
  for (const std::string &name : names) {
    const auto found = values.find(name);
    answers.push_back(name == "conversations.enabled" ? enabled : found != values.end() ? found->second : "");
  }
  return answers;
}

Result<std::vector<std::string>> FakeDirectory::settings_at(const std::vector<app::SettingQuestion> &asked) {
  ++calls;
  if (broken) {
    return *broken;
  }
  questions += asked.size();
  std::vector<std::string> answers;
  for (const app::SettingQuestion &each : asked) {
    std::string answer;
    for (const std::string &key : {each.name, each.name + "@" + each.organization + "/" + each.website}) {
      if (const auto found = values.find(key); found != values.end()) {
        answer = found->second;
      }
    }
    answers.push_back(answer);
  }
  return answers;
}

void FakeDirectory::bad_setting(std::string_view name, std::string_view value) {
  bad_settings.push_back(std::string(name) + "=" + std::string(value));
}

Result<std::vector<std::string>> FakeDirectory::carrying() {
  ++calls;
  if (broken) {
    return *broken;
  }
  return carried;
}

Result<std::vector<app::RecordType>> FakeDirectory::types() {
  return std::vector<app::RecordType>{{"users", true, true, false, false},
                                      {"customers", false, false, true, false},
                                      {"customerusers", true, false, false, true},
                                      {"orders", true, false, false, false},
                                      {"websites", false, false, false, false}};
}

Done FakeConversations::refused_or_done() {
  ++statements;
  if (refusals.empty()) {
    return Nothing{};
  }
  domain::Failure first = refusals.front();
  refusals.erase(refusals.begin());
  return first;
}

domain::Conversation &FakeConversations::add(domain::ConversationId id, Level needs) {
  kept.emplace_back();
  kept.back().needs = needs;
  kept.back().row.conversation.id = id;
  kept.back().row.conversation.name = "About it";
  return kept.back().row.conversation;
}

auto FakeConversations::conversations(const store::ConversationQuery &query) -> Rows<store::ConversationRow> {
  ++statements;
  asked = query;
  store::Page<store::ConversationRow> page;
  page.labels = labels;
  for (const Kept &each : kept) {
    if (query.scope.level >= each.needs) {
      page.rows.push_back(each.row);
    }
  }
  return page;
}

Result<std::int64_t> FakeConversations::count_conversations(const store::ConversationQuery &query) {
  asked = query;
  ++statements;
  return static_cast<std::int64_t>(kept.size());
}

auto FakeConversations::conversations_by_id(const Scope &scope, const std::vector<domain::ConversationId> &ids)
    -> Rows<store::ConversationRow> {
  ++statements;
  store::Page<store::ConversationRow> page;
  page.labels = labels;
  for (const domain::ConversationId id : ids) {
    for (const Kept &each : kept) {
      if (each.row.conversation.id == id && scope.level >= each.needs) {
        page.rows.push_back(each.row);
      }
    }
  }
  return page;
}

Result<std::vector<std::int64_t>> FakeConversations::count_at_records(const Scope & /*scope*/,
                                                                      const std::vector<Reference> &records) {
  ++statements;
  counted = records;
  return std::vector<std::int64_t>(records.size(), 7);
}

Result<std::vector<domain::ConversationId>>
FakeConversations::reachable(const Scope &scope, const std::vector<domain::ConversationId> &ids) {
  ++statements;
  std::vector<domain::ConversationId> reached;
  for (const Kept &each : kept) {
    if (scope.level >= each.needs && std::find(ids.begin(), ids.end(), each.row.conversation.id) != ids.end()) {
      reached.push_back(each.row.conversation.id);
    }
  }
  return reached;
}

auto FakeConversations::messages(const store::MessageQuery &query) -> Rows<store::MessageRow> {
  asked_messages = query;
  message_page.labels = labels;
  return message_page;
}

auto FakeConversations::messages_by_key(const Scope & /*scope*/, const std::vector<MessageKey> & /*keys*/)
    -> Rows<store::MessageRow> {
  message_page.labels = labels;
  return message_page;
}

auto FakeConversations::participants(const store::ParticipantQuery & /*query*/) -> Rows<store::ParticipantRow> {
  participant_page.labels = labels;
  return participant_page;
}

auto FakeConversations::participants_by_key(const Scope & /*scope*/, const std::vector<ParticipantKey> & /*keys*/)
    -> Rows<store::ParticipantRow> {
  participant_page.labels = labels;
  return participant_page;
}

Result<domain::ConversationId> FakeConversations::start(const store::StartConversation &command) {
  started = command;
  if (auto done = refused_or_done(); !done) {
    return done.failure();
  }
  return domain::ConversationId{42};
}

Result<store::Appended> FakeConversations::append(const store::AppendMessage &command) {
  appended = command;
  if (auto done = refused_or_done(); !done) {
    return done.failure();
  }
  store::Appended result;
  result.message.index = 5;
  return result;
}

Done FakeConversations::edit(const store::EditConversation &command) {
  edits.push_back(command);
  return refused_or_done();
}

Done FakeConversations::change_contexts(const store::ChangeContexts &command) {
  contexts_changed = command;
  return refused_or_done();
}

Done FakeConversations::perform(const store::PerformTransition &command) {
  performed = command;
  return refused_or_done();
}

Done FakeConversations::remove(const store::DeleteConversation &command) {
  removed = command;
  return refused_or_done();
}

Result<std::int64_t> FakeConversations::remove_many(const store::DeleteConversations &command) {
  removed_many = command;
  if (auto done = refused_or_done(); !done) {
    return std::move(done).failure();
  }
  return command.expected;
}

Done FakeConversations::mark_read(const store::MarkRead &command) {
  marked = command;
  return refused_or_done();
}

Result<store::Unread> FakeConversations::unread(const store::UnreadQuery &query) {
  ++statements;
  asked_unread = query;
  store::Unread found;
  found.latest.labels = labels;
  for (const Kept &each : kept) {
    if (query.scope.level >= each.needs) {
      ++found.count;
      found.latest.rows.push_back(each.row);
    }
  }
  return found;
}

Done FakeConversations::mark_unread(const store::MarkUnread &command) {
  marked_unread = command;
  return refused_or_done();
}

Result<std::int64_t> FakeConversations::mark_all_read(const store::MarkAllRead &command) {
  marked_all.push_back(command);
  if (auto done = refused_or_done(); !done) {
    return done.failure();
  }
  const std::int64_t marked_now = std::min(unread_left, command.most);
  unread_left -= marked_now;
  return marked_now;
}

Result<std::optional<store::Outcome>> FakeConversations::done_before(const store::Doing &doing) {
  asked_before = doing;
  return before;
}

Done FakeConversations::keep_key(const store::Doing &doing) {
  kept_key = doing;
  return refused_or_done();
}

Result<bool> FakeConversations::purge_idempotency(domain::Time now, std::uint32_t /*limit*/) {
  keys_expired.push_back(now);
  return --key_pieces > 0;
}

Result<bool> FakeWorkflows::active(const std::string & /*workflow*/) {
  return is_active;
}

Done FakeWorkflows::set_active(const std::string & /*workflow*/, bool active, const store::Doing & /*doing*/) {
  is_active = active;
  ++changes;
  return Nothing{};
}

store::EventRow &FakeEvents::add(std::string kind) {
  store::EventRow row;
  row.position = purged_to + static_cast<store::Position>(rows.size()) + 1;
  row.kind = std::move(kind);
  row.time = 1'700'000'000'000'000 + row.position;
  row.actor = john;
  row.visibility = domain::Visibility::everybody;
  row.conversation = 17;
  row.exists = true;
  row.concerned.organization = "1";
  row.concerned.unit = "sales";
  row.concerned.owner = john;
  row.concerned.customer = acme;
  row.concerned.customer_user = amanda;
  return rows.emplace_back(std::move(row));
}

Result<store::FeedState> FakeEvents::state() {
  ++statements;
  if (broken) {
    return *broken;
  }
  return store::FeedState{purged_to + static_cast<store::Position>(rows.size()) + lost, purged_to};
}

Result<store::EventPage> FakeEvents::events(store::Position after, std::uint32_t limit) {
  const auto now = state();
  if (!now) {
    return now.failure();
  }
  store::EventPage page;
  page.state = now.value();
  for (const store::EventRow &row : rows) {
    if (after >= purged_to && row.position > after && row.position <= after + store::Position{limit}) {
      page.rows.push_back(row);
    }
  }
  return page;
}

Result<std::optional<store::Position>> FakeEvents::locate(const store::PublicMark &mark) {
  for (const store::EventRow &row : rows) {
    if (row.time == mark.time) {
      return std::optional<store::Position>(row.position);
    }
  }
  return std::optional<store::Position>();
}

Result<store::Page<store::EventRow>> FakeEvents::history(const store::HistoryQuery &query) {
  ++statements;
  if (broken) {
    return *broken;
  }
  asked = query;
  store::Page<store::EventRow> page;
  page.rows = rows;
  return page;
}

Result<store::Page<store::EventRow>> FakeEvents::history_by_position(const Scope &scope,
                                                                     const std::vector<store::Position> &positions) {
  store::HistoryQuery query;
  query.scope = scope;
  auto page = history(query);
  if (page) {
    page->rows.resize(std::min(page->rows.size(), positions.size()));
  }
  return page;
}

Result<store::Purged> FakeEvents::purge(domain::Time before, std::uint32_t /*limit*/) {
  purged.push_back(before);
  ++statements;
  if (broken) {
    return *broken;
  }
  if (purges.empty()) {
    return store::Purged{};
  }
  const store::Purged first = purges.front();
  purges.erase(purges.begin());
  return first;
}

Done FakeEvents::wait(store::Position /*after*/, std::chrono::microseconds /*timeout*/,
                      const std::function<bool()> & /*over*/) {
  return Nothing{};
}

Result<std::vector<store::Place>> FakeMaintenance::active_places(const std::optional<store::Place> &after,
                                                                 std::uint32_t /*limit*/) {
  return after ? std::vector<store::Place>() : places;
}

Result<std::vector<store::IdleConversation>> FakeMaintenance::idle(const store::IdleQuery &query) {
  asked.push_back(query);
  int &pieces = idle_pieces[query.place.organization + "/" + query.place.website];
  return pieces-- > 0 ? std::vector<store::IdleConversation>(1) : std::vector<store::IdleConversation>();
}

Result<std::int64_t> FakeMaintenance::make_inactive(const store::MakeInactive &command) {
  if (broken) {
    return *broken;
  }
  made.push_back(command);
  return std::int64_t{1};
}

Result<std::vector<store::RecordLabel>> FakeMaintenance::due_labels(domain::Time before, std::uint32_t /*limit*/) {
  std::vector<store::RecordLabel> found;
  for (const store::RecordLabel &label : due) {
    if (label.refreshed < before) {
      found.push_back(label);
    }
  }
  return found;
}

Result<std::vector<Reference>> FakeMaintenance::note_records(const std::vector<store::RecordLabel> &labels) {
  if (broken) {
    return *broken;
  }
  std::vector<Reference> unsettled;
  for (const store::RecordLabel &label : labels) {
    noted.push_back(label);
    for (store::RecordLabel &each : due) {
      each = each.record == label.record ? label : each;
    }
    if ((left_[label.record] = settle_pieces) > 0) {
      unsettled.push_back(label.record);
    }
  }
  return unsettled;
}

Result<bool> FakeMaintenance::settle(const store::Doing & /*doing*/, const Reference &record, std::uint32_t /*limit*/) {
  settled.push_back(record);
  return --left_[record] > 0;
}

World::World() {
  request.organization = "1";
  request.now = 1000;
  directory.add(john, "John Doe").unit = {"businessunits", "1"};
  directory.add(charlie, "Charlie Stone").unit = {"businessunits", "2"};
  directory.add(acme, "Acme Industries");
  directory.add(globex, "Globex");
  auto &buyer = directory.add(amanda, "Amanda Cole");
  buyer.customer = acme;
  buyer.customer_user = amanda;
  buyer.owner = charlie;
  auto &stranger = directory.add(nora, "Nora Falk");
  stranger.customer = globex;
  stranger.customer_user = nora;
  auto &bought = directory.add(order, "ORD-1001");
  bought.full_title = "Order ORD-1001";
  bought.owner = charlie;
  bought.customer = acme;
  bought.customer_user = amanda;
  bought.website = {"websites", "2"};
  auto &other = directory.add(other_order, "ORD-1003");
  other.full_title = "Order ORD-1003";
  other.customer = globex;
  other.customer_user = nora;
  as_backoffice(john);
}

void World::as_backoffice(const Reference &user) {
  request.actor = user;
  request.audience = domain::Audience::backoffice;
  request.website.clear();
}

void World::as_storefront(const Reference &customer_user) {
  request.actor = customer_user;
  request.audience = domain::Audience::storefront;
  request.website = "1";
}

std::vector<std::string> faults_of(const domain::Failure &failure) {
  std::vector<std::string> listed;
  for (const domain::Fault &fault : failure.faults) {
    listed.push_back(fault.code + " " + fault.pointer);
  }
  return listed;
}

} // namespace parley::test
