// Who asks, and where: what the host knows of a person who is logged in.
#ifndef PARLEY_SAMPLE_HOST_ACTOR_H
#define PARLEY_SAMPLE_HOST_ACTOR_H

#include <string>

namespace host {

enum class Side { backoffice, storefront };

struct Actor {
  Side side = Side::backoffice;
  std::string type; // "users", "customerusers", "system"
  std::string id;
  std::string login;
  std::string name;
  std::string organization;
  std::string website;  // storefront
  std::string unit;     // of a user
  std::string customer; // of a customer user
  std::string locale = "en";
  std::string time_zone = "UTC";
};

} // namespace host

#endif
