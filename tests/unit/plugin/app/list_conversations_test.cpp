#include "plugin/app/list_conversations.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/plugin/support/fakes.hpp"

namespace parley::test {
namespace {

using domain::Code;
using domain::Level;
using domain::Status;
using testing::ElementsAre;

class ListConversations : public testing::Test, protected World {
protected:
  store::ConversationRow &add(domain::ConversationId id, Level needs = Level::user) {
    domain::Conversation &conversation = conversations.add(id, needs);
    conversation.owner = charlie;
    conversation.customer = acme;
    conversation.customer_user = amanda;
    conversation.source = order;
    return conversations.kept.back().row;
  }

  app::Conversations listed() {
    auto result = app::list_conversations(call, {});
    EXPECT_TRUE(result.ok());
    return result ? std::move(result).value() : app::Conversations{};
  }
};

TEST_F(ListConversations, asks_with_the_scope_of_view) {
  directory.grant("conversations.view", Level::division);
  store::ConversationQuery query;
  query.scope.level = Level::global;
  ASSERT_TRUE(app::list_conversations(call, query).ok());
  EXPECT_EQ(conversations.asked->scope.level, Level::division);
  EXPECT_EQ(conversations.asked->scope.actor, john);
  EXPECT_EQ(conversations.asked->scope.audience, domain::Audience::backoffice);
  ASSERT_TRUE(app::count_conversations(call, query).ok());
  EXPECT_EQ(conversations.asked->scope.level, Level::division);
}

TEST_F(ListConversations, B10_ones_own_are_asked_for_with_the_level_of_ones_own) {
  store::ConversationQuery query;
  query.own = true;
  for (const Level level : {Level::user, Level::unit, Level::organization, Level::global}) {
    directory.grant("conversations.view", level);
    ASSERT_TRUE(app::list_conversations(call, query).ok());
    EXPECT_EQ(conversations.asked->scope.level, Level::user);
    EXPECT_EQ(conversations.asked->scope.actor, john);
    ASSERT_TRUE(app::count_conversations(call, query).ok());
    EXPECT_EQ(conversations.asked->scope.level, Level::user);
  }
  directory.grant("conversations.view", Level::none);
  ASSERT_TRUE(app::list_conversations(call, query).ok());
  EXPECT_EQ(conversations.asked->scope.level, Level::none);
}

TEST_F(ListConversations, B10_the_rest_is_asked_for_as_far_as_rights_reach) {
  store::ConversationQuery query;
  query.own = false;
  for (const Level level : {Level::none, Level::user, Level::division, Level::global}) {
    directory.grant("conversations.view", level);
    ASSERT_TRUE(app::list_conversations(call, query).ok());
    EXPECT_EQ(conversations.asked->scope.level, level);
    EXPECT_EQ(conversations.asked->own, false);
    EXPECT_EQ(conversations.asked->scope.actor, john);
  }
}

TEST_F(ListConversations, B10_says_which_are_ones_own) {
  add(1);
  add(2).mine.emplace();
  add(3).conversation.owner = john;
  const auto page = listed();
  EXPECT_FALSE(page.views.at(0).mine);
  EXPECT_TRUE(page.views.at(1).mine);
  EXPECT_TRUE(page.views.at(2).mine);
}

TEST_F(ListConversations, can_do_all_where_all_is_allowed) {
  add(1);
  const auto can = listed().views.at(0).can;
  for (const domain::Permit &permit :
       {can.view, can.update, can.remove, can.add_message, can.add_context, can.perform}) {
    EXPECT_TRUE(permit.allowed);
    EXPECT_EQ(permit.reason, "");
  }
}

TEST_F(ListConversations, can_says_for_each_row_why_not) {
  add(1);
  add(2, Level::unit);
  directory.grant("conversations.edit", Level::user);
  directory.grant("conversations.delete", Level::none);
  directory.grant("conversation_flow.perform", Level::user);
  const auto conversations_seen = listed();
  EXPECT_TRUE(conversations_seen.views.at(0).can.update.allowed);
  EXPECT_TRUE(conversations_seen.views.at(0).can.perform.allowed);
  EXPECT_EQ(conversations_seen.views.at(0).can.remove.reason, "You may not delete this conversation.");
  const auto &second = conversations_seen.views.at(1).can;
  EXPECT_EQ(second.update.reason, "You may not edit this conversation.");
  EXPECT_EQ(second.add_context.reason, "You may not edit this conversation.");
  EXPECT_EQ(second.add_message.reason, "You may not write in this conversation.");
  EXPECT_EQ(second.perform.reason, "You may not change the status of this conversation.");
}

TEST_F(ListConversations, D4_can_add_no_message_to_a_closed_one) {
  add(1).conversation.status = Status::closed;
  add(2).conversation.status = Status::inactive;
  const auto page = listed();
  EXPECT_EQ(page.views.at(0).can.add_message.reason, "This conversation is closed.");
  EXPECT_TRUE(page.views.at(0).can.update.allowed);
  EXPECT_TRUE(page.views.at(1).can.add_message.allowed);
}

TEST_F(ListConversations, W4_can_perform_nothing_while_the_workflow_is_inactive) {
  add(1);
  workflows.is_active = false;
  EXPECT_EQ(listed().views.at(0).can.perform.reason, "The workflow is not active.");
}

TEST_F(ListConversations, questions_do_not_grow_with_the_rows) {
  directory.grant("conversations.edit", Level::division);
  directory.grant("conversations.delete", Level::user);
  add(1);
  listed();
  const int statements = conversations.statements;
  const int calls = directory.calls;
  for (int id = 2; id < 100; ++id) {
    add(id).conversation.source = {"orders", std::to_string(id)};
  }
  conversations.statements = 0;
  directory.calls = 0;
  listed();
  EXPECT_EQ(conversations.statements, statements);
  EXPECT_EQ(directory.calls, calls);
  EXPECT_LE(calls, 4);
}

TEST_F(ListConversations, lists_need_no_host_call_for_titles) {
  add(1);
  for (const auto &record : {charlie, acme, amanda, order}) {
    conversations.labels[record].title = "kept";
  }
  EXPECT_EQ(listed().page.labels.at(order).title, "kept");
  EXPECT_TRUE(directory.resolved.empty());
}

TEST_F(ListConversations, labels_that_are_missing_are_looked_up) {
  add(1);
  const auto page = listed();
  EXPECT_EQ(page.page.labels.at(order).title, "ORD-1001");
  EXPECT_EQ(directory.resolved.size(), 1U);
}

TEST_F(ListConversations, B8_a_source_that_may_not_be_seen_is_text_without_a_link) {
  add(1);
  directory.hidden = {order};
  const auto page = listed();
  EXPECT_EQ(page.openable.count(order), 0U);
  EXPECT_EQ(page.openable.count(charlie), 1U);
  EXPECT_EQ(page.page.labels.at(order).title, "ORD-1001");
}

TEST_F(ListConversations, B8_of_a_single_one_the_host_is_asked_whether_its_customer_has_a_page) {
  const domain::ConversationId id = add(1).conversation.id;
  const auto openable = [&] { return app::get_conversations(call, {id})->openable.count(acme); };
  EXPECT_EQ(listed().openable.count(acme), 0U);
  EXPECT_EQ(openable(), 1U);
  directory.records[acme].has_page = false;
  EXPECT_EQ(openable(), 0U);
  directory.records[acme].has_page = true;
  directory.hidden = {acme};
  EXPECT_EQ(openable(), 0U);
}

TEST_F(ListConversations, D11_who_was_deleted_is_called_deleted_user) {
  auto &row = add(1);
  row.last_text = domain::Message{};
  row.last_text->sender = charlie;
  conversations.labels[charlie].deleted = true;
  conversations.labels[charlie].title = "Charlie Stone";
  directory.records.erase(amanda);
  const auto page = listed();
  EXPECT_EQ(page.page.labels.at(charlie).title, "Deleted user");
  EXPECT_EQ(page.page.labels.at(amanda).title, "Deleted user");
  EXPECT_EQ(page.views.at(0).last_message_author, "Deleted user");
}

TEST_F(ListConversations, B10_the_preview_is_plain_and_short) {
  auto &row = add(1);
  row.last_text = domain::Message{};
  row.last_text->sender = john;
  row.last_text->body = "**Hello**\n" + std::string(10000, 'x');
  const auto view = listed().views.at(0);
  EXPECT_EQ(view.last_message_author, "John Doe");
  EXPECT_EQ(view.last_message_preview, "Hello " + std::string(113, 'x') + "…");
}

TEST_F(ListConversations, get_leaves_out_what_is_not_seen) {
  directory.grant("conversations.view", Level::user);
  add(1);
  add(2, Level::unit);
  const auto found = app::get_conversations(call, {2, 1, 3});
  ASSERT_TRUE(found.ok());
  ASSERT_EQ(found->page.rows.size(), 1U);
  EXPECT_EQ(found->page.rows.front().conversation.id, 1);
}

TEST_F(ListConversations, own_work_is_shown_even_where_view_does_not_reach) {
  directory.grant("conversations.view", Level::user);
  add(2, Level::unit);
  const auto found = app::get_own_work(call, 2);
  ASSERT_TRUE(found.ok());
  EXPECT_FALSE(found->views.at(0).can.view.allowed);
  EXPECT_FALSE(found->views.at(0).can.update.allowed);
  EXPECT_EQ(app::get_own_work(call, 99).failure().code, Code::not_found);
}

// Storefront

TEST_F(ListConversations, S4_can_write_while_it_is_active) {
  as_storefront(amanda);
  add(1);
  add(2).conversation.status = Status::inactive;
  add(3).conversation.status = Status::closed;
  add(4).conversation.customer = globex;
  const auto page = listed();
  EXPECT_TRUE(page.views.at(0).can.add_message.allowed);
  EXPECT_EQ(page.views.at(1).can.add_message.reason, "This conversation is inactive.");
  EXPECT_EQ(page.views.at(2).can.add_message.reason, "This conversation is closed.");
  EXPECT_EQ(page.views.at(3).can.add_message.reason, "You do not belong to the customer of this conversation.");
  EXPECT_FALSE(page.views.at(0).can.update.allowed);
  EXPECT_FALSE(page.views.at(0).can.perform.allowed);
}

TEST_F(ListConversations, S8_nothing_internal_reaches_the_storefront) {
  as_storefront(amanda);
  auto &row = add(1);
  row.conversation.version = 7;
  row.conversation.all.text_count = 5;
  row.conversation.open.text_count = 2;
  row.contexts = {{1, other_order, true}};
  row.last_text = domain::Message{};
  row.last_text->sender = charlie;
  row.last_text->posted_by = john;
  row.last_text->index = 5;
  row.last_text->public_index = 2;
  conversations.labels[other_order].title = "ORD-1003";
  conversations.labels[john].title = "John Doe";
  const auto page = listed();
  const auto &seen = page.page.rows.front();
  EXPECT_EQ(seen.conversation.version, 0);
  EXPECT_EQ(seen.conversation.all.text_count, 2);
  EXPECT_TRUE(seen.contexts.empty());
  EXPECT_TRUE(seen.last_text->posted_by.none());
  EXPECT_EQ(seen.last_text->index, 2);
  EXPECT_EQ(page.page.labels.count(other_order), 0U);
  EXPECT_EQ(page.page.labels.count(john), 0U);
}

TEST_F(ListConversations, S8_titles_of_records_of_strangers_stay_hidden) {
  as_storefront(amanda);
  add(1);
  auto &strange = add(2);
  strange.conversation.source = other_order;
  directory.hidden = {order, other_order};
  const auto page = listed();
  EXPECT_EQ(page.page.labels.at(order).title, "ORD-1001"); // its own customer's
  EXPECT_EQ(page.page.labels.count(other_order), 0U);
  EXPECT_TRUE(page.openable.count(order) == 0 && page.openable.count(other_order) == 0);
}

TEST_F(ListConversations, S5_only_what_has_a_page_there_can_be_opened) {
  as_storefront(amanda);
  add(1);
  directory.records[acme].has_page = false;
  const auto page = listed();
  EXPECT_THAT(page.openable, ElementsAre(order));
}

TEST_F(ListConversations, questions_of_the_storefront_do_not_grow_either) {
  as_storefront(amanda);
  add(1);
  listed();
  const int calls = directory.calls;
  for (int id = 2; id < 50; ++id) {
    add(id).conversation.source = {"orders", std::to_string(id)};
  }
  directory.calls = 0;
  conversations.statements = 0;
  listed();
  EXPECT_EQ(directory.calls, calls);
  EXPECT_EQ(conversations.statements, 1);
}

} // namespace
} // namespace parley::test
