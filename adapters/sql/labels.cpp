#include "adapters/sql/labels.hpp"

#include <array>
#include <optional>

#include "adapters/sql/json_text.hpp"
#include "adapters/sql/maintenance.hpp"
#include "adapters/sql/names.hpp"
#include "adapters/sql/rows.hpp"

namespace parley::adapters::sql {
namespace {

using store::RecordLabel;

constexpr auto kKnow = "insert into {prefix}record_label (record_type, record_id) select w.a, w.b from (";
/// Where conversations keep the sort key of what they name.
constexpr std::array kNamedAs{"owner", "customer", "customer_user"};

/// Characters: what is longer is sorted by its beginning.
constexpr std::size_t kLongestSortKey = 255;

/// " from ... where ...": labels (alias l) of the records that are bound, and in one order, so that two who lock the same
/// ones do not wait for each other.
std::string of_records(const Dialect &dialect) {
  return " from (" + dialect.pairs(":records", Kind::text, Kind::text) + ") w" + dialect.ordered_join() +
         "{prefix}record_label l on l.record_type = w.a and l.record_id = w.b order by l.record_type, l.record_id";
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

Labels find_labels(Session &session, const Dialect &dialect, const std::vector<domain::Reference> &records,
                   const std::string &lock) {
  Labels found;
  if (!records.empty()) {
    auto rows = session.query("select " + label_columns().names + of_records(dialect) + lock, label_columns().kinds,
                              {{"records", json_pairs(records)}});
    while (rows.next()) {
      RecordLabel label = read_label(rows);
      found.emplace(label.record, std::move(label));
    }
  }
  return found;
}

bool carry_sort_key(Session &session, const Dialect &dialect, const RecordLabel &label, std::uint32_t limit) {
  bool left = false;
  for (const char *member : kNamedAs) {
    left = carry_sort_key_as(member, session, dialect, label, limit) || left;
  }
  return left;
}

bool carry_sort_key_as(const std::string &member, Session &session, const Dialect &dialect, const RecordLabel &label,
                       std::uint32_t limit) {
  std::string behind = member + "_id = :id and ";
  behind += member + "_type = :type and ";
  behind += member + "_key <> :key";
  std::string sql = "update {prefix}conversation set ";
  sql += member + "_key = :key" + dialect.some_of("{prefix}conversation", "id", behind, ":limit");
  return session.execute(sql, {{"key", label.sort_key},
                               {"id", label.record.id},
                               {"type", label.record.type},
                               {"limit", std::int64_t{limit}}}) >= std::int64_t{limit};
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
  std::set<domain::Reference> unknown;
  for (const domain::Reference &record : records) {
    if (!record.none() && !record.id.empty()) { // nobody looks up the actor of jobs
      unknown.insert(record);
    }
  }
  const auto bound = [&] {
    return Parameters{{"records", json_pairs(std::vector<domain::Reference>(unknown.begin(), unknown.end()))}};
  };
  if (unknown.empty()) {
    return;
  }
  {
    auto rows =
        session.query("select l.record_type, l.record_id" + of_records(dialect) + dialect.for_share(), "tt", bound());
    while (rows.next()) {
      unknown.erase(read_reference(rows));
    }
  }
  if (!unknown.empty()) {
    session.execute(kKnow + dialect.pairs(":records", Kind::text, Kind::text) + ") w", bound());
  }
}

} // namespace parley::adapters::sql
