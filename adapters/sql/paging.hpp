#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "adapters/sql/builder.hpp"
#include "adapters/sql/cursor.hpp"
#include "plugin/domain/result.hpp"
#include "plugin/store/queries.hpp"

namespace parley::adapters::sql {

/// One column that a list is sorted by. Together they are unique, so that every row has a place of its own.
struct OrderKey {
  std::string column;
  Kind kind = Kind::integer;
  bool descending = false;
};

/// A page as parts of a statement: `where ...<place_of><tail>`, whose columns end with `columns`.
struct PagePlan {
  std::string signature;
  std::string columns; ///< the keys, each preceded by ", "
  std::string kinds;
  std::vector<OrderKey> keys;
  bool reversed = false;    ///< read from the end: the rows are turned round afterwards
  std::int64_t wanted = 0;  ///< rows: one more than asked for tells whether there are further ones
  std::int64_t skipped = 0; ///< rows of the pages before, where pages are numbered
  std::int64_t depth = 0;   ///< how many rows of the list, from its beginning or a cursor, can be part of the page
  std::optional<std::vector<KeyValue>> after;
  std::optional<std::vector<KeyValue>> before;
};

/// `list` tells the list that the keys sort from others. Malformed: a cursor that was not made for it and this order.
domain::Result<PagePlan> plan_page(const std::string &list, std::vector<OrderKey> keys, const store::Paging &paging);

/// The plan's cursors as conditions, each preceded by " and ": on its keys, or on the same values in other columns.
std::string place_of(const PagePlan &plan, const std::vector<OrderKey> &keys, Builder &builder);
/// " order by ...", likewise.
std::string order_by(const PagePlan &plan, const std::vector<OrderKey> &keys);

/// " order by ... limit ...".
std::string tail(const PagePlan &plan, Builder &builder);

/// The keys of the present row, which are its next columns.
std::vector<KeyValue> read_keys(const PagePlan &plan, Rows &rows);
/// The cursor of the present row, whose next columns are the keys.
std::string read_cursor(const PagePlan &plan, Rows &rows);

/// Takes away the row too many, turns the rows round, and says what is before and behind them.
template <class Row>
void finish_page(const PagePlan &plan, const store::Paging &paging, store::Page<Row> &page) {
  const bool more = page.rows.size() > paging.size;
  if (more) {
    page.rows.resize(paging.size);
  }
  if (plan.reversed) {
    std::reverse(page.rows.begin(), page.rows.end());
    page.has_previous = more;
    page.has_next = true;
  } else {
    page.has_previous = !paging.after.empty() || paging.number > 1;
    page.has_next = more;
  }
}

} // namespace parley::adapters::sql
