#include "adapters/sql/ways.hpp"

#include "adapters/sql/conditions.hpp"
#include "adapters/sql/json_text.hpp"
#include "adapters/sql/names.hpp"
#include "adapters/sql/scope.hpp"

namespace parley::adapters::sql {
namespace {

using domain::Audience;
using domain::Level;
using domain::Result;
using store::ConversationQuery;

/// More units or customers than this, and a walk is tried before each is asked for its newest.
constexpr std::size_t kManyGroups = 100;

bool by_last_message(const ConversationQuery &query) {
  return !query.panel &&
         (query.orders.empty() ||
          (query.orders.size() == 1 && query.orders.front().field == store::ConversationField::last_message));
}

/// Which rows of the panel's record are shown to the audience.
std::string of_panel(const ConversationQuery &query, Builder &builder) {
  return "x.record_id = " + builder.bind(query.panel->id) + " and x.record_type = " + builder.bind(query.panel->type) +
         (query.scope.audience == Audience::storefront ? " and x.in_public = 1" : "");
}

/// The rows of a list that is walked in its own order, without a scope, from the place of the page on: `columns` of them
/// in that order.
std::string walked(const ConversationQuery &query, const PagePlan &plan, const std::string &columns, Builder &builder) {
  std::string table = " from {prefix}conversation c where 1 = 1";
  if (query.panel) {
    table = " from {prefix}context x where " + of_panel(query, builder);
  }
  return "select " + columns + table + place_of(plan, plan.keys, builder) + order_by(plan, plan.keys);
}

/// The ranges of one scope, as a union of selects of ids: whole, or the newest of each.
class Ranges {
public:
  Ranges(const ConversationQuery &query, const PagePlan &plan, bool whole, Builder &builder)
      : query_(query), plan_(plan), builder_(builder), whole_(whole),
        backoffice_(query.scope.audience == Audience::backoffice) {}

  Result<std::string> all() {
    if (query_.scope.level == Level::organization) {
      add("{prefix}conversation c where c.organization = " + builder_.bind(query_.scope.organization), "c.", "c.id",
          Own::no);
    }
    const std::vector<std::string> groups = groups_of(query_.scope);
    if (groups.size() == 1) {
      add("{prefix}conversation c where " + group_column("c.") + " = " + builder_.bind(groups.front()), "c.", "c.id",
          Own::no);
    } else if (!groups.empty()) {
      add_groups(groups);
    }
    if (!query_.scope.actor.none() && query_.scope.level < Level::organization) {
      const std::string role = backoffice_ ? "c.owner" : "c.customer_user";
      add("{prefix}conversation c where " + is_actor(role), "c.", "c.id", Own::yes);
      add("{prefix}participant t" + builder_.dialect().ordered_join() +
              "{prefix}conversation c on c.id = t.conversation where " + is_actor("t.actor") +
              (backoffice_ ? "" : " and t.in_public = 1"),
          "t.", "t.conversation", Own::yes);
    }
    if (failure_) {
      return std::move(*failure_);
    }
    return text_.empty() ? "select c.id as id from {prefix}conversation c where 1 = 0" : text_;
  }

private:
  enum class Own { no, yes };

  [[nodiscard]] std::string group_column(const std::string &alias) const {
    return alias + (backoffice_ ? "unit" : "customer_id");
  }
  std::string is_actor(const std::string &start) {
    return start + "_id = " + builder_.bind(query_.scope.actor.id) + " and " + start +
           "_type = " + builder_.bind(query_.scope.actor.type);
  }

  /// The list's keys, in the columns of this range.
  [[nodiscard]] std::vector<OrderKey> keys_in(const std::string &alias, const std::string &id) const {
    std::vector<OrderKey> keys = plan_.keys;
    keys.front().column = alias + side(query_.scope.audience) + "last_text_at";
    keys.back().column = id;
    return keys;
  }

  /// What must hold beside being in the range: the rest of the scope, the filters, the place of the page.
  std::string beside(Own own) {
    std::string text = beside_range(query_.scope, own == Own::yes, builder_);
    auto conditions = conversation_conditions(query_, builder_);
    if (!conditions) {
      failure_ = std::move(conditions).failure();
      return text;
    }
    return text + conditions.value();
  }

  /// The place of the page, and so many rows from there on.
  std::string cut(const std::vector<OrderKey> &keys, std::int64_t rows) {
    return place_of(plan_, keys, builder_) + order_by(plan_, keys) + " limit " + builder_.bind(rows);
  }

  void append(const std::string &select) { text_ += (text_.empty() ? "" : " union ") + select; }

  void add(const std::string &range, const std::string &alias, const std::string &id, Own own) {
    const std::string found = "select " + id + " as id from " + range + beside(own);
    append(whole_ ? found : "select id from (" + found + cut(keys_in(alias, id), plan_.depth) + ") f");
  }

  void add_groups(const std::vector<std::string> &groups) {
    const std::string join = builder_.dialect().ordered_join();
    const std::string listed = "(" + builder_.dialect().elements(builder_.bind(json_array(groups)), Kind::text) + ") g";
    if (whole_) {
      append("select c.id as id from " + listed + join + "{prefix}conversation c on " + group_column("c.") +
             " = g.value where 1 = 1" + beside(Own::no));
      return;
    }
    if (!builder_.dialect().in_the_first()) {
      return add_each(groups);
    }
    // First the best row of each group, then those groups alone whose best rows are the best. None of the others can
    // have a row on the page, since as many better ones as the page has rows are known.
    const auto best_of = [&](const std::string &group, std::int64_t rows) {
      return "select c.id from {prefix}conversation c where " + group_column("c.") + " = " + group + beside(Own::no) +
             cut(keys_in("c.", "c.id"), rows);
    };
    const std::string best = "select g.value as value, (" + best_of("g.value", 1) + ") as best from " + listed;
    const std::string chosen = "select b.value as value from (" + best + ") b" + join +
                               "{prefix}conversation n on n.id = b.best" + order_by(plan_, keys_in("n.", "n.id")) +
                               " limit " + builder_.bind(plan_.depth);
    append("select e.id as id from (" + chosen + ") h" +
           builder_.dialect().join_each("{prefix}conversation", "e", best_of("h.value", plan_.depth)));
  }

  /// The newest of each group in a select of its own; of very many groups all rows, sorted at the end.
  void add_each(const std::vector<std::string> &groups) {
    if (groups.size() > kManyGroups) {
      append("select c.id as id from {prefix}conversation c where " + group_column("c.") + " in (" +
             builder_.dialect().elements(builder_.bind(json_array(groups)), Kind::text) + ")" + beside(Own::no) +
             place_of(plan_, keys_in("c.", "c.id"), builder_));
      return;
    }
    for (const std::string &group : groups) {
      add("{prefix}conversation c where " + group_column("c.") + " = " + builder_.bind(group), "c.", "c.id", Own::no);
    }
  }

  const ConversationQuery &query_;
  const PagePlan &plan_;
  Builder &builder_;
  bool whole_;
  bool backoffice_;
  std::string text_;
  std::optional<domain::Failure> failure_;
};

Result<std::string> walk_of(const ConversationQuery &query, const PagePlan &plan,
                            const std::optional<std::vector<KeyValue>> &end, Builder &builder) {
  std::string text = " from {prefix}conversation c where ";
  if (query.panel) {
    text = " from {prefix}context x" + builder.dialect().ordered_join() +
           "{prefix}conversation c on c.id = x.conversation where " + of_panel(query, builder) + " and ";
  }
  text += scope_condition(query.scope, query.panel ? Asked::of_one : Asked::of_many, builder);
  auto conditions = conversation_conditions(query, builder);
  if (!conditions) {
    return std::move(conditions).failure();
  }
  text += conditions.value() + place_of(plan, plan.keys, builder);
  if (end) {
    PagePlan until;
    (plan.reversed ? until.after : until.before) = end;
    text += place_of(until, plan.keys, builder);
  }
  return text;
}

} // namespace

Way first_way(const ConversationQuery &query, const Dialect &dialect) {
  const Way bounded = dialect.in_process() ? Way::short_walk : Way::cut_walk;
  switch (query.scope.level) {
  case Level::none:
  case Level::global:
    return Way::walk;
  case Level::organization:
    return by_last_message(query) ? Way::ranges : bounded;
  case Level::user:
    if (!query.panel) {
      return by_last_message(query) ? Way::ranges : Way::lookup;
    }
    return bounded;
  case Level::unit:
  case Level::division:
    return by_last_message(query) && groups_of(query.scope).size() <= kManyGroups ? Way::ranges : bounded;
  }
  return Way::walk;
}

Way second_way(const ConversationQuery &query) {
  return by_last_message(query) ? Way::ranges : Way::lookup;
}

Result<std::string> source_of(Way way, const ConversationQuery &query, const PagePlan &plan,
                              const std::optional<std::vector<KeyValue>> &end, Builder &builder) {
  if (way == Way::walk || way == Way::short_walk) {
    return walk_of(query, plan, end, builder);
  }
  const std::string join = builder.dialect().ordered_join();
  std::string found;
  std::string conditions;
  if (way == Way::cut_walk) {
    found = walked(query, plan, query.panel ? "x.conversation as id" : "c.id as id", builder) + " limit " +
            builder.bind(kLongestWalk);
    conditions = scope_condition(query.scope, Asked::of_one, builder);
    auto filters = conversation_conditions(query, builder);
    if (!filters) {
      return std::move(filters).failure();
    }
    conditions += filters.value();
  } else {
    const bool whole = way == Way::lookup;
    auto ranges = Ranges(query, plan, whole, builder).all();
    if (!ranges) {
      return std::move(ranges).failure();
    }
    found = std::move(ranges).value();
    conditions = "1 = 1" + (whole ? place_of(plan, plan.keys, builder) : "");
  }
  std::string text = " from (" + found + ") w" + join + "{prefix}conversation c on c.id = w.id";
  if (query.panel) {
    text += join + "{prefix}context x on x.conversation = c.id and " + of_panel(query, builder);
  }
  return text + " where " + conditions;
}

Result<std::optional<std::vector<domain::ConversationId>>> few_reached(Session &session, const Dialect &dialect,
                                                                       const domain::Scope &scope) {
  std::optional<std::vector<domain::ConversationId>> ids;
  if (scope.level == Level::none || scope.level == Level::global || groups_of(scope).size() > kManyGroups) {
    return ids;
  }
  ConversationQuery query;
  query.scope = scope;
  query.paging.size = static_cast<std::uint32_t>(kLongestWalk);
  const auto plan = plan_page(
      "reached", {{"c." + side(scope.audience) + "last_text_at", Kind::integer, true}, {"c.id", Kind::integer, true}},
      query.paging);
  if (!plan) {
    return plan.failure();
  }
  Builder builder(dialect);
  const auto source = source_of(Way::ranges, query, plan.value(), {}, builder);
  if (!source) {
    return source.failure();
  }
  auto rows = session.query("select c.id" + source.value() + tail(plan.value(), builder), "i", builder.parameters());
  ids.emplace();
  while (rows.next()) {
    ids->push_back(rows.integer());
  }
  if (static_cast<std::int64_t>(ids->size()) > kLongestWalk) {
    ids.reset();
  }
  return ids;
}

std::string end_of_walk(const ConversationQuery &query, const PagePlan &plan, Builder &builder) {
  return walked(query, plan, "1" + plan.columns, builder) + " limit 1 offset " + builder.bind(kLongestWalk - 1);
}

std::string is_cut(const ConversationQuery &query, const PagePlan &plan, Builder &builder) {
  return "coalesce((" + walked(query, plan, "1", builder) + " limit 1 offset " + builder.bind(kLongestWalk - 1) +
         "), 0)";
}

} // namespace parley::adapters::sql
