#include "tests/adapters/support/data_damages.hpp"

#include <algorithm>

namespace parley::tests {
namespace {

void expect(const domain::Done &done) {
  EXPECT_TRUE(done);
}

} // namespace

std::vector<std::string> broken(const migrations::DataReport &report) {
  std::vector<std::string> names;
  for (const auto &result : report.results) {
    if (result.violations > 0) {
      names.push_back(result.name);
    }
  }
  return names;
}

std::string explained(const migrations::DataReport &report) {
  std::string text;
  for (const auto &result : report.results) {
    for (const auto &example : result.examples) {
      text +=
          result.name + ": " + example.table + " " + std::to_string(example.conversation) + ": " + example.what + "\n";
    }
  }
  return text;
}

const migrations::DataResult &result_of(const migrations::DataReport &report, const std::string &name) {
  return *std::find_if(report.results.begin(), report.results.end(),
                       [&](const auto &each) { return each.name == name; });
}

const std::vector<Damage> &damages() {
  const std::string message = "update {prefix}message set ";
  const std::string conversation = "update {prefix}conversation set ";
  const std::string participant = "update {prefix}participant set ";
  const std::string context = "update {prefix}context set ";
  const std::string event = "update {prefix}event set ";
  const std::string first = " where conversation = 1 and all_index = 1";
  const std::string amanda = " where conversation = 1 and actor_type = 'customerusers' and actor_id = '11'";
  const std::string order = " where conversation = 1 and record_type = 'orders' and record_id = '1001'";
  static const std::vector<Damage> all{
      {"file-integrity", 0, {conversation + "status = 'nonsense' where id = 1"}},
      {"message-orphans", 77, {message + "conversation = 77" + first}},
      {"participant-orphans", 77, {participant + "conversation = 77" + amanda}},
      {"context-orphans", 77, {context + "conversation = 77" + order}},
      {"conversation-references", 1, {conversation + "owner_id = '' where id = 1"}},
      {"conversation-references", 1, {conversation + "customer_type = '' where id = 1"}},
      {"conversation-references", 1, {conversation + "customer_user_id = '' where id = 1"}},
      {"conversation-references", 1, {conversation + "source_type = '' where id = 1"}},
      {"conversation-name-key", 1, {conversation + "name = 'Other' where id = 1"}},
      {"conversation-sort-keys", 1, {conversation + "owner_key = 'x' where id = 1"}},
      {"conversation-sort-keys", 1, {conversation + "customer_key = 'x' where id = 1"}},
      {"conversation-sort-keys", 1, {"update {prefix}record_label set sort_key = 'x' where record_id = '11'"}},
      {"conversation-all-tally", 1, {conversation + "all_last_index = all_last_index + 1 where id = 1"}},
      {"conversation-all-tally", 1, {conversation + "all_text_count = all_text_count + 1 where id = 1"}},
      {"conversation-all-tally", 1, {conversation + "all_last_text = all_last_text - 1 where id = 1"}},
      {"conversation-all-tally", 1, {conversation + "all_last_text_at = all_last_text_at + 1 where id = 1"}},
      {"conversation-all-tally", 2, {"delete from {prefix}message where conversation = 2"}},
      {"conversation-public-tally", 1, {conversation + "public_last_index = public_last_index + 1 where id = 1"}},
      {"conversation-public-tally", 1, {conversation + "public_text_count = public_text_count - 1 where id = 1"}},
      {"conversation-public-tally", 1, {conversation + "public_last_text = public_last_text - 1 where id = 1"}},
      {"conversation-public-tally", 1, {conversation + "public_last_text_at = 1 where id = 1"}},
      {"conversation-all-times", 1, {conversation + "all_updated_at = created_at where id = 1"}},
      {"conversation-public-times", 2, {conversation + "public_updated_at = all_updated_at + 1 where id = 2"}},
      {"conversation-public-times", 2, {conversation + "public_updated_at = created_at - 1 where id = 2"}},
      {"conversation-status", 1, {conversation + "status = 'closed' where id = 1"}},
      {"conversation-owner", 1, {conversation + "owner_id = '1' where id = 1"}},
      {"conversation-owner", 1, {conversation + "owner_id = '', owner_type = '' where id = 1"}},
      {"conversation-first-owner", 2, {"delete from {prefix}participant where conversation = 2 and actor_id = '1'"}},
      {"message-all-numbers", 1, {"delete from {prefix}message" + first}},
      {"message-all-numbers", 1, {message + "all_index = 9" + first}},
      {"message-public-numbers", 1, {message + "public_index = 9" + first}},
      {"message-order", 1, {message + "public_index = 9" + first}},
      {"message-all-times", 1, {message + "all_created_at = all_created_at + 1000000000" + first}},
      {"message-public-times", 1, {message + "public_created_at = public_created_at + 1000000000" + first}},
      {"participant-all-order", 1, {participant + "all_last_text_at = 1" + amanda}},
      {"participant-public-order", 1, {participant + "public_last_text_at = 1" + amanda}},
      {"message-visibility",
       1,
       {message + "visibility = 'internal', public_index = null where conversation = 1 and all_index = 7"}},
      {"message-visibility",
       1,
       {message + "visibility = 'public', public_index = 5 where conversation = 1 and all_index = 5"}},
      {"message-transitions", 1, {message + "note_from = 'inactive' where conversation = 1 and all_index = 7"}},
      {"message-sender", 1, {"delete from {prefix}participant" + amanda}},
      {"message-sender", 1, {participant + "in_public = 0" + amanda}},
      {"participant-all-marks", 1, {participant + "all_last_read = 99" + amanda}},
      {"participant-all-marks", 1, {participant + "all_last_read_at = 0" + amanda}},
      {"participant-public-marks", 1, {participant + "public_last_read = -1" + amanda}},
      {"participant-all-unread", 1, {participant + "all_unread = 1 - all_unread" + amanda}},
      {"participant-public-unread", 1, {participant + "public_unread = 1 - public_unread" + amanda}},
      {"participant-public-unread",
       1,
       {"update {prefix}participant set public_unread = 1, public_last_read = 4 where in_public = 0"}},
      {"participant-in-public", 1, {participant + "in_public = 0" + amanda}},
      {"context-all-activity", 1, {context + "all_activity_at = all_activity_at + 1" + order}},
      {"context-public-activity", 1, {context + "public_activity_at = public_activity_at - 1" + order}},
      {"context-in-public", 1, {context + "in_public = 0" + order}},
      {"label-references", 0, {"update {prefix}record_label set unit_id = '' where record_id = '11'"}},
      {"label-references", 0, {"update {prefix}record_label set customer_type = '' where record_id = '11'"}},
      {"label-title-key", 0, {"update {prefix}record_label set title_key = 'x' where record_id = '11'"}},
      {"event-feed", 0, {"delete from {prefix}event_feed"}},
      {"event-positions", 0, {"update {prefix}event_feed set last_position = last_position + 1"}},
      {"event-positions", 0, {"update {prefix}event_feed set last_position = last_position - 1"}},
      {"event-positions", 1, {"update {prefix}event_feed set purged_to = 1"}},
      {"event-positions", 1, {"delete from {prefix}event where position = 2"}},
      {"event-references", 1, {event + "actor_id = '' where position = 2"}},
      {"event-references", 1, {event + "owner_type = '' where position = 2"}},
      {"event-references", 1, {event + "customer_id = '' where position = 2"}},
      {"event-references", 1, {event + "customer_user_type = '' where position = 2"}},
      {"event-documents", 1, {event + "participants = '[[' where position = 2"}},
      {"event-documents", 1, {event + "data = '[]' where position = 2"}},
      {"event-beginnings", 1, {event + "kind = 'edited' where position = 1"}},
      {"event-endings", 2, {"delete from {prefix}conversation where id = 2"}},
      {"event-endings", 1, {event + "kind = 'deleted' where position = 2"}},
      {"event-endings", 1, {event + "conversation_uid = 'other' where position = 2"}},
      {"event-endings", 1, {conversation + "uid = 'other' where id = 1"}},
      {"event-messages", 1, {event + "all_index = null, public_index = null where position = 2"}},
      {"event-messages", 1, {event + "all_index = 1 where conversation = 1 and all_index = 2"}},
      {"event-messages", 1, {event + "all_index = null where conversation = 1"}},
      {"event-visibility", 1, {event + "visibility = 'public' where conversation = 1 and all_index = 2"}},
      {"event-visibility", 1, {event + "public_index = 3" + first}},
      {"conversation-ids", 0, {"update sqlite_sequence set seq = 1 where name = '{prefix}conversation'"}},
      {"workflow-references", 0, {"update {prefix}workflow_state set changed_by_id = ''"}},
  };
  return all;
}

SampleDataTest::SampleDataTest() {
  auto begun = sample();
  for (const auto &record : {kJohn, kAmanda, kAcme, kOrder}) {
    store::RecordLabel label;
    label.record = record;
    label.title = "Title of " + record.id;
    label.sort_key = "key of " + record.id;
    label.unit = {"businessunits", "1"};
    label.customer = kAcme;
    label.refreshed = now_;
    begun.labels.push_back(label);
  }
  begun.first_message = store::NewMessage{kAmanda, Visibility::everybody, "Where is it?", "c1"};
  begun.doing = doing(kAmanda, Audience::storefront);
  first_ = start(begun);
  say(first_, kDana, "Look at this.", Visibility::internal);
  auto edit = edition(first_);
  edit.owner = kCharlie;
  expect(store().edit(edit));
  say(first_, kJohn, "On its way.");
  expect(store().change_contexts(contexts(first_, store::Change::add, {kQuote})));
  expect(store().perform(transition(first_, "close", {Status::active}, Status::closed)));
  expect(store().perform(transition(first_, "reopen", {Status::closed}, Status::active)));
  expect(read_to(first_, storefront(kAmanda, Level::user), 2));
  say(start("Another"), kBrian, "Hello");
  const auto gone = start("Gone");
  expect(store().remove({doing(kJohn), gone, everything(), everything(), 0}));
  expect(workflows().set_active("conversation_flow", false, doing(kJohn)));
  stores_ = {}; // the last one writes everything into the file
}

} // namespace parley::tests
