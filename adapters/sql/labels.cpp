#include "adapters/sql/labels.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "adapters/sql/json_text.hpp"
#include "adapters/sql/maintenance.hpp"
#include "adapters/sql/names.hpp"
#include "adapters/sql/rows.hpp"

namespace parley::adapters::sql {
namespace {

using store::RecordLabel;

constexpr auto kInsertLabel =
    "insert into {prefix}record_label (record_type, record_id, title, title_key, full_title, sort_key, unit_type, "
    "unit_id, customer_type, customer_id, deleted, refreshed_at) values (:record_type, :record_id, :title, :title_key, "
    ":full_title, :sort_key, :unit_type, :unit_id, :customer_type, :customer_id, :deleted, :refreshed_at)";
constexpr auto kUpdateLabel =
    "update {prefix}record_label set title = :title, title_key = :title_key, full_title = :full_title, "
    "sort_key = :sort_key, unit_type = :unit_type, unit_id = :unit_id, customer_type = :customer_type, "
    "customer_id = :customer_id, deleted = :deleted, refreshed_at = :refreshed_at "
    "where record_type = :record_type and record_id = :record_id";
/// Where conversations keep the sort key of what they name.
constexpr std::array kNamedAs{"owner", "customer", "customer_user"};
constexpr auto kOwnsElsewhere = "select 1 from {prefix}conversation where owner_id = :id and owner_type = :type and "
                                "unit <> :unit limit 1";
constexpr auto kNamed = "select 1 from {prefix}conversation where source_id = :id and source_type = :type union all "
                        "select 1 from {prefix}context where record_id = :id and record_type = :type limit 1";

/// Characters: what is longer is sorted by its beginning.
constexpr std::size_t kLongestSortKey = 255;

/// So many conversations are brought up to date on the way; the others are settled afterwards.
constexpr std::uint32_t kOnTheWay = 200;

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

bool same(const RecordLabel &left, const RecordLabel &right) {
  return left.title == right.title && left.full_title == right.full_title && left.sort_key == right.sort_key &&
         left.unit == right.unit && left.customer == right.customer && left.deleted == right.deleted;
}

bool any(Session &session, const char *question, const Parameters &parameters) {
  return session.query(question, "i", parameters).next();
}

/// Is there a conversation that does not say yet what the label says? Sort keys apart.
bool behind(Session &session, const RecordLabel &label) {
  const Parameters record{{"id", label.record.id}, {"type", label.record.type}};
  if (label.deleted) {
    return any(session, kNamed, record);
  }
  return any(session, kOwnsElsewhere, {record[0], record[1], {"unit", label.unit.id}});
}

/// Was it looked up before what is stored? What a command has fetched may be older than a host event that came in between.
/// Of an unsettled label nobody knows when it was looked up.
bool outdated(const RecordLabel &label, const RecordLabel &present) {
  return present.refreshed == 0 ? present.deleted && !label.deleted : label.refreshed < present.refreshed;
}

/// What is to be stored of `given` beside what is. A host that deleted a record knows nothing of it any more; its readers
/// still want a name.
RecordLabel completed(const RecordLabel &given, const std::optional<RecordLabel> &present) {
  RecordLabel label = with_sort_key(given);
  if (present && label.deleted && label.title.empty()) {
    label = *present;
    label.deleted = true;
    label.refreshed = given.refreshed;
  }
  return label;
}

/// Nothing needs to be stored: the present one is settled, says the same, and was looked up within the hour.
bool is_fresh(const std::optional<RecordLabel> &present, const RecordLabel &label) {
  return present && present->refreshed != 0 && same(*present, label) &&
         label.refreshed < present->refreshed + label_fresh;
}

/// True: something is left to settle.
bool save_label(Session &session, const Dialect &dialect, const RecordLabel &given) {
  auto present = find_label(session, given.record);
  if (is_fresh(present, completed(given, present))) {
    return false; // without a lock, for which others would wait
  }
  if (present && !dialect.for_update().empty()) {
    present = find_label(session, given.record, dialect.for_update());
  }
  RecordLabel label = completed(given, present);
  if (is_fresh(present, label)) {
    return false;
  }
  const bool settled = present && present->refreshed != 0;
  const bool news = !present || !same(*present, label);
  bool left = false;
  if (!settled || present->sort_key != label.sort_key) {
    left = carry_sort_key(session, dialect, label, kOnTheWay);
  }
  if (!settled || news) {
    left = behind(session, label) || left;
  }
  // Which of the two holds only the host knows: the job asks it first of all.
  left = left || (present && news && outdated(label, *present));
  if (left) {
    label.refreshed = 0;
  }
  session.execute(present ? kUpdateLabel : kInsertLabel, parameters_of(label));
  return left;
}

} // namespace

RecordLabel with_sort_key(RecordLabel label) {
  if (label.sort_key.empty()) {
    label.sort_key = folded(label.title);
  }
  // Keys of indexes are limited everywhere but on SQLite.
  std::size_t characters = 0;
  for (std::size_t at = 0; at < label.sort_key.size(); ++at) {
    const bool begins = (static_cast<unsigned char>(label.sort_key[at]) & 0xC0U) != 0x80U;
    if (begins && ++characters > kLongestSortKey) {
      label.sort_key.resize(at);
    }
  }
  return label;
}

std::optional<RecordLabel> find_label(Session &session, const domain::Reference &record, const std::string &lock) {
  const std::string sql = "select " + label_columns().names +
                          " from {prefix}record_label l where l.record_type = :type and l.record_id = :id" + lock;
  auto rows = session.query(sql, label_columns().kinds, {{"type", record.type}, {"id", record.id}});
  if (!rows.next()) {
    return std::nullopt;
  }
  return read_label(rows);
}

bool carry_sort_key(Session &session, const Dialect &dialect, const RecordLabel &label, std::uint32_t limit) {
  const Parameters parameters{
      {"key", label.sort_key}, {"id", label.record.id}, {"type", label.record.type}, {"limit", std::int64_t{limit}}};
  bool left = false;
  for (const std::string name : kNamedAs) {
    std::string behind = name + "_id = :id and ";
    behind += name + "_type = :type and ";
    behind += name + "_key <> :key";
    std::string sql = "update {prefix}conversation set ";
    sql += name + "_key = :key" + dialect.some_of("{prefix}conversation", "id", behind, ":limit");
    left = session.execute(sql, parameters) >= std::int64_t{limit} || left;
  }
  return left;
}

std::vector<domain::Reference> save_labels(Session &session, const Dialect &dialect, std::vector<RecordLabel> labels) {
  // In one order, so that two who store the same ones do not wait for each other.
  std::stable_sort(labels.begin(), labels.end(),
                   [](const RecordLabel &left, const RecordLabel &right) { return left.record < right.record; });
  std::vector<domain::Reference> unsettled;
  for (const RecordLabel &label : labels) {
    if (!label.record.none() && save_label(session, dialect, label)) {
      unsettled.push_back(label.record);
    }
  }
  return unsettled;
}

std::vector<RecordLabel> due_labels(Session &session, domain::Time before, std::uint32_t limit) {
  static const std::string sql = "select " + label_columns().names +
                                 " from {prefix}record_label l where l.refreshed_at < :before "
                                 "order by l.refreshed_at, l.record_type, l.record_id limit :limit";
  std::vector<RecordLabel> due;
  auto rows = session.query(sql, label_columns().kinds, {{"before", before}, {"limit", std::int64_t{limit}}});
  while (rows.next()) {
    due.push_back(read_label(rows));
  }
  return due;
}

void know(Session &session, const Dialect &dialect, const std::set<domain::Reference> &records) {
  for (const domain::Reference &record : records) {
    // Nobody looks up the actor of jobs.
    if (record.none() || record.id.empty() || find_label(session, record, dialect.for_share())) {
      continue;
    }
    RecordLabel label;
    label.record = record;
    session.execute(kInsertLabel, parameters_of(label));
  }
}

} // namespace parley::adapters::sql
