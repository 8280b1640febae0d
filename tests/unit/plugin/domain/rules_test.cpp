#include "plugin/domain/rules.hpp"

#include <gtest/gtest.h>

#include "plugin/domain/names.hpp"

namespace parley::domain {
namespace {

const Reference acme{"customers", "1"};
const Reference globex{"customers", "2"};
const Reference amanda{"customerusers", "1"};

TEST(Rules, D4_nobody_writes_into_a_closed_conversation) {
  EXPECT_FALSE(takes_messages(Status::closed, Audience::backoffice));
  EXPECT_FALSE(takes_messages(Status::closed, Audience::storefront));
}

TEST(Rules, D4_the_storefront_writes_into_active_conversations_only) {
  EXPECT_EQ(writable_statuses(Audience::storefront), std::vector{Status::active});
  EXPECT_EQ(writable_statuses(Audience::backoffice), (std::vector{Status::active, Status::inactive}));
}

TEST(Rules, D2_a_conversation_begins_active_or_inactive) {
  EXPECT_TRUE(may_begin_with(Status::active));
  EXPECT_TRUE(may_begin_with(Status::inactive));
  EXPECT_FALSE(may_begin_with(Status::closed));
}

TEST(Rules, W3_only_a_public_message_of_the_back_office_revives) {
  EXPECT_TRUE(revives(Audience::backoffice, Visibility::everybody));
  EXPECT_FALSE(revives(Audience::backoffice, Visibility::internal));
  EXPECT_FALSE(revives(Audience::storefront, Visibility::everybody));
}

TEST(Rules, D6_the_customer_is_that_of_the_customer_user) {
  EXPECT_EQ(settle_customer({}, amanda, acme), acme);
  EXPECT_EQ(settle_customer(acme, amanda, acme), acme);
}

TEST(Rules, D6_a_customer_user_of_another_customer_is_refused) {
  EXPECT_EQ(settle_customer(globex, amanda, acme), std::nullopt);
  EXPECT_EQ(settle_customer(globex, amanda, {}), std::nullopt);
}

TEST(Rules, D6_a_customer_can_stand_alone) {
  EXPECT_EQ(settle_customer(globex, {}, {}), globex);
  EXPECT_EQ(settle_customer({}, {}, {}), Reference{});
}

TEST(Rules, D7_references_do_not_repeat) {
  EXPECT_EQ(distinct({acme, {}, amanda, acme}), (std::vector{acme, amanda}));
}

TEST(Rules, references_are_at_most_64_bytes) {
  EXPECT_TRUE(well_formed({"orders", std::string(64, '1')}));
  EXPECT_FALSE(well_formed({"orders", std::string(65, '1')}));
  EXPECT_FALSE(well_formed({"orders", ""}));
  EXPECT_FALSE(well_formed({}));
}

TEST(Names, each_has_its_way_back) {
  for (const Status status : {Status::active, Status::inactive, Status::closed}) {
    EXPECT_EQ(status_named(name_of(status)), status);
  }
  EXPECT_EQ(message_type_named("system"), MessageType::system);
  EXPECT_EQ(visibility_named("public"), Visibility::everybody);
  EXPECT_EQ(visibility_named("internal"), Visibility::internal);
  EXPECT_EQ(status_named("Active"), std::nullopt);
}

} // namespace
} // namespace parley::domain
