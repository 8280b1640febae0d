#pragma once

#include <optional>
#include <string>

#include "adapters/sql/builder.hpp"
#include "adapters/sql/paging.hpp"
#include "plugin/store/queries.hpp"

namespace parley::adapters::sql {

/// Where the rows of one page are looked for: " from ... where ...", conversations as c, in a panel contexts as x.
///
/// A walk reads the list in its own order and tests each row against the scope: as good as it gets where many rows fit. A
/// scope of one unit among a thousand would have to be looked for in everybody's conversations so; therefore:
///
/// - in the order of the last message each range of a scope (a unit, a customer, an owner ...) gives its own newest rows,
///   as many as the page may need, from an index of its own. What is read grows with the page and the number of units or
///   customers that the scope lists, not with what is stored;
/// - elsewhere, and where a scope lists many, a walk ends after kLongestWalk rows. Where that did not fill the page the
///   scope is rare: its rows are looked up and sorted.
enum class Way {
  walk,       ///< the whole list, in its order
  short_walk, ///< only as far as `end`
  cut_walk,   ///< the same in one statement, for databases at a distance: kLongestWalk rows are read in any case
  ranges,     ///< the newest of each range of the scope
  lookup,     ///< all rows of the scope
};

/// How far a short walk goes, in rows.
inline constexpr std::int64_t kLongestWalk = 1000;

/// The way to begin with, and what to do when a short or cut walk did not fill the page.
Way first_way(const store::ConversationQuery &query, const Dialect &dialect);
Way second_way(const store::ConversationQuery &query);

/// `end`: of a short walk, its last row's keys. Failures: malformed (a filter).
domain::Result<std::string> source_of(Way way, const store::ConversationQuery &query, const PagePlan &plan,
                                      const std::optional<std::vector<KeyValue>> &end, Builder &builder);

/// The conversations that a scope reaches, where these are no more than kLongestWalk and one statement of a bounded length
/// tells. Nothing: they are more, or it is not known.
domain::Result<std::optional<std::vector<domain::ConversationId>>> few_reached(Session &session, const Dialect &dialect,
                                                                               const domain::Scope &scope);

/// A statement without a scope: the keys of the row at which a short walk ends. No row: the list is not as long.
std::string end_of_walk(const store::ConversationQuery &query, const PagePlan &plan, Builder &builder);
/// A column: 1 where a cut walk does not reach the end of the list, else 0.
std::string is_cut(const store::ConversationQuery &query, const PagePlan &plan, Builder &builder);

} // namespace parley::adapters::sql
