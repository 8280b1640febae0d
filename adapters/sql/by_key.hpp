#pragma once

#include <map>
#include <utility>
#include <vector>

namespace parley::adapters::sql {

/// What was found, in the order in which it was asked for; what is asked for twice is answered once.
template <class Key, class Row>
std::vector<Row> in_order_of(const std::vector<Key> &wanted, std::map<Key, Row> found) {
  std::vector<Row> rows;
  rows.reserve(found.size());
  for (const Key &key : wanted) {
    if (auto each = found.find(key); each != found.end()) {
      rows.push_back(std::move(each->second));
      found.erase(each);
    }
  }
  return rows;
}

} // namespace parley::adapters::sql
