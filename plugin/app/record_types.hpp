#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plugin/app/call.hpp"
#include "plugin/app/directory.hpp"
#include "plugin/domain/result.hpp"

namespace parley::app {

/// What the types of the host stand for.
class RecordTypes {
public:
  /// Asks the host.
  [[nodiscard]] static domain::Result<RecordTypes> of(const Call &call);
  /// And for which of them conversations are switched on where the call comes from.
  [[nodiscard]] static domain::Result<RecordTypes> carrying(const Call &call);

  [[nodiscard]] bool record(std::string_view type) const;
  /// Of types that `carrying` made: new conversations and contexts may be about such a record.
  [[nodiscard]] bool carries(std::string_view type) const;
  [[nodiscard]] bool user(std::string_view type) const;
  [[nodiscard]] bool customer(std::string_view type) const;
  [[nodiscard]] bool customer_user(std::string_view type) const;
  /// A user or a customer user.
  [[nodiscard]] bool person(std::string_view type) const { return user(type) || customer_user(type); }
  /// The types of users and customer users.
  [[nodiscard]] std::vector<std::string> people() const;

private:
  explicit RecordTypes(std::vector<RecordType> types) : types_(std::move(types)) {}
  [[nodiscard]] const RecordType *find(std::string_view type) const;

  std::vector<RecordType> types_;
  std::vector<std::string> carrying_;
};

} // namespace parley::app
