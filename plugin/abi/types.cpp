#include "plugin/abi/types.hpp"

#include <parley/cpp/host_proxy.hpp>
#include <parley/ext/entity.h>

#include <algorithm>
#include <stdexcept>

namespace parley::abi {
namespace {

std::vector<std::string> with_trait(const cpp::HostProxy &host, std::uint32_t trait) {
  std::vector<std::string> types;
  if (host.types(trait, types) != PARLEY_OK) {
    throw std::runtime_error("parley.registry/1: types failed");
  }
  return types;
}

bool holds(const std::vector<std::string> &types, const std::string &type) {
  return std::find(types.begin(), types.end(), type) != types.end();
}

void add_new(std::vector<std::string> &to, const std::vector<std::string> &from) {
  for (const std::string &type : from) {
    if (!holds(to, type)) {
      to.push_back(type);
    }
  }
}

} // namespace

std::vector<std::string> Types::actors() const {
  std::vector<std::string> both = users;
  add_new(both, customer_users);
  return both;
}

std::vector<app::RecordType> Types::list() const {
  std::vector<std::string> names;
  for (const std::vector<std::string> *some : {&records, &users, &customers, &customer_users}) {
    add_new(names, *some);
  }
  std::vector<app::RecordType> result;
  result.reserve(names.size());
  for (const std::string &name : names) {
    result.push_back(app::RecordType{name, holds(records, name), holds(users, name), holds(customers, name),
                                     holds(customer_users, name)});
  }
  return result;
}

Types ask_types(const cpp::HostProxy &host) {
  Types types;
  types.records = with_trait(host, PARLEY_TRAIT_RECORD);
  types.users = with_trait(host, PARLEY_TRAIT_USER);
  types.customers = with_trait(host, PARLEY_TRAIT_CUSTOMER);
  types.customer_users = with_trait(host, PARLEY_TRAIT_CUSTOMER_USER);
  types.organizations = with_trait(host, PARLEY_TRAIT_ORGANIZATION);
  return types;
}

} // namespace parley::abi
