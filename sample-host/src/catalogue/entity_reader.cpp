#include "sample-host/src/catalogue/entity_reader.h"

#include <algorithm>
#include <map>

#include <nlohmann/json.hpp>

#include <parley/ext/authority.h>
#include <parley/ext/entity.h>

#include "sample-host/src/auth/secrets.h"
#include "sample-host/src/catalogue/rights.h"
#include "sample-host/src/fault.h"
#include "sample-host/src/times.h"
#include "sample-host/src/words.h"

namespace host {
namespace {

constexpr std::size_t ids_at_once = 500;

// A piece of SQL with the values of its placeholders.
struct Sql {
  std::string text;
  Values values;

  Sql &add(const std::string &more) {
    text += more;
    return *this;
  }
  Sql &add(const std::string &more, Value value) {
    text += more;
    values.push_back(std::move(value));
    return *this;
  }
  Sql &add(const Sql &more) {
    text += more.text;
    values.insert(values.end(), more.values.begin(), more.values.end());
    return *this;
  }
};

Sql nothing() {
  return {"0", {}};
}
Sql everything() {
  return {"1", {}};
}
Sql equals(const std::string &sql, const std::string &id) {
  return {sql + " = ?", {id}};
}
Sql is_below(const std::string &sql, const char *table, const std::string &root) {
  return {sql + " in (" + subtree_sql(table) + ")", {root}};
}

// What a level means for the host's own entities.
Sql reach(const EntityDescription &entity, const Actor &actor, std::uint32_t level) {
  const OwnershipDescription &of = entity.ownership;
  const bool backoffice = actor.side == Side::backoffice;
  const std::string &unit = backoffice ? of.unit : of.customer;
  const std::string &unit_id = backoffice ? actor.unit : actor.customer;
  const std::string &own = backoffice ? of.user : of.customer_user.empty() ? of.customer : of.customer_user;
  const std::string &own_id = backoffice ? actor.id : of.customer_user.empty() ? actor.customer : actor.id;
  if (level >= PARLEY_LEVEL_GLOBAL && backoffice) {
    return everything();
  }
  if (level >= PARLEY_LEVEL_ORGANIZATION) {
    return of.organization.empty() ? everything() : equals(of.organization, actor.organization);
  }
  if (level == PARLEY_LEVEL_DIVISION) {
    return unit.empty() ? nothing() : is_below(unit, backoffice ? "businessunits" : "customers", unit_id);
  }
  if (level == PARLEY_LEVEL_UNIT) {
    return unit.empty() ? nothing() : equals(unit, unit_id);
  }
  if (level == PARLEY_LEVEL_USER) {
    return own.empty() ? nothing() : equals(own, own_id);
  }
  return nothing();
}

Sql allowed(Database &database, const EntityDescription &entity, const Actor &actor, const std::string &permission) {
  return reach(entity, actor, Rights(database).grants(actor).level(entity.type, permission));
}

// A field by which one can filter and sort.
struct Field {
  std::string sql;
  std::string sort_sql;
  Storage storage;
  bool number;
};

const AttributeDescription *find_attribute(const EntityDescription &entity, const std::string &name) {
  for (const AttributeDescription &attribute : entity.attributes) {
    if (attribute.name == name) {
      return &attribute;
    }
  }
  return nullptr;
}

Field find_field(const EntityDescription &entity, const std::string &name, const std::string &parameter) {
  if (const AttributeDescription *attribute = find_attribute(entity, name)) {
    const bool is_number = attribute->storage != Storage::text && attribute->storage != Storage::json;
    return {attribute->sql, is_number ? attribute->sql : "lower(" + attribute->sql + ")", attribute->storage,
            is_number};
  }
  for (const RelationshipDescription &relationship : entity.relationships) {
    if (relationship.name == name) {
      return {relationship.sql, "lower(" + relationship.sort_sql + ")", Storage::text, false};
    }
  }
  throw Fault(PARLEY_MALFORMED, "unknown-field", "There is no field \"" + name + "\".", parameter);
}

Value stored(const Field &field, const std::string &value, const std::string &parameter) {
  switch (field.storage) {
  case Storage::text:
  case Storage::json:
    return value;
  case Storage::time:
    if (const auto us = parse_time(value)) {
      return *us;
    }
    throw Fault(PARLEY_MALFORMED, "not-a-time", "This is not a time: \"" + value + "\".", parameter);
  case Storage::cents:
  case Storage::integer:
    try {
      std::size_t used = 0;
      const double amount = std::stod(value, &used);
      if (used == value.size() && amount > -1e15 && amount < 1e15) {
        const double scaled = field.storage == Storage::cents ? amount * 100 : amount;
        return static_cast<std::int64_t>(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
      }
    } catch (const std::logic_error &) { // what std::stod throws
    }
    throw Fault(PARLEY_MALFORMED, "not-a-number", "This is not a number: \"" + value + "\".", parameter);
  }
  return value;
}

Sql search_condition(const EntityDescription &entity, const std::string &words) {
  Sql all{"1", {}};
  for (const std::string &word : split(trim(words), ' ')) {
    if (word.empty()) {
      continue;
    }
    Sql any{"0", {}};
    for (const AttributeDescription &attribute : entity.attributes) {
      if ((attribute.flags & PARLEY_FIELD_SEARCH) != 0) {
        any.add(" or instr(lower(" + attribute.sql + "), lower(?)) > 0", word);
      }
    }
    for (const RelationshipDescription &relationship : entity.relationships) {
      if ((relationship.flags & PARLEY_FIELD_GRID) != 0) {
        any.add(" or instr(lower(" + relationship.sort_sql + "), lower(?)) > 0", word);
      }
    }
    all.add(" and (").add(any).add(")");
  }
  return all;
}

Sql filter_condition(const EntityDescription &entity, const Filter &filter) {
  if (filter.operation == PARLEY_FILTER_SEARCH) {
    return search_condition(entity, filter.values.empty() ? std::string() : filter.values[0]);
  }
  const std::string parameter = "filter[" + filter.field + "]";
  const Field field = find_field(entity, filter.field, parameter);
  const auto compare = [&](const char *sign) {
    return Sql{field.sql + sign + "?", {stored(field, filter.values.at(0), parameter)}};
  };
  switch (filter.operation) {
  case PARLEY_FILTER_EQUAL:
  case PARLEY_FILTER_NOT_EQUAL: {
    Sql list{"", {}};
    for (const std::string &value : filter.values) {
      list.add(list.text.empty() ? "?" : ", ?", stored(field, value, parameter));
    }
    const bool equal = filter.operation == PARLEY_FILTER_EQUAL;
    return Sql{}
        .add("(" + field.sql + (equal ? " in (" : " not in ("))
        .add(list)
        .add(equal ? "))" : ") or " + field.sql + " is null)");
  }
  case PARLEY_FILTER_GREATER:
    return compare(" > ");
  case PARLEY_FILTER_GREATER_OR_EQUAL:
    return compare(" >= ");
  case PARLEY_FILTER_LESS:
    return compare(" < ");
  case PARLEY_FILTER_LESS_OR_EQUAL:
    return compare(" <= ");
  case PARLEY_FILTER_CONTAINS:
    return {"instr(lower(" + field.sql + "), lower(?)) > 0", {filter.values.at(0)}};
  case PARLEY_FILTER_EXISTS:
    return {field.sql + (filter.values.at(0) == "false" ? " is null" : " is not null"), {}};
  default:
    throw Fault(PARLEY_MALFORMED, "unknown-operator", word("This way of filtering is not known."), parameter);
  }
}

Sql conditions(const EntityDescription &entity, const std::vector<Filter> &filters) {
  Sql all{"1", {}};
  for (const Filter &filter : filters) {
    all.add(" and (").add(filter_condition(entity, filter)).add(")");
  }
  return all;
}

// The keys of an order, made unique by the id.
struct Key {
  std::string sql; // never NULL
  bool descending;
  bool number;
};

std::vector<Sort> sorts_or_default(const EntityDescription &entity, const std::vector<Sort> &sorts) {
  if (!sorts.empty()) {
    return sorts;
  }
  std::vector<Sort> result;
  for (const std::string &name : split(entity.default_sort, ',')) {
    const bool descending = name[0] == '-';
    result.push_back({descending ? name.substr(1) : name, descending});
  }
  return result;
}

std::vector<Key> keys_of(const EntityDescription &entity, const std::vector<Sort> &sorts) {
  std::vector<Key> keys;
  for (const Sort &sort : sorts_or_default(entity, sorts)) {
    const Field field = find_field(entity, sort.field, "sort");
    keys.push_back({"coalesce(" + field.sort_sql + (field.number ? ", -1)" : ", '')"), sort.descending, field.number});
  }
  keys.push_back({"t.id", keys.front().descending, true});
  return keys;
}

std::string order_by(const std::vector<Key> &keys, bool reversed) {
  std::string sql;
  for (const Key &key : keys) {
    sql += (sql.empty() ? " order by " : ", ") + key.sql + (key.descending != reversed ? " desc" : " asc");
  }
  return sql;
}

std::string cursor_of(const Row &row, std::size_t first_key) {
  nlohmann::json values = nlohmann::json::array();
  for (std::size_t i = first_key; i < row.size(); ++i) {
    values.push_back(text(row[i]));
  }
  return base64url_encode(values.dump());
}

// Rows behind (or before) the one that the cursor names.
Sql beyond(const std::vector<Key> &keys, const std::string &cursor, bool before) {
  const std::string parameter = before ? "page[before]" : "page[after]";
  const auto values = nlohmann::json::parse(base64_decode(cursor), nullptr, false);
  const auto is_clean = [](const nlohmann::json &value) {
    return value.is_string() && value.get_ref<const std::string &>().find('\0') == std::string::npos;
  };
  if (!values.is_array() || values.size() != keys.size() || !std::all_of(values.begin(), values.end(), is_clean) ||
      base64url_encode(values.dump()) != cursor) {
    throw Fault(PARLEY_MALFORMED, "invalid-cursor", word("This cursor is not of this list."), parameter);
  }
  std::vector<Value> bound;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const std::string value = values[i].get<std::string>();
    if (!keys[i].number) {
      bound.emplace_back(value);
      continue;
    }
    const auto parsed = parse_id(value == "-1" ? "0" : value);
    if (!parsed) {
      throw Fault(PARLEY_MALFORMED, "invalid-cursor", word("This cursor is not of this list."), parameter);
    }
    bound.emplace_back(value == "-1" ? std::int64_t{-1} : *parsed);
  }
  Sql any{"0", {}};
  for (std::size_t i = 0; i < keys.size(); ++i) {
    Sql all{"1", {}};
    for (std::size_t j = 0; j < i; ++j) {
      all.add(" and " + keys[j].sql + " = ?", bound[j]);
    }
    all.add(" and " + keys[i].sql + (keys[i].descending != before ? " < ?" : " > ?"), bound[i]);
    any.add(" or (").add(all).add(")");
  }
  return any;
}

std::string columns_of(const EntityDescription &entity) {
  std::string sql = "t.id";
  for (const AttributeDescription &attribute : entity.attributes) {
    sql += ", " + attribute.sql;
  }
  for (const RelationshipDescription &relationship : entity.relationships) {
    sql += ", " + relationship.sql;
  }
  return sql;
}

std::string source_of(const EntityDescription &entity) {
  return " from " + entity.table + " t" + entity.joins;
}

Record record_from(const EntityDescription &entity, const Row &row) {
  Record record;
  record.id = text(row[0]);
  const auto attributes = row.begin() + 1;
  const auto relationships = attributes + static_cast<std::ptrdiff_t>(entity.attributes.size());
  record.attributes.assign(attributes, relationships);
  record.relationships.assign(relationships, relationships + static_cast<std::ptrdiff_t>(entity.relationships.size()));
  return record;
}

// Ids that may be ids at all, in portions that SQLite takes.
std::vector<std::vector<std::string>> portions(const std::vector<std::string> &ids) {
  std::vector<std::vector<std::string>> result;
  for (const std::string &id : ids) {
    const auto parsed = parse_id(id);
    if (!parsed || std::to_string(*parsed) != id) {
      continue;
    }
    if (result.empty() || result.back().size() == ids_at_once) {
      result.emplace_back();
    }
    result.back().push_back(id);
  }
  return result;
}

Sql id_in(const std::vector<std::string> &ids) {
  Sql list{"", {}};
  for (const std::string &id : ids) {
    list.add(list.text.empty() ? "?" : ", ?", parse_id(id).value());
  }
  return Sql{}.add("t.id in (").add(list).add(")");
}

std::string facts_columns(const EntityDescription &entity) {
  const OwnershipDescription &of = entity.ownership;
  std::string sql = "t.id, " + entity.title_sql;
  for (const std::string *id : {&of.user, &of.unit, &of.customer, &of.customer_user, &of.organization, &of.website}) {
    sql += ", " + (id->empty() ? std::string("null") : *id);
  }
  return sql;
}

RecordFacts facts_from(const Row &row) {
  return {text(row[0]), text(row[1]), text(row[2]), text(row[3]),
          text(row[4]), text(row[5]), text(row[6]), text(row[7])};
}

} // namespace

RecordPage EntityReader::list(const EntityDescription &entity, const Actor &actor, const ListQuery &query) {
  const std::vector<Key> keys = keys_of(entity, query.sorts);
  const bool backwards = !query.before.empty();
  Sql where = Sql{}.add(" where (").add(allowed(database_, entity, actor, "view")).add(") and ");
  where.add(conditions(entity, query.filters));

  RecordPage page;
  if (query.want_total) {
    page.total = static_cast<std::uint64_t>(
        number(database_.rows("select count(*)" + source_of(entity) + where.text, where.values).at(0).at(0)));
  }
  if (backwards || !query.after.empty()) {
    where.add(" and (").add(beyond(keys, backwards ? query.before : query.after, backwards)).add(")");
  }
  const std::uint64_t offset =
      query.page_number > 1 ? static_cast<std::uint64_t>(query.page_number - 1) * query.page_size : 0;
  Sql sql = Sql{}.add("select " + columns_of(entity));
  for (const Key &key : keys) {
    sql.add(", " + key.sql);
  }
  sql.add(source_of(entity)).add(where).add(order_by(keys, backwards));
  sql.add(" limit ?", static_cast<std::int64_t>(query.page_size) + 1);
  sql.add(" offset ?", static_cast<std::int64_t>(offset));

  Rows rows = database_.rows(sql.text, sql.values);
  const bool more = rows.size() > query.page_size;
  if (more) {
    rows.pop_back();
  }
  if (backwards) {
    std::reverse(rows.begin(), rows.end());
  }
  page.has_previous = backwards ? more : !query.after.empty() || offset > 0;
  page.has_next = backwards || more;
  for (const Row &row : rows) {
    page.records.push_back(record_from(entity, row));
    if (query.page_number == 0) {
      page.records.back().cursor = cursor_of(row, row.size() - keys.size());
    }
  }
  return page;
}

std::uint64_t EntityReader::count(const EntityDescription &entity, const Actor &actor,
                                  const std::vector<Filter> &filters) {
  const Sql sql = Sql{}
                      .add("select count(*)" + source_of(entity) + " where (")
                      .add(allowed(database_, entity, actor, "view"))
                      .add(") and ")
                      .add(conditions(entity, filters));
  return static_cast<std::uint64_t>(number(database_.rows(sql.text, sql.values).at(0).at(0)));
}

std::vector<Record> EntityReader::get(const EntityDescription &entity, const Actor &actor,
                                      const std::vector<std::string> &ids) {
  const Sql rule = allowed(database_, entity, actor, "view");
  std::map<std::string, Record> found;
  for (const auto &portion : portions(ids)) {
    const Sql sql = Sql{}
                        .add("select " + columns_of(entity) + source_of(entity) + " where (")
                        .add(rule)
                        .add(") and ")
                        .add(id_in(portion));
    for (const Row &row : database_.rows(sql.text, sql.values)) {
      found.emplace(text(row[0]), record_from(entity, row));
    }
  }
  std::vector<Record> records;
  for (const std::string &id : ids) {
    if (const auto record = found.find(id); record != found.end()) {
      records.push_back(record->second);
    }
  }
  return records;
}

std::vector<std::string> EntityReader::visible(const EntityDescription &entity, const Actor &actor,
                                               const std::vector<std::string> &ids) {
  const Sql rule = allowed(database_, entity, actor, "view");
  std::vector<std::string> result;
  for (const auto &portion : portions(ids)) {
    const Sql sql =
        Sql{}.add("select t.id" + source_of(entity) + " where (").add(rule).add(") and ").add(id_in(portion));
    for (const Row &row : database_.rows(sql.text, sql.values)) {
      result.push_back(text(row[0]));
    }
  }
  return result;
}

std::vector<RecordFacts> EntityReader::facts(const EntityDescription &entity, const std::vector<std::string> &ids) {
  std::vector<RecordFacts> result;
  for (const auto &portion : portions(ids)) {
    const Sql sql = Sql{}.add("select " + facts_columns(entity) + source_of(entity) + " where ").add(id_in(portion));
    for (const Row &row : database_.rows(sql.text, sql.values)) {
      result.push_back(facts_from(row));
    }
  }
  return result;
}

std::vector<RecordFacts> EntityReader::search(const EntityDescription &entity, const Actor &actor,
                                              const std::string &words, std::uint32_t limit) {
  const std::string title = "lower(" + entity.title_sql + ")";
  const Sql sql = Sql{}
                      .add("select " + facts_columns(entity) + source_of(entity) + " where (")
                      .add(allowed(database_, entity, actor, "view"))
                      .add(") and instr(" + title + ", lower(?)) > 0", trim(words))
                      .add(" order by instr(" + title + ", lower(?)), ", trim(words))
                      .add(title + ", t.id limit ?", static_cast<std::int64_t>(limit));
  std::vector<RecordFacts> result;
  for (const Row &row : database_.rows(sql.text, sql.values)) {
    result.push_back(facts_from(row));
  }
  return result;
}

bool EntityReader::may(const EntityDescription &entity, const Actor &actor, const std::string &permission) {
  return Rights(database_).grants(actor).level(entity.type, permission) != PARLEY_LEVEL_NONE;
}

void EntityReader::remove(const EntityDescription &entity, const Actor &actor, const std::string &id) {
  if (visible(entity, actor, {id}).empty()) {
    throw Fault(PARLEY_NOT_FOUND, "not-found", word("There is no such record."));
  }
  if (entity.type == actor.type && id == actor.id) {
    throw Fault(PARLEY_CONFLICT, "own-account", word("You cannot delete your own account."));
  }
  const Sql rule = allowed(database_, entity, actor, "delete");
  const Sql sql = Sql{}
                      .add("delete from " + entity.table + " where id in (select t.id" + source_of(entity) + " where (")
                      .add(rule)
                      .add(") and t.id = ?)", parse_id(id).value());
  database_.write([&](Connection &connection) {
    if (connection.execute(sql.text, sql.values) == 0) {
      throw Fault(PARLEY_FORBIDDEN, "forbidden", word("You may not delete this record."));
    }
    connection.execute("delete from actor_roles where actor_type = ? and actor_id = ?", {entity.type, id});
    connection.execute("delete from sessions where actor_type = ? and actor_id = ?", {entity.type, id});
    Rights::bump_version(connection);
  });
}

} // namespace host
