#include "plugin/app/list_messages.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/plugin/support/fakes.hpp"

namespace parley::test {
namespace {

using domain::Level;

class ListMessages : public testing::Test, protected World {
protected:
  domain::Message &add(domain::Number index, const domain::Reference &sender) {
    conversations.message_page.rows.emplace_back();
    domain::Message &message = conversations.message_page.rows.back().message;
    message.conversation = 1;
    message.index = index;
    message.public_index = index - 1;
    message.sender = sender;
    message.posted_by = sender;
    return message;
  }

  void add_note(const domain::Reference &who, domain::SystemNote note) {
    domain::Message &message = add(1, who);
    message.type = domain::MessageType::system;
    message.note = std::move(note);
  }

  app::Messages listed(app::Wanted wanted = {}) {
    auto result = app::list_messages(call, {}, wanted);
    EXPECT_TRUE(result.ok());
    return result ? std::move(result).value() : app::Messages{};
  }

  std::string told() { return listed().views.at(0).plain_body; }
};

TEST_F(ListMessages, asks_with_the_scope_of_view) {
  directory.grant("conversations.view", Level::unit);
  listed();
  EXPECT_EQ(conversations.asked_messages->scope.level, Level::unit);
}

TEST_F(ListMessages, D12_is_rendered_and_offered_as_plain_text) {
  add(1, john).body = "*Hello* <b>";
  const auto view = listed().views.at(0);
  EXPECT_EQ(view.body_html, "<p><em>Hello</em> &lt;b&gt;</p>\n");
  EXPECT_EQ(view.plain_body, "Hello <b>");
  EXPECT_EQ(view.sender_name, "John Doe");
  EXPECT_EQ(view.sender_acronym, "JD");
  EXPECT_TRUE(view.mine);
}

TEST_F(ListMessages, what_is_not_wanted_is_not_made) {
  add(1, john).body = "Hello";
  const auto view = listed({false, false}).views.at(0);
  EXPECT_EQ(view.body_html + view.plain_body, "");
}

TEST_F(ListMessages, D3_the_back_office_sees_who_posted_it) {
  add(1, charlie).posted_by = john;
  const auto view = listed().views.at(0);
  EXPECT_EQ(view.sender_name, "Charlie Stone");
  EXPECT_EQ(view.posted_by_name, "John Doe");
  EXPECT_FALSE(view.mine);
}

TEST_F(ListMessages, D3_the_storefront_sees_the_sender_alone) {
  as_storefront(amanda);
  conversations.labels[john].title = "John Doe";
  add(7, charlie).posted_by = john;
  const auto messages = listed();
  EXPECT_EQ(messages.views.at(0).posted_by_name, "");
  EXPECT_TRUE(messages.page.rows.front().message.posted_by.none());
  EXPECT_EQ(messages.page.rows.front().message.index, 6);
  EXPECT_EQ(messages.page.labels.count(john), 0U);
}

TEST_F(ListMessages, D11_the_author_who_is_gone_reads_deleted_user) {
  add(1, {"users", "99"});
  EXPECT_EQ(listed().views.at(0).sender_name, "Deleted user");
}

TEST_F(ListMessages, D13_transitions_in_words) {
  add_note(john, {"transition", "active", "closed"});
  EXPECT_EQ(told(), "Status changed from Active to Closed by John Doe");
  request.locale = "de";
  EXPECT_EQ(told(), "Status von Aktiv auf Geschlossen geändert von John Doe");
}

TEST_F(ListMessages, W3_the_job_is_nobody) {
  add_note({"system", ""}, {"transition", "active", "inactive"});
  EXPECT_EQ(told(), "Status changed from Active to Inactive");
}

TEST_F(ListMessages, D13_assignments_in_words) {
  add_note(john, {"assigned", "users/1", "users/2"});
  EXPECT_EQ(told(), "Assigned to Charlie Stone by John Doe");
}

TEST_F(ListMessages, D13_contexts_in_words) {
  add_note(john, {"context-added", "", "orders/1"});
  add_note(john, {"context-removed", "orders/1", ""});
  const auto messages = listed();
  EXPECT_EQ(messages.views.at(0).plain_body, "Context Order ORD-1001 added by John Doe");
  EXPECT_EQ(messages.views.at(1).plain_body, "Context Order ORD-1001 removed by John Doe");
}

TEST_F(ListMessages, titles_are_looked_up_once) {
  for (int index = 1; index < 50; ++index) {
    add(index, index % 2 == 0 ? john : charlie);
  }
  listed();
  EXPECT_EQ(directory.resolved.size(), 1U);
}

} // namespace
} // namespace parley::test
