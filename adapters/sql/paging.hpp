#pragma once

#include <algorithm>
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

/// A page as parts of a statement: `where ...<condition> <tail>`, whose columns end with `columns`.
struct PagePlan {
  std::string signature;
  std::string columns; ///< the keys, each preceded by ", "
  std::string kinds;
  std::string condition; ///< the cursors, each preceded by " and "
  std::string tail;      ///< order by and limit; one row more than asked for tells whether there are further ones
  std::vector<OrderKey> keys;
  bool reversed = false; ///< read from the end: the rows are turned round afterwards
};

/// `list` names the list that the keys sort. Malformed: a cursor that was not made for this order.
domain::Result<PagePlan> plan_page(const std::string &list, std::vector<OrderKey> keys, const store::Paging &paging,
                                   Builder &builder);

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
