#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "adapters/sql/json_text.hpp"
#include "adapters/sql/labels.hpp"
#include "adapters/sql/names.hpp"

namespace parley::adapters::sql {
namespace {

using domain::Reference;
using store::RecordLabel;

/// So many conversations are brought up to date on the way; the others are settled afterwards.
constexpr std::uint32_t kOnTheWay = 200;

/// A label's row, as add_row() fills it. The first two are the key.
const std::vector<Listed> kLabelRow{
    {"record_type", Kind::text},     {"record_id", Kind::text},        {"title", Kind::text, true},
    {"title_key", Kind::text, true}, {"full_title", Kind::text, true}, {"sort_key", Kind::text},
    {"unit_type", Kind::text},       {"unit_id", Kind::text},          {"customer_type", Kind::text},
    {"customer_id", Kind::text},     {"deleted", Kind::integer},       {"refreshed_at", Kind::integer}};

void add_row(JsonRows &rows, const RecordLabel &label) {
  rows.begin();
  for (const std::string &text :
       {label.record.type, label.record.id, label.title, folded(label.title), label.full_title, label.sort_key,
        label.unit.type, label.unit.id, label.customer.type, label.customer.id}) {
    rows.add(text);
  }
  rows.add(std::int64_t{label.deleted ? 1 : 0});
  rows.add(label.refreshed);
}

std::string insert_labels(const Dialect &dialect) {
  std::string names;
  std::string values;
  for (const Listed &each : kLabelRow) {
    names += (names.empty() ? "" : ", ") + each.name;
    values += (values.empty() ? "w." : ", w.") + each.name;
  }
  return "insert into {prefix}record_label (" + names + ") select " + values + " from (" +
         dialect.rows(":rows", kLabelRow) + ") w";
}

std::string update_labels(const Dialect &dialect) {
  std::vector<Assignment> assignments;
  std::transform(kLabelRow.begin() + 2, kLabelRow.end(), std::back_inserter(assignments), [](const Listed &each) {
    return Assignment{each.name, "w." + each.name};
  });
  return dialect.update_each("{prefix}record_label", dialect.rows(":rows", kLabelRow),
                             "r.record_type = w.record_type and r.record_id = w.record_id", assignments);
}

bool same(const RecordLabel &left, const RecordLabel &right) {
  return left.title == right.title && left.full_title == right.full_title && left.sort_key == right.sort_key &&
         left.unit == right.unit && left.customer == right.customer && left.deleted == right.deleted;
}

/// Was it looked up before what is stored? What a command has fetched may be older than a host event that came in between.
/// Of an unsettled label nobody knows when it was looked up.
bool outdated(const RecordLabel &label, const RecordLabel &present) {
  return present.refreshed == 0 ? present.deleted && !label.deleted : label.refreshed < present.refreshed;
}

/// A label that is to be stored, and what is stored of its record.
struct Saving {
  const RecordLabel *given = nullptr;
  const RecordLabel *present = nullptr; ///< or null
  RecordLabel label;
  bool left = false; ///< something is left to settle

  [[nodiscard]] bool settled() const { return present != nullptr && present->refreshed != 0; }
  [[nodiscard]] bool news() const { return present == nullptr || !same(*present, label); }
  /// Conversations may have another sort key.
  [[nodiscard]] bool carries() const { return !settled() || present->sort_key != label.sort_key; }
  /// Conversations may say something else, sort keys apart.
  [[nodiscard]] bool tells() const { return !settled() || news(); }
  /// Nothing needs to be stored: the present one is settled, says the same, and was looked up within the hour.
  [[nodiscard]] bool is_fresh() const {
    return settled() && !news() && label.refreshed < present->refreshed + label_fresh;
  }
};

/// What is to be stored of `given` beside what is. A host that deleted a record knows nothing of it any more; its readers
/// still want a name.
Saving beside(const RecordLabel &given, const Labels &stored) {
  Saving saving;
  saving.given = &given;
  saving.label = with_sort_key(given);
  const auto found = stored.find(given.record);
  if (found != stored.end()) {
    saving.present = &found->second;
    if (given.deleted && given.title.empty()) {
      saving.label = *saving.present;
      saving.label.deleted = true;
      saving.label.refreshed = given.refreshed;
    }
  }
  return saving;
}

/// Those of the labels that are news beside what is stored.
std::vector<Saving> not_fresh(const std::vector<const RecordLabel *> &labels, const Labels &stored) {
  std::vector<Saving> found;
  for (const RecordLabel *label : labels) {
    Saving saving = beside(*label, stored);
    if (!saving.is_fresh()) {
      found.push_back(std::move(saving));
    }
  }
  return found;
}

/// One of each record, in one order, so that two who store the same ones do not wait for each other. Of several of one
/// record the last one counts.
std::vector<const RecordLabel *> one_of_each(const std::vector<RecordLabel> &labels) {
  std::map<Reference, const RecordLabel *> chosen;
  for (const RecordLabel &label : labels) {
    if (!label.record.none()) {
      chosen[label.record] = &label;
    }
  }
  std::vector<const RecordLabel *> result;
  result.reserve(chosen.size());
  for (const auto &[record, label] : chosen) {
    result.push_back(label);
  }
  return result;
}

std::vector<Reference> records_of(const std::vector<const RecordLabel *> &labels) {
  std::vector<Reference> records;
  records.reserve(labels.size());
  for (const RecordLabel *label : labels) {
    records.push_back(label->record);
  }
  return records;
}

/// 1 where the select has a row, else 0. Not EXISTS, which MariaDB turns into a join with the whole table.
std::string any(const std::string &select) {
  return "coalesce((select 1 " + select + " limit 1), 0)";
}

/// For each label: its place in the list; whether conversations name the record as each of its members by another sort key;
/// whether there is one that does not say yet what the label says, sort keys apart.
std::string behind(const Dialect &dialect) {
  const std::string conversations = "from {prefix}conversation c where c.";
  const auto by_another_key = [&](const std::string &member) {
    return any(conversations + member + "_id = w.id and c." + member + "_type = w.type and c." + member +
               "_key <> w.sort_key");
  };
  return "select w.place, " + by_another_key("owner") + ", " + by_another_key("customer") + ", " +
         by_another_key("customer_user") + ", case when w.deleted = 0 then " +
         any(conversations + "owner_id = w.id and c.owner_type = w.type and c.unit <> w.unit") + " when " +
         any(conversations + "source_id = w.id and c.source_type = w.type") + " = 1 then 1 else " +
         any("from {prefix}context x where x.record_id = w.id and x.record_type = w.type") + " end from (" +
         dialect.rows(":rows", {{"place", Kind::integer},
                                {"type", Kind::text},
                                {"id", Kind::text},
                                {"sort_key", Kind::text},
                                {"unit", Kind::text},
                                {"deleted", Kind::integer}}) +
         ") w";
}

/// Brings conversations up to date, some for each label, and notes where there may be more.
void carry(Session &session, const Dialect &dialect, std::vector<Saving> &savings) {
  JsonRows asked;
  for (std::size_t at = 0; at < savings.size(); ++at) {
    const Saving &saving = savings[at];
    if (saving.carries() || saving.tells()) {
      asked.begin();
      asked.add(static_cast<std::int64_t>(at));
      asked.add(saving.label.record.type);
      asked.add(saving.label.record.id);
      asked.add(saving.label.sort_key);
      asked.add(saving.label.unit.id);
      asked.add(std::int64_t{saving.label.deleted ? 1 : 0});
    }
  }
  if (asked.empty()) {
    return;
  }
  std::set<std::pair<std::size_t, std::string>> members;
  {
    auto rows = session.query(behind(dialect), "iiiii", {{"rows", asked.text()}});
    while (rows.next()) {
      const auto place = static_cast<std::size_t>(rows.integer());
      for (const char *member : {"owner", "customer", "customer_user"}) {
        if (rows.integer() != 0 && savings[place].carries()) {
          members.emplace(place, member);
        }
      }
      savings[place].left = rows.integer() != 0 && savings[place].tells();
    }
  }
  for (const auto &[place, member] : members) {
    Saving &saving = savings[place];
    saving.left = carry_sort_key_as(member, session, dialect, saving.label, kOnTheWay) || saving.left;
  }
}

} // namespace

std::vector<Reference> save_labels(Session &session, const Dialect &dialect, const std::vector<RecordLabel> &given) {
  std::vector<const RecordLabel *> labels = one_of_each(given);
  Labels stored = find_labels(session, dialect, records_of(labels));
  std::vector<Saving> savings = not_fresh(labels, stored); // without a lock, for which others would wait
  if (!savings.empty() && !dialect.for_update().empty()) {
    labels.clear();
    std::transform(savings.begin(), savings.end(), std::back_inserter(labels),
                   [](const Saving &saving) { return saving.given; });
    stored = find_labels(session, dialect, records_of(labels), dialect.for_update());
    savings = not_fresh(labels, stored);
  }
  carry(session, dialect, savings);
  std::vector<Reference> unsettled;
  JsonRows added;
  JsonRows changed;
  for (Saving &saving : savings) {
    // Which of the two holds only the host knows: the job asks it first of all.
    if (saving.left || (saving.present != nullptr && saving.news() && outdated(saving.label, *saving.present))) {
      unsettled.push_back(saving.label.record);
      saving.label.refreshed = 0;
    }
    add_row(saving.present == nullptr ? added : changed, saving.label);
  }
  if (!changed.empty()) {
    session.execute(update_labels(dialect), {{"rows", changed.text()}});
  }
  if (!added.empty()) {
    session.execute(insert_labels(dialect), {{"rows", added.text()}});
  }
  return unsettled;
}

} // namespace parley::adapters::sql
