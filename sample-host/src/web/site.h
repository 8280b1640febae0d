// The two sides of the host as addresses: the back office under /admin, the storefront under /.
#ifndef PARLEY_SAMPLE_HOST_WEB_SITE_H
#define PARLEY_SAMPLE_HOST_WEB_SITE_H

#include <string>
#include <string_view>
#include <vector>

#include "sample-host/src/actor.h"

namespace host {

// A menu of the host: its own entities first, then what plugins put into its slot.
struct Menu {
  std::string label; // empty: the items stand in the bar themselves
  std::string slot;
  std::vector<std::string> types;
};

struct Site {
  Side side;
  std::string application; // "backoffice", "storefront"
  std::string name;
  std::string base; // "/admin", or empty
  std::string api;  // "/admin/api"
  std::string cookie;
  std::string login_label; // this and the labels of menus: see word()
  std::string login_wrong;
  std::string user_slot; // menu of the person who is logged in
  std::string user_menu; // its label; empty: the person's name
  std::vector<Menu> menus;

  std::string home() const { return base.empty() ? "/" : base; }
  std::string login() const { return base + "/login"; }
  std::string list_url(std::string_view type) const;
  std::string record_url(std::string_view type, std::string_view id) const;
  std::string page_url(std::string_view page) const;
  // Where a form wanted to go on: a path on this side of this host, and nothing else; home for any other.
  std::string own_address(const std::string &wanted) const;
};

const Site &backoffice_site();
const Site &storefront_site();

} // namespace host

#endif
