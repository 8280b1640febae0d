#pragma once

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plugin/domain/reference.hpp"
#include "plugin/domain/result.hpp"

namespace parley::jsonapi {

/// A JSON:API request document while it is read. Members are taken by name; what nobody took or ignored is unknown.
/// Everything that is wrong becomes a fault, and reading goes on, so that all faults are told at once.
class RequestDocument {
public:
  /// type: that `data` must have. id: that `data` must have, or empty when creating, where none may be sent.
  RequestDocument(nlohmann::json tree, std::string_view type, std::string_view id);

  /// Attributes; nothing where they were not sent or are wrong.
  std::optional<std::string> text(std::string_view name);
  /// A to-one relationship; none() for null, where that is allowed.
  std::optional<domain::Reference> to_one(std::string_view name, bool nullable);
  std::optional<std::vector<domain::Reference>> to_many(std::string_view name);
  /// What may be sent and has no effect.
  void ignore(std::initializer_list<std::string_view> names);

  [[nodiscard]] bool sent(std::string_view name) const;
  static std::string attribute_pointer(std::string_view name);
  static std::string relationship_pointer(std::string_view name);
  void fault(std::string code, std::string detail, std::string pointer);

  /// Complains of everything that was not taken too, and gives all faults. None where all is well.
  std::vector<domain::Fault> finish();

private:
  const nlohmann::json *section(std::string_view name);
  const nlohmann::json *linkage(std::string_view name);
  std::optional<domain::Reference> identifier(const nlohmann::json &value, const std::string &pointer);
  void complain_of_untaken(const nlohmann::json *members, const std::string &pointer);

  nlohmann::json tree_;
  const nlohmann::json *attributes_ = nullptr;
  const nlohmann::json *relationships_ = nullptr;
  std::vector<std::string> taken_;
  std::vector<domain::Fault> faults_;
};

/// A part of a JSON pointer: "~" and "/" are written as "~0" and "~1".
std::string pointer_part(std::string_view name);

} // namespace parley::jsonapi
