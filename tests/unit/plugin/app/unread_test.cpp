#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugin/app/mark_all_read.hpp"
#include "plugin/app/mark_unread.hpp"
#include "plugin/app/show_unread.hpp"
#include "tests/unit/plugin/support/fakes.hpp"

namespace parley::test {
namespace {

using domain::Code;
using domain::Level;
using testing::ElementsAre;
using testing::SizeIs;

class Unread : public testing::Test, protected World {
protected:
  /// Amanda's last words in a conversation.
  void add(domain::ConversationId id, const std::string &words, Level needs = Level::user) {
    conversations.add(id, needs);
    domain::Message last;
    last.sender = amanda;
    last.body = words;
    last.created = 900;
    conversations.kept.back().row.last_text = last;
  }
};

TEST_F(Unread, B10_the_latest_come_with_sender_and_preview) {
  add(1, "Has **my order** been sent?");
  const auto unread = app::show_unread(call);
  ASSERT_TRUE(unread.ok());
  EXPECT_EQ(unread->count, 1);
  EXPECT_FALSE(unread->more);
  ASSERT_THAT(unread->latest.views, SizeIs(1));
  EXPECT_EQ(unread->latest.views.front().last_message_author, "Amanda Cole");
  EXPECT_EQ(unread->latest.views.front().last_message_preview, "Has my order been sent?");
}

TEST_F(Unread, B10_a_preview_is_short_and_never_cut_inside_a_character) {
  const std::string family = "\U0001F468\u200D\U0001F469\u200D\U0001F467";
  std::string words;
  for (int each = 0; each < 300; ++each) {
    words += family;
  }
  add(1, words);
  const auto unread = app::show_unread(call);
  ASSERT_TRUE(unread.ok());
  const std::string preview = unread->latest.views.front().last_message_preview;
  ASSERT_EQ((preview.size() - std::string("…").size()) % family.size(), 0U);
  EXPECT_LE(preview.size() / family.size(), 140U);
  EXPECT_GE(preview.size() / family.size(), 100U);
}

TEST_F(Unread, B10_is_judged_by_what_one_may_view) {
  add(1, "seen");
  add(2, "not seen", Level::global);
  directory.grant("conversations.view", Level::user);
  const auto unread = app::show_unread(call);
  ASSERT_TRUE(unread.ok());
  EXPECT_EQ(unread->count, 1);
  EXPECT_EQ(conversations.asked_unread->scope.actor, john);
  as_storefront(amanda);
  ASSERT_TRUE(app::show_unread(call).ok());
  EXPECT_EQ(conversations.asked_unread->scope.audience, domain::Audience::storefront);
  EXPECT_EQ(conversations.asked_unread->scope.actor, amanda);
}

TEST_F(Unread, C2_is_off_with_the_rest) {
  directory.enabled = "false";
  EXPECT_EQ(app::show_unread(call).failure().code, Code::not_found);
  EXPECT_EQ(app::mark_all_read(call).failure().code, Code::not_found);
  EXPECT_EQ(app::mark_unread(call, 1).failure().code, Code::not_found);
  EXPECT_FALSE(conversations.asked_unread || conversations.marked_unread);
  EXPECT_TRUE(conversations.marked_all.empty());
}

TEST_F(Unread, B10_all_are_marked_in_steps) {
  conversations.unread_left = 1234;
  const auto marked = app::mark_all_read(call);
  ASSERT_TRUE(marked.ok());
  EXPECT_EQ(marked.value(), 1234);
  EXPECT_THAT(conversations.marked_all, SizeIs(3));
  EXPECT_EQ(conversations.marked_all.front().doing.actor, john);
  EXPECT_EQ(conversations.marked_all.front().view.actor, john);
}

TEST_F(Unread, B10_all_are_marked_whose_clock_was_ahead) {
  conversations.unread_left = 1;
  conversations.add(7).all.last_text_at = request.now + 3600;
  ASSERT_TRUE(app::mark_all_read(call).ok());
  EXPECT_EQ(conversations.marked_all.front().until, request.now + 3600);
  conversations.kept.front().row.conversation.all.last_text_at = request.now - 3600;
  conversations.unread_left = 1;
  ASSERT_TRUE(app::mark_all_read(call).ok());
  EXPECT_EQ(conversations.marked_all.back().until, request.now) << "what comes later stays unread";
}

TEST_F(Unread, a_cancelled_call_stops_between_the_steps) {
  conversations.unread_left = 5000;
  request.cancelled = [this] { return !conversations.marked_all.empty(); };
  EXPECT_EQ(app::mark_all_read(call).failure().code, Code::cancelled);
  EXPECT_THAT(conversations.marked_all, SizeIs(1));
  request.cancelled = nullptr;
  request.expired = [this] { return conversations.marked_all.size() > 1; };
  EXPECT_EQ(app::mark_all_read(call).failure().code, Code::timed_out);
  EXPECT_THAT(conversations.marked_all, SizeIs(2));
}

TEST_F(Unread, B11_is_set_back_for_oneself) {
  ASSERT_TRUE(app::mark_unread(call, 7).ok());
  EXPECT_EQ(conversations.marked_unread->conversation, 7);
  EXPECT_EQ(conversations.marked_unread->doing.actor, john);
}

TEST_F(Unread, D10_who_takes_no_part_is_told_so) {
  conversations.refusals = {domain::failure(Code::conflict, "takes-no-part", "x")};
  const auto done = app::mark_unread(call, 7);
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(done.failure().code, Code::conflict);
  EXPECT_THAT(faults_of(done.failure()), ElementsAre("takes-no-part "));
  EXPECT_EQ(done.failure().faults.front().detail, "You take no part in this conversation, so nothing in it is unread.");
}

} // namespace
} // namespace parley::test
