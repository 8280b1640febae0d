// S5: a scope as a question about facts. That the database answers the same is tested with the adapters.
#include "plugin/domain/reach.hpp"

#include <gtest/gtest.h>

namespace parley::domain {
namespace {

const Reference john{"users", "1"};
const Reference dana{"users", "3"};
const Reference amanda{"customerusers", "11"};
const Reference brian{"customerusers", "12"};
const Reference acme{"customers", "21"};
const Reference globex{"customers", "22"};

Concerned acmes() {
  return {"1", "sales", john, acme, amanda, {{john, true}, {brian, false}}};
}

Scope scope(Audience audience, Level level, const Reference &actor) {
  Scope result;
  result.audience = audience;
  result.level = level;
  result.actor = actor;
  result.organization = "1";
  result.customer = audience == Audience::storefront ? acme : Reference{};
  return result;
}

bool holds(const Scope &scope, const Concerned &concerned) {
  return Reach(scope).holds(concerned);
}

TEST(Reach, OneOwnsOrTakesPart) {
  EXPECT_TRUE(holds(scope(Audience::backoffice, Level::user, john), acmes()));
  EXPECT_FALSE(holds(scope(Audience::backoffice, Level::user, dana), acmes()));
  EXPECT_FALSE(holds(scope(Audience::backoffice, Level::user, amanda), acmes())) << "no role of the back office";
  EXPECT_TRUE(holds(scope(Audience::storefront, Level::user, amanda), acmes()));
  EXPECT_FALSE(holds(scope(Audience::storefront, Level::user, {"users", "11"}), acmes())) << "another type";
}

TEST(Reach, B13_NotesMakeNobodyAParticipantOfTheStorefront) {
  EXPECT_FALSE(holds(scope(Audience::storefront, Level::user, brian), acmes()));
  EXPECT_TRUE(holds(scope(Audience::backoffice, Level::user, brian), acmes()));
  Concerned spoken = acmes();
  spoken.participants[1].in_public = true;
  EXPECT_TRUE(holds(scope(Audience::storefront, Level::user, brian), spoken));
}

TEST(Reach, WhoBelongsToAnotherCustomerOwnsNothing) {
  Scope moved = scope(Audience::storefront, Level::user, amanda);
  moved.customer = globex;
  EXPECT_FALSE(holds(moved, acmes()));
  moved.level = Level::unit;
  moved.customers = {"22"};
  EXPECT_FALSE(holds(moved, acmes()));
  moved.customer = {};
  EXPECT_FALSE(holds(moved, acmes()));
}

TEST(Reach, UnitsAndCustomers) {
  Scope units = scope(Audience::backoffice, Level::division, dana);
  units.units = {"west", "sales", "east"};
  EXPECT_TRUE(holds(units, acmes()));
  units.units = {"west", "east"};
  EXPECT_FALSE(holds(units, acmes()));
  units.actor = john;
  EXPECT_TRUE(holds(units, acmes())) << "and one's own";
  Scope customers = scope(Audience::storefront, Level::unit, {"customerusers", "99"});
  customers.customers = {"22", "21"};
  EXPECT_TRUE(holds(customers, acmes()));
  customers.customers = {"sales"};
  EXPECT_FALSE(holds(customers, acmes()));
}

TEST(Reach, TheOrganizationLimitsWhatIsBelow) {
  for (const Level level : {Level::user, Level::unit, Level::division, Level::organization}) {
    Scope elsewhere = scope(Audience::backoffice, level, john);
    elsewhere.units = {"sales"};
    EXPECT_TRUE(holds(elsewhere, acmes()));
    elsewhere.organization = "2";
    EXPECT_FALSE(holds(elsewhere, acmes()));
  }
  Scope none = scope(Audience::backoffice, Level::organization, john);
  none.organization.clear();
  EXPECT_FALSE(holds(none, acmes())) << "no organization is not every organization";
  EXPECT_TRUE(holds(scope(Audience::backoffice, Level::global, dana), acmes()));
  EXPECT_FALSE(holds(scope(Audience::backoffice, Level::none, john), acmes()));
}

TEST(Reach, NobodyOwnsNothing) {
  Scope nobody = scope(Audience::backoffice, Level::unit, {});
  nobody.units = {""};
  EXPECT_FALSE(holds(nobody, Concerned{"1", "", {}, {}, {}, {}}));
  nobody.audience = Audience::storefront;
  nobody.customers = {""};
  EXPECT_FALSE(holds(nobody, Concerned{"1", "", {}, {}, {}, {}}));
}

} // namespace
} // namespace parley::domain
