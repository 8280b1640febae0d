#pragma once

#include <string>
#include <tuple>

namespace parley::domain {

/// A record or an actor of the host: JSON:API type and id, each at most 64 bytes, compared as bytes. Both empty: none.
struct Reference {
  std::string type;
  std::string id;

  [[nodiscard]] bool none() const { return type.empty() && id.empty(); }
};

inline bool operator==(const Reference &left, const Reference &right) {
  return left.type == right.type && left.id == right.id;
}
inline bool operator!=(const Reference &left, const Reference &right) {
  return !(left == right);
}
inline bool operator<(const Reference &left, const Reference &right) {
  return std::tie(left.type, left.id) < std::tie(right.type, right.id);
}

} // namespace parley::domain
