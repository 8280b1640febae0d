#pragma once

#include <string>
#include <vector>

#include "plugin/app/directory.hpp"

namespace parley::cpp {
class HostProxy;
}

namespace parley::abi {

/// The types that the host registered, by what they stand for. Asked for once, when the plugin starts.
struct Types {
  std::vector<std::string> records;
  std::vector<std::string> users;
  std::vector<std::string> customers;
  std::vector<std::string> customer_users;
  std::vector<std::string> organizations;

  /// Users and customer users.
  [[nodiscard]] std::vector<std::string> actors() const;
  /// The same as the use cases want it.
  [[nodiscard]] std::vector<app::RecordType> list() const;
};

Types ask_types(const cpp::HostProxy &host);

} // namespace parley::abi
