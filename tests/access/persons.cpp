#include "tests/access/persons.hpp"

namespace access_test {
namespace {

using Levels = std::map<std::string, std::uint32_t>;

constexpr auto backoffice = PARLEY_APPLICATION_BACKOFFICE;
constexpr auto storefront = PARLEY_APPLICATION_STOREFRONT;

Levels all(std::uint32_t level) {
  return {{"view", level},   {"create", level}, {"edit", level},
          {"delete", level}, {"assign", level}, {"perform", level}};
}

} // namespace

const std::vector<Person> &persons() {
  static const Ref sales{"users", "2"};
  static const std::vector<Person> rows{
      // The table of the design, row by row.
      {"backoffice none", sales, backoffice, "o1", all(PARLEY_LEVEL_NONE), ""},
      {"backoffice user", sales, backoffice, "o1", all(PARLEY_LEVEL_USER), ""},
      {"backoffice unit", sales, backoffice, "o1", all(PARLEY_LEVEL_UNIT), ""},
      {"backoffice division", sales, backoffice, "o1", all(PARLEY_LEVEL_DIVISION), ""},
      {"backoffice organization", sales, backoffice, "o1", all(PARLEY_LEVEL_ORGANIZATION), ""},
      {"backoffice global", sales, backoffice, "o1", all(PARLEY_LEVEL_GLOBAL), ""},
      {"storefront none", {"customerusers", "11"}, storefront, "o1", all(PARLEY_LEVEL_NONE), ""},
      {"storefront user", {"customerusers", "11"}, storefront, "o1", all(PARLEY_LEVEL_USER), ""},
      {"storefront unit", {"customerusers", "11"}, storefront, "o1", all(PARLEY_LEVEL_UNIT), ""},
      {"storefront division", {"customerusers", "11"}, storefront, "o1", all(PARLEY_LEVEL_DIVISION), ""},
      {"storefront division of a subsidiary",
       {"customerusers", "21"},
       storefront,
       "o1",
       all(PARLEY_LEVEL_DIVISION),
       ""},
      {"storefront user of a subsidiary", {"customerusers", "31"}, storefront, "o1", all(PARLEY_LEVEL_USER), ""},
      {"storefront unit of another customer", {"customerusers", "41"}, storefront, "o1", all(PARLEY_LEVEL_UNIT), ""},
      // Those that are easily forgotten.
      {"participant by notes", {"users", "20"}, backoffice, "o1", all(PARLEY_LEVEL_USER), ""},
      {"participant in public", {"users", "21"}, backoffice, "o1", all(PARLEY_LEVEL_UNIT), ""},
      {"participant in the storefront", {"customerusers", "12"}, storefront, "o1", all(PARLEY_LEVEL_USER), ""},
      {"moved customer user, user", {"customerusers", "13"}, storefront, "o1", all(PARLEY_LEVEL_USER), ""},
      {"moved customer user, unit", {"customerusers", "13"}, storefront, "o1", all(PARLEY_LEVEL_UNIT), ""},
      {"only view", sales, backoffice, "o1", {{"view", PARLEY_LEVEL_ORGANIZATION}}, ""},
      {"rights of many reaches",
       sales,
       backoffice,
       "o1",
       {{"view", PARLEY_LEVEL_DIVISION},
        {"edit", PARLEY_LEVEL_UNIT},
        {"delete", PARLEY_LEVEL_USER},
        {"perform", PARLEY_LEVEL_GLOBAL},
        {"assign", PARLEY_LEVEL_UNIT}},
       ""},
      {"more edit than view",
       sales,
       backoffice,
       "o1",
       {{"view", PARLEY_LEVEL_USER}, {"edit", PARLEY_LEVEL_GLOBAL}, {"delete", PARLEY_LEVEL_GLOBAL}},
       ""},
      {"guest, user", {"guests", ""}, backoffice, "o1", all(PARLEY_LEVEL_USER), ""},
      {"guest, division", {"guests", ""}, backoffice, "o1", all(PARLEY_LEVEL_DIVISION), ""},
      {"user without id", {"users", ""}, backoffice, "o1", all(PARLEY_LEVEL_UNIT), ""},
      {"guest in the storefront", {"guests", ""}, storefront, "o1", all(PARLEY_LEVEL_USER), ""},
      {"customer user without id", {"customerusers", ""}, storefront, "o1", all(PARLEY_LEVEL_DIVISION), ""},
      {"other organization", {"users", "9"}, backoffice, "o2", all(PARLEY_LEVEL_ORGANIZATION), ""},
      {"division of the other organization", {"users", "9"}, backoffice, "o2", all(PARLEY_LEVEL_DIVISION), ""},
      {"as a guest in the other organization", sales, backoffice, "o2", all(PARLEY_LEVEL_DIVISION), ""},
      {"customer user of the other organization",
       {"customerusers", "91"},
       storefront,
       "o2",
       all(PARLEY_LEVEL_UNIT),
       ""},
      {"switched off", sales, backoffice, "o1", all(PARLEY_LEVEL_GLOBAL), "dark"},
      {"switched off in the storefront", {"customerusers", "11"}, storefront, "o1", all(PARLEY_LEVEL_DIVISION), "dark"},
  };
  return rows;
}

} // namespace access_test
