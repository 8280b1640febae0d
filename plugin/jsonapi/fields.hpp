#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley::jsonapi {

/// A sparse fieldset: which attributes and relationships an answer holds.
class Fields {
public:
  /// All of them.
  Fields() = default;
  explicit Fields(std::vector<std::string> names) : all_(false), names_(std::move(names)) {}

  [[nodiscard]] bool has(std::string_view name) const {
    return all_ || std::find(names_.begin(), names_.end(), name) != names_.end();
  }

private:
  bool all_ = true;
  std::vector<std::string> names_;
};

} // namespace parley::jsonapi
