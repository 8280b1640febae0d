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

domain::Result<PagePlan> plan_page(const std::string &list, std::vector<OrderKey> keys, const store::Paging &paging,
                                   Builder &builder) {
  PagePlan plan;
  plan.signature = list;
  plan.reversed = !paging.before.empty() && paging.after.empty();
  std::vector<Kind> kinds;
  std::string order;
  for (const OrderKey &key : keys) {
    kinds.push_back(key.kind);
    plan.signature += "," + key.column + (key.descending ? "-" : "+");
    plan.columns += ", " + key.column;
    plan.kinds += key.kind == Kind::integer ? 'i' : 't';
    order += (order.empty() ? " order by " : ", ") + key.column + (key.descending != plan.reversed ? " desc" : "");
  }
  struct Side {
    const std::string *cursor;
    const char *parameter;
    bool behind;
  };
  for (const Side &side : {Side{&paging.after, "page[after]", true}, Side{&paging.before, "page[before]", false}}) {
    if (side.cursor->empty()) {
      continue;
    }
    const auto values = decode_cursor(plan.signature, kinds, *side.cursor);
    if (!values) {
      return malformed("cursor", "This is not a cursor of this list in this order.", side.parameter);
    }
    plan.condition += " and " + beyond(keys, *values, side.behind, builder);
  }
  plan.tail = order + " limit " + builder.bind(std::int64_t{paging.size} + 1);
  if (paging.number > 1) {
    plan.tail += " offset " + builder.bind((std::int64_t{paging.number} - 1) * std::int64_t{paging.size});
  }
  plan.keys = std::move(keys);
  return plan;
}

std::string read_cursor(const PagePlan &plan, Rows &rows) {
  std::vector<KeyValue> values;
  for (const OrderKey &key : plan.keys) {
    if (key.kind == Kind::integer) {
      values.emplace_back(rows.integer());
    } else {
      values.emplace_back(rows.text());
    }
  }
  return encode_cursor(plan.signature, values);
}

} // namespace parley::adapters::sql
