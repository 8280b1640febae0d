#include "adapters/sql/label_texts.hpp"

#include <utility>

namespace parley::adapters::sql {

std::string label_elements() {
  std::string elements;
  for (const char *column :
       {"title", "full_title", "sort_key", "unit_type", "unit_id", "customer_type", "customer_id"}) {
    elements += ", coalesce(l." + std::string(column) + ", '')";
  }
  return elements + ", coalesce(l.deleted, 0), coalesce(l.refreshed_at, 0)";
}

void read_label_elements(JsonTextReader &reader, const domain::Reference &record, Labels &labels) {
  const auto next = [&] {
    reader.expect(',');
    return reader.string();
  };
  store::RecordLabel label;
  label.record = record;
  label.title = next();
  label.full_title = next();
  label.sort_key = next();
  label.unit.type = next();
  label.unit.id = next();
  label.customer.type = next();
  label.customer.id = next();
  reader.expect(',');
  label.deleted = reader.number() != 0;
  reader.expect(',');
  label.refreshed = reader.number();
  if (!label.title.empty() || label.deleted) {
    labels.emplace(record, std::move(label));
  }
}

std::string label_text(const Dialect &dialect, const std::string &type, const std::string &id) {
  static const std::string elements = "0" + label_elements();
  return "(select " + dialect.json_array(elements) + " from {prefix}record_label l where l.record_type = " + type +
         " and l.record_id = " + id + " and (l.title <> '' or l.deleted = 1))";
}

void read_label_text(const std::string &text, const domain::Reference &record, Labels &labels) {
  if (text.empty() || labels.count(record) != 0) {
    return; // few people say the many messages of a page
  }
  JsonTextReader reader(text);
  reader.expect('[');
  reader.number();
  read_label_elements(reader, record, labels);
  reader.expect(']');
  reader.end();
}

} // namespace parley::adapters::sql
