#include "adapters/sql/paging.hpp"

#include "adapters/sql/failures.hpp"

namespace parley::adapters::sql {
namespace {

std::string compared(const OrderKey &key, const char *sign, const std::string &value) {
  return key.column + sign + value;
}

/// The key lies beyond its value, or is the same and the keys after it lie beyond theirs.
std::string chained(const OrderKey &key, const char *sign, const std::string &value, const std::string &others) {
  return "(" + compared(key, sign, value) + " or (" + compared(key, " = ", value) + " and " + others + "))";
}

/// Rows behind the cursor (or before it). The first key stands alone as well: an index finds its range by that.
std::string beyond(const std::vector<OrderKey> &keys, const std::vector<KeyValue> &values, bool behind,
                   Builder &builder) {
  std::string text;
  std::string first_value;
  for (std::size_t at = keys.size(); at-- > 0;) {
    const OrderKey &key = keys[at];
    first_value = std::visit([&](const auto &each) { return builder.bind(each); }, values[at]);
    const char *sign = key.descending == behind ? " < " : " > ";
    text = text.empty() ? compared(key, sign, first_value) : chained(key, sign, first_value, text);
  }
  if (keys.size() == 1) {
    return text;
  }
  const char *sign = keys.front().descending == behind ? " <= " : " >= ";
  return compared(keys.front(), sign, first_value) + " and " + text;
}

} // namespace

std::string place_of(const PagePlan &plan, const std::vector<OrderKey> &keys, Builder &builder) {
  std::string text;
  if (plan.after) {
    text += " and " + beyond(keys, *plan.after, true, builder);
  }
  if (plan.before) {
    text += " and " + beyond(keys, *plan.before, false, builder);
  }
  return text;
}

std::string order_by(const PagePlan &plan, const std::vector<OrderKey> &keys) {
  std::string order;
  for (const OrderKey &key : keys) {
    order += (order.empty() ? " order by " : ", ") + key.column + (key.descending != plan.reversed ? " desc" : "");
  }
  return order;
}

domain::Result<PagePlan> plan_page(const std::string &list, std::vector<OrderKey> keys, const store::Paging &paging) {
  PagePlan plan;
  plan.signature = list;
  plan.reversed = !paging.before.empty() && paging.after.empty();
  std::vector<Kind> kinds;
  for (const OrderKey &key : keys) {
    kinds.push_back(key.kind);
    plan.signature += "," + key.column + (key.descending ? "-" : "+");
    plan.columns += ", " + key.column;
    plan.kinds += key.kind == Kind::integer ? 'i' : 't';
  }
  const auto decoded = [&](const std::string &cursor) { return decode_cursor(plan.signature, kinds, cursor); };
  const auto foreign = [](const char *parameter) {
    return malformed("cursor", "This is not a cursor of this list with these filters in this order.", parameter);
  };
  if (!paging.after.empty() && !(plan.after = decoded(paging.after))) {
    return foreign("page[after]");
  }
  if (!paging.before.empty() && !(plan.before = decoded(paging.before))) {
    return foreign("page[before]");
  }
  plan.wanted = std::int64_t{paging.size} + 1;
  plan.skipped = paging.number > 1 ? (std::int64_t{paging.number} - 1) * std::int64_t{paging.size} : 0;
  plan.depth = plan.skipped + plan.wanted;
  plan.keys = std::move(keys);
  return plan;
}

std::string tail(const PagePlan &plan, Builder &builder) {
  std::string text = order_by(plan, plan.keys) + " limit " + builder.bind(plan.wanted);
  if (plan.skipped > 0) {
    text += " offset " + builder.bind(plan.skipped);
  }
  return text;
}

std::vector<KeyValue> read_keys(const PagePlan &plan, Rows &rows) {
  std::vector<KeyValue> values;
  for (const OrderKey &key : plan.keys) {
    if (key.kind == Kind::integer) {
      values.emplace_back(rows.integer());
    } else {
      values.emplace_back(rows.text());
    }
  }
  return values;
}

std::string read_cursor(const PagePlan &plan, Rows &rows) {
  return encode_cursor(plan.signature, read_keys(plan, rows));
}

} // namespace parley::adapters::sql
