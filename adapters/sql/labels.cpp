#include "adapters/sql/labels.hpp"

#include <optional>

#include "adapters/sql/json_text.hpp"
#include "adapters/sql/names.hpp"
#include "adapters/sql/rows.hpp"

namespace parley::adapters::sql {
namespace {

using store::RecordLabel;

/// A label that says nothing new is stored again only when the stored one is older than this.
constexpr domain::Time kFresh = 3600LL * 1'000'000;

constexpr auto kInsertLabel =
    "insert into {prefix}record_label (record_type, record_id, title, title_key, full_title, sort_key, unit_type, "
    "unit_id, customer_type, customer_id, deleted, refreshed_at) values (:record_type, :record_id, :title, :title_key, "
    ":full_title, :sort_key, :unit_type, :unit_id, :customer_type, :customer_id, :deleted, :refreshed_at)";
constexpr auto kUpdateLabel =
    "update {prefix}record_label set title = :title, title_key = :title_key, full_title = :full_title, "
    "sort_key = :sort_key, unit_type = :unit_type, unit_id = :unit_id, customer_type = :customer_type, "
    "customer_id = :customer_id, deleted = :deleted, refreshed_at = :refreshed_at "
    "where record_type = :record_type and record_id = :record_id";
constexpr auto kOwnerKeys = "update {prefix}conversation set owner_key = :key "
                            "where owner_id = :id and owner_type = :type and owner_key <> :key";
constexpr auto kCustomerKeys = "update {prefix}conversation set customer_key = :key "
                               "where customer_id = :id and customer_type = :type and customer_key <> :key";
constexpr auto kCustomerUserKeys =
    "update {prefix}conversation set customer_user_key = :key "
    "where customer_user_id = :id and customer_user_type = :type and customer_user_key <> :key";

Parameters parameters_of(const RecordLabel &label) {
  return {{"record_type", label.record.type},
          {"record_id", label.record.id},
          {"title", label.title},
          {"title_key", folded(label.title)},
          {"full_title", label.full_title},
          {"sort_key", label.sort_key},
          {"unit_type", label.unit.type},
          {"unit_id", label.unit.id},
          {"customer_type", label.customer.type},
          {"customer_id", label.customer.id},
          {"deleted", std::int64_t{label.deleted ? 1 : 0}},
          {"refreshed_at", label.refreshed}};
}

std::optional<RecordLabel> find_label(Session &session, const domain::Reference &record) {
  static const std::string sql = "select " + label_columns().names +
                                 " from {prefix}record_label l where l.record_type = :type and l.record_id = :id";
  auto rows = session.query(sql, label_columns().kinds, {{"type", record.type}, {"id", record.id}});
  if (!rows.next()) {
    return std::nullopt;
  }
  return read_label(rows);
}

bool same(const RecordLabel &left, const RecordLabel &right) {
  return left.title == right.title && left.full_title == right.full_title && left.sort_key == right.sort_key &&
         left.unit == right.unit && left.customer == right.customer && left.deleted == right.deleted;
}

void save_label(Session &session, RecordLabel label) {
  if (label.sort_key.empty()) {
    label.sort_key = folded(label.title);
  }
  const auto present = find_label(session, label.record);
  if (present && label.deleted && label.title.empty()) {
    // A host that deleted a record knows nothing of it any more; its readers still want a name.
    const auto refreshed = label.refreshed;
    label = *present;
    label.deleted = true;
    label.refreshed = refreshed;
  }
  if (present && same(*present, label) && label.refreshed < present->refreshed + kFresh) {
    return;
  }
  session.execute(present ? kUpdateLabel : kInsertLabel, parameters_of(label));
  if (!present || present->sort_key != label.sort_key) {
    const Parameters parameters{{"key", label.sort_key}, {"id", label.record.id}, {"type", label.record.type}};
    for (const auto *statement : {kOwnerKeys, kCustomerKeys, kCustomerUserKeys}) {
      session.execute(statement, parameters);
    }
  }
}

} // namespace

Labels read_labels(Session &session, const Dialect &dialect, const std::set<domain::Reference> &records) {
  Labels labels;
  std::vector<domain::Reference> wanted;
  for (const domain::Reference &record : records) {
    if (!record.none()) {
      wanted.push_back(record);
    }
  }
  if (wanted.empty()) {
    return labels;
  }
  const std::string sql = "select " + label_columns().names + " from (" + dialect.pairs(":records") +
                          ") w join {prefix}record_label l on l.record_type = w.a and l.record_id = w.b";
  auto rows = session.query(sql, label_columns().kinds, {{"records", json_pairs(wanted)}});
  while (rows.next()) {
    RecordLabel label = read_label(rows);
    labels.emplace(label.record, std::move(label));
  }
  return labels;
}

void save_labels(Session &session, const std::vector<RecordLabel> &labels) {
  for (const RecordLabel &label : labels) {
    if (!label.record.none()) {
      save_label(session, label);
    }
  }
}

void mark_deleted(Session &session, const domain::Reference &record, domain::Time now) {
  RecordLabel label;
  label.record = record;
  label.deleted = true;
  label.refreshed = now;
  save_label(session, std::move(label));
}

} // namespace parley::adapters::sql
