#include "plugin/app/add_message.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/plugin/support/fakes.hpp"

namespace parley::test {
namespace {

using app::add_message;
using domain::Code;
using domain::Level;
using domain::Reference;
using domain::Status;
using domain::Visibility;
using testing::ElementsAre;

class AddMessage : public testing::Test, protected World {
protected:
  AddMessage() {
    draft.conversation = 42;
    draft.body = "Good morning";
  }

  domain::MessageDraft draft;

  const store::AppendMessage &added() {
    const auto result = add_message(call, draft);
    EXPECT_TRUE(result.ok()) << (result ? "" : result.failure().faults.front().detail);
    EXPECT_TRUE(conversations.appended.has_value());
    return *conversations.appended;
  }

  domain::Failure refused() {
    const auto result = add_message(call, draft);
    EXPECT_FALSE(result.ok());
    return result ? domain::Failure{Code::unsupported, {domain::Fault{}}} : result.failure();
  }

  void store_says(Code code, const char *step = nullptr) {
    domain::Failure failure = domain::failure(code, "x", "x");
    if (step != nullptr) {
      failure.faults.front().facts.emplace_back("step", step);
    }
    conversations.refusals = {failure};
  }
};

TEST_F(AddMessage, D3_the_actor_is_the_sender) {
  const auto &command = added();
  EXPECT_EQ(command.conversation, 42);
  EXPECT_EQ(command.message.sender, john);
  EXPECT_EQ(command.doing.actor, john);
  EXPECT_FALSE(command.sender_customer.has_value());
  draft.sender = john;
  EXPECT_EQ(added().message.sender, john);
  draft.sender = Reference{};
  EXPECT_EQ(added().message.sender, john);
}

TEST_F(AddMessage, D3_the_storefront_speaks_for_itself_alone) {
  as_storefront(amanda);
  draft.sender = charlie;
  const auto failure = refused();
  EXPECT_EQ(failure.code, Code::forbidden);
  EXPECT_THAT(faults_of(failure), ElementsAre("sender-not-oneself /data/relationships/sender"));
  EXPECT_FALSE(conversations.appended.has_value());
}

TEST_F(AddMessage, D3_is_sent_for_a_user_whom_the_author_may_see) {
  draft.sender = charlie;
  const auto &command = added();
  EXPECT_EQ(command.message.sender, charlie);
  EXPECT_EQ(command.doing.actor, john) << "who posted it is always the actor";
  EXPECT_FALSE(command.sender_customer.has_value());
  EXPECT_EQ(command.labels.size(), 2U);
}

TEST_F(AddMessage, D3_is_sent_for_a_customer_user_of_the_customer) {
  draft.sender = amanda;
  const auto &command = added();
  EXPECT_EQ(command.message.sender, amanda);
  EXPECT_EQ(command.sender_customer, acme) << "which the store compares with the conversation's";
}

TEST_F(AddMessage, D3_of_another_customer_is_a_fault_of_the_sender) {
  draft.sender = nora;
  conversations.refusals = {domain::failure(Code::invalid, "customer-mismatch", "x")};
  const auto failure = refused();
  EXPECT_EQ(failure.code, Code::invalid);
  EXPECT_THAT(faults_of(failure), ElementsAre("customer-mismatch /data/relationships/sender"));
  EXPECT_EQ(failure.faults.front().detail, "The customer user does not belong to the customer.");
}

TEST_F(AddMessage, D3_needs_a_view_of_users_and_of_customer_users) {
  draft.sender = amanda;
  for (const char *permission : {"users.view", "customerusers.view"}) {
    directory.grant(permission, Level::none);
    const auto failure = refused();
    EXPECT_EQ(failure.code, Code::forbidden) << permission;
    EXPECT_THAT(faults_of(failure), ElementsAre("forbidden /data/relationships/sender"));
    EXPECT_EQ(failure.faults.front().detail, "You may not send messages for other people.");
    EXPECT_FALSE(conversations.appended.has_value());
    directory.grant(permission, Level::user);
  }
  added();
}

TEST_F(AddMessage, D3_oneself_needs_no_view_of_others) {
  directory.grant("users.view", Level::none);
  directory.grant("customerusers.view", Level::none);
  draft.sender = john;
  EXPECT_EQ(added().message.sender, john);
}

TEST_F(AddMessage, D3_who_is_not_seen_is_told_like_who_does_not_exist) {
  draft.sender = Reference{"users", "99"};
  const auto gone = refused();
  EXPECT_EQ(gone.code, Code::invalid);
  EXPECT_THAT(faults_of(gone), ElementsAre("unknown-record /data/relationships/sender"));
  directory.hidden = {charlie};
  draft.sender = charlie;
  const auto hidden = refused();
  EXPECT_EQ(faults_of(hidden), faults_of(gone));
  EXPECT_EQ(hidden.faults.front().detail, gone.faults.front().detail);
}

TEST_F(AddMessage, D3_only_people_speak) {
  for (const Reference &nobody : {order, acme, Reference{"system", ""}, Reference{"robots", "1"}}) {
    draft.sender = nobody;
    EXPECT_THAT(faults_of(refused()), ElementsAre("not-a-person /data/relationships/sender")) << nobody.type;
  }
  draft.sender.reset();
  request.actor = {"system", ""};
  EXPECT_EQ(refused().code, Code::not_found) << "what it does not see is not there";
  conversations.add(draft.conversation);
  EXPECT_EQ(refused().code, Code::forbidden);
}

TEST_F(AddMessage, B13_a_customer_user_says_nothing_internal) {
  draft.visibility = Visibility::internal;
  draft.sender = amanda;
  EXPECT_THAT(faults_of(refused()), ElementsAre("customer-user-internal /data/relationships/sender"));
  draft.sender = charlie;
  EXPECT_EQ(added().message.visibility, Visibility::internal);
}

TEST_F(AddMessage, D3_a_fault_of_a_sender_who_was_not_sent_stands_at_the_words) {
  request.actor = amanda;
  draft.visibility = Visibility::internal;
  EXPECT_THAT(faults_of(refused()), ElementsAre("customer-user-internal /data/attributes/body"));
  draft.visibility = Visibility::everybody;
  conversations.refusals = {domain::failure(Code::invalid, "customer-mismatch", "x")};
  EXPECT_THAT(faults_of(refused()), ElementsAre("customer-mismatch /data/attributes/body"));
}

TEST_F(AddMessage, A8_the_key_goes_with_the_command) {
  EXPECT_FALSE(added().doing.once.has_value());
  request.idempotency_key = "k1";
  EXPECT_FALSE(added().doing.once.has_value()) << "a key that guards nothing";
  request.fingerprint = "f";
  const auto &once = added().doing.once;
  ASSERT_TRUE(once.has_value());
  EXPECT_EQ(once->key, "k1");
  EXPECT_EQ(once->fingerprint, "f");
  EXPECT_EQ(once->expires_at, request.now + domain::Time{24} * 3600 * 1'000'000);
}

TEST_F(AddMessage, A8_a_used_key_is_said_in_the_callers_language) {
  request.locale = "de";
  conversations.refusals = {domain::failure(Code::invalid, "idempotency-key-used", "x")};
  const auto failure = refused();
  EXPECT_EQ(failure.code, Code::invalid);
  EXPECT_THAT(faults_of(failure), ElementsAre("idempotency-key-used "));
  EXPECT_EQ(failure.faults.front().detail, "Dieser Idempotency-Key wurde für eine andere Anfrage verwendet.");
}

TEST_F(AddMessage, D3_a_customer_user_speaks_for_its_customer) {
  as_storefront(amanda);
  EXPECT_EQ(added().sender_customer, acme);
}

TEST_F(AddMessage, D3_at_the_conversation_of_another_customer_it_is_forbidden) {
  as_storefront(amanda);
  conversations.refusals = {domain::failure(Code::invalid, "customer-mismatch", "x")};
  const auto failure = refused();
  EXPECT_EQ(failure.code, Code::forbidden);
  EXPECT_EQ(failure.faults.front().code, "customer-mismatch");
}

TEST_F(AddMessage, D4_back_office_needs_edit_and_not_closed) {
  directory.grant("conversations.edit", Level::user);
  const auto &command = added();
  EXPECT_EQ(command.view.level, Level::global);
  EXPECT_EQ(command.act.level, Level::user);
  EXPECT_THAT(command.writable, ElementsAre(Status::active, Status::inactive));
}

TEST_F(AddMessage, D4_storefront_needs_view_and_active) {
  as_storefront(amanda);
  directory.grant("conversations.edit", Level::none);
  directory.grant("conversations.view", Level::user);
  const auto &command = added();
  EXPECT_EQ(command.act.level, Level::user);
  EXPECT_EQ(command.act.audience, domain::Audience::storefront);
  EXPECT_THAT(command.writable, ElementsAre(Status::active));
}

TEST_F(AddMessage, D4_says_that_it_is_closed) {
  store_says(Code::conflict, "closed");
  const auto failure = refused();
  EXPECT_EQ(failure.code, Code::conflict);
  EXPECT_EQ(failure.faults.front().detail, "This conversation is closed.");
  EXPECT_EQ(failure.faults.front().facts.front().second, "closed");
}

TEST_F(AddMessage, S4_says_that_it_is_inactive) {
  as_storefront(amanda);
  store_says(Code::conflict, "inactive");
  EXPECT_EQ(refused().faults.front().detail, "This conversation is inactive.");
}

TEST_F(AddMessage, D4_without_edit_it_is_forbidden) {
  store_says(Code::forbidden);
  const auto failure = refused();
  EXPECT_EQ(failure.code, Code::forbidden);
  EXPECT_EQ(failure.faults.front().detail, "You may not write in this conversation.");
}

TEST_F(AddMessage, D15_a_client_id_that_is_in_use_stays_a_conflict) {
  store_says(Code::conflict);
  EXPECT_EQ(refused().code, Code::conflict);
}

TEST_F(AddMessage, W3_a_message_of_the_back_office_revives) {
  EXPECT_EQ(added().revives, Status::inactive);
  as_storefront(amanda);
  EXPECT_EQ(added().revives, std::nullopt);
}

TEST_F(AddMessage, B13_an_internal_note_revives_nothing) {
  draft.visibility = Visibility::internal;
  const auto &command = added();
  EXPECT_EQ(command.message.visibility, Visibility::internal);
  EXPECT_EQ(command.revives, std::nullopt);
}

TEST_F(AddMessage, B13_the_storefront_writes_no_internal_notes) {
  as_storefront(amanda);
  draft.visibility = Visibility::internal;
  EXPECT_THAT(faults_of(refused()), ElementsAre("visibility-not-offered /data/attributes/visibility"));
}

TEST_F(AddMessage, D14_blank_text_is_refused) {
  for (const char *blank : {"", " \n\t", "\u00A0\u3000", "\u200B"}) {
    draft.body = blank;
    const auto failure = refused();
    EXPECT_THAT(faults_of(failure), ElementsAre("not-blank /data/attributes/body"));
    EXPECT_EQ(failure.faults.front().detail, "This value should not be blank.");
  }
}

TEST_F(AddMessage, D14_at_most_65536_bytes) {
  draft.body = std::string(65536, 'x');
  EXPECT_EQ(added().message.body.size(), 65536U);
  draft.body += 'x';
  EXPECT_THAT(faults_of(refused()), ElementsAre("too-long /data/attributes/body"));
}

TEST_F(AddMessage, C3_at_most_what_was_set) {
  directory.values["conversations.longest_message"] = "10";
  draft.body = "0123456789";
  EXPECT_EQ(added().message.body.size(), 10U);
  draft.body += 'x';
  EXPECT_THAT(faults_of(refused()), ElementsAre("too-long /data/attributes/body"));
  directory.values["conversations.longest_message"] = "65537";
  EXPECT_EQ(added().message.body.size(), 11U) << "no more than can be stored: the default holds";
}

TEST_F(AddMessage, D14_NUL_and_invalid_UTF8_are_refused) {
  draft.body = std::string("a\0b\xFF", 4);
  EXPECT_THAT(faults_of(refused()),
              ElementsAre("invalid-utf8 /data/attributes/body", "nul-character /data/attributes/body"));
}

TEST_F(AddMessage, D12_is_kept_as_written) {
  draft.body = "  *Hello*\r\n<b>👋</b> ";
  EXPECT_EQ(added().message.body, draft.body);
}

TEST_F(AddMessage, D15_a_client_id_is_passed_on) {
  draft.client_id = "c-1";
  EXPECT_EQ(added().message.client_id, "c-1");
  draft.client_id = std::string(256, 'x');
  EXPECT_THAT(faults_of(refused()), ElementsAre("too-long /data/attributes/clientId"));
}

TEST_F(AddMessage, checking_changes_nothing) {
  draft.check_only = true;
  ASSERT_TRUE(add_message(call, draft).ok());
  EXPECT_FALSE(conversations.appended.has_value());
}

} // namespace
} // namespace parley::test
