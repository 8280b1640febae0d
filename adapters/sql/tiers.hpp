#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <utility>

#include "adapters/sql/failures.hpp"
#include "plugin/domain/result.hpp"
#include "plugin/store/queries.hpp"

/// A list that is several lists one after the other, the better matches of a search first. Its cursors are those of the
/// lists, behind the number of the list.
namespace parley::adapters::sql {

/// `count` lists. `read(list, paging)` gives a page of one of them, which pages by cursor alone; `size_of(list)` how many
/// rows it has; `end` is a cursor behind the last row of every list. Without total.
template <class Row, class Read, class SizeOf>
domain::Result<store::Page<Row>> page_of_lists(std::size_t count, const store::Paging &asked, const std::string &end,
                                               const Read &read, const SizeOf &size_of) {
  store::Page<Row> page;
  const bool reversed = !asked.before.empty() && asked.after.empty();
  const std::string &cursor = reversed ? asked.before : asked.after;
  std::size_t list = 0;
  if (!cursor.empty()) {
    list = static_cast<std::size_t>(cursor.front() - '0');
    if (cursor.size() == 1 || cursor.front() < '0' || list >= count) {
      return malformed("cursor", "This is not a cursor of this list with these filters in this order.",
                       reversed ? "page[before]" : "page[after]");
    }
  }
  std::string place = cursor.empty() ? std::string() : cursor.substr(1);
  std::int64_t skipped = asked.number > 1 ? (std::int64_t{asked.number} - 1) * std::int64_t{asked.size} : 0;
  const std::int64_t passed = skipped;
  bool more = false;
  for (bool going = true; going && !more;) {
    if (skipped > 0) {
      auto size = size_of(list);
      if (!size) {
        return std::move(size).failure();
      }
      if (size.value() <= skipped) {
        skipped -= size.value();
        going = ++list < count;
        continue;
      }
    }
    const std::size_t missing = asked.size - page.rows.size();
    store::Paging part;
    part.size = static_cast<std::uint32_t>(std::max<std::size_t>(missing, 1) + static_cast<std::size_t>(skipped));
    (reversed ? part.before : part.after) = reversed && place.empty() ? end : place;
    auto found = read(list, part);
    if (!found) {
      return std::move(found).failure();
    }
    auto &rows = found->rows;
    rows.erase(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(
                                                std::min<std::size_t>(rows.size(), static_cast<std::size_t>(skipped))));
    skipped = 0;
    place.clear();
    more = (missing == 0 && !rows.empty()) || (reversed ? found->has_previous : found->has_next);
    if (missing > 0) {
      page.labels.merge(found->labels);
      for (Row &row : rows) {
        row.cursor.insert(0, std::to_string(list));
      }
      page.rows.insert(reversed ? page.rows.begin() : page.rows.end(), std::make_move_iterator(rows.begin()),
                       std::make_move_iterator(rows.end()));
    }
    going = reversed ? list-- > 0 : ++list < count;
  }
  page.has_previous = reversed ? more : !asked.after.empty() || passed > 0;
  page.has_next = reversed || more;
  return page;
}

} // namespace parley::adapters::sql
