#include "sample-host/src/web/site.h"

#include <algorithm>

#include <parley/ext/surface.h>

#include "sample-host/src/text.h"
#include "sample-host/src/words.h"

namespace host {

std::string Site::list_url(std::string_view type) const {
  return base + "/" + percent_encode(type);
}

std::string Site::record_url(std::string_view type, std::string_view id) const {
  return list_url(type) + "/" + percent_encode(id);
}

std::string Site::page_url(std::string_view page) const {
  return base + "/pages/" + percent_encode(page);
}

// Browsers drop tabs and line ends: "/\t/x" is another host to them.
std::string Site::own_address(const std::string &wanted) const {
  const bool local = starts_with(wanted, base + "/") && !starts_with(wanted, "//") &&
                     wanted.find('\\') == std::string::npos &&
                     std::none_of(wanted.begin(), wanted.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
  return local && wanted != login() ? wanted : home();
}

const Site &backoffice_site() {
  static const Site site = {Side::backoffice,
                            "backoffice",
                            "Parley Back Office",
                            "/admin",
                            "/admin/api",
                            "parley_backoffice",
                            word("Username"),
                            word("The username or the password is wrong."),
                            PARLEY_SLOT_BACKOFFICE_USER,
                            "",
                            {{word("Customers"), PARLEY_SLOT_BACKOFFICE_CUSTOMERS, {"customers", "customerusers"}},
                             {word("Sales"), PARLEY_SLOT_BACKOFFICE_SALES, {"orders", "rfqs", "quotes"}},
                             {word("Activities"), PARLEY_SLOT_BACKOFFICE_ACTIVITIES, {}},
                             {word("System"), PARLEY_SLOT_BACKOFFICE_SYSTEM, {"users", "businessunits"}}}};
  return site;
}

const Site &storefront_site() {
  static const Site site = {Side::storefront,
                            "storefront",
                            "Parley Supply",
                            "",
                            "/api",
                            "parley_storefront",
                            word("E-mail"),
                            word("The e-mail or the password is wrong."),
                            PARLEY_SLOT_STOREFRONT_ACCOUNT,
                            word("Profiles & Addresses"),
                            {{"", PARLEY_SLOT_STOREFRONT_MAIN, {"orders", "rfqs", "quotes"}}}};
  return site;
}

} // namespace host
