#include "migrations/copied_table.hpp"

#include <algorithm>
#include <map>

#include "migrations/migrations.hpp"

namespace parley::migrations {
namespace {

using adapters::Kind;
using adapters::Parameter;
using adapters::Parameters;
using adapters::Session;

/// Rows of a batch: bodies of messages may have 64 KB.
constexpr std::size_t kBatch = 250;

struct Spec {
  const char *name;
  std::vector<std::string> key;
};

/// The row of event_feed is there from the start, and written at the end.
const std::vector<Spec> &specs() {
  static const std::vector<Spec> all{
      {"conversation", {"id"}},
      {"message", {"id"}},
      {"participant", {"id"}},
      {"context", {"id"}},
      {"record_label", {"record_type", "record_id"}},
      {"event", {"position"}},
      {"idempotency", {"actor_type", "actor_id", "audience", "idempotency_key"}},
      {"workflow_state", {"name"}},
  };
  return all;
}

bool has(const std::string &text, const char *part) {
  return text.find(part) != std::string::npos;
}

/// Nobody writes it: it follows from other columns.
bool is_generated(const std::string &declared) {
  return has(declared, " generated ") || has(declared, " GENERATED") || has(declared, "hidden 2") ||
         has(declared, "hidden 3");
}

Kind kind_of(const std::string &declared) {
  const auto type = declared.substr(0, declared.find_first_of(" (;"));
  const bool integer =
      type == "bigint" || type == "integer" || type == "smallint" || type == "tinyint" || type == "int";
  return integer ? Kind::integer : Kind::text;
}

std::map<std::string, Kind> stored_columns(const SchemaDescription &schema, const std::string &prefix,
                                           const std::string &name) {
  std::map<std::string, Kind> columns;
  const auto table = schema.find({"table", prefix + name});
  if (table == schema.end()) {
    throw Error(Error::Why::failed, "Table " + prefix + name + " is missing.");
  }
  for (const auto &[column, declared] : table->second.columns) {
    // What servers number events by until they have a position.
    const bool own_id = name == "event" && column == "id";
    if (!is_generated(declared) && !own_id) {
      columns.emplace(column, kind_of(declared));
    }
  }
  return columns;
}

void demand_same(const std::string &table, const std::map<std::string, Kind> &some,
                 const std::map<std::string, Kind> &others) {
  for (const auto &[column, kind] : some) {
    const auto other = others.find(column);
    if (other == others.end() || other->second != kind) {
      std::string sentence = "Table " + table + ": column ";
      sentence += column + " is not the same in both databases. Bring both schemas up first.";
      throw Error(Error::Why::failed, sentence);
    }
  }
}

std::string list(const std::vector<CopiedColumn> &columns, std::size_t count, const std::string &after = "") {
  std::string text;
  for (std::size_t at = 0; at < count; ++at) {
    text += (at == 0 ? "" : ", ") + columns[at].name + after;
  }
  return text;
}

std::string kinds(const std::vector<CopiedColumn> &columns, std::size_t count) {
  std::string text;
  for (std::size_t at = 0; at < count; ++at) {
    text += columns[at].kind == Kind::integer ? 'i' : 't';
  }
  return text;
}

CopiedRow row_of(adapters::Rows &rows, const std::vector<CopiedColumn> &columns, std::size_t count) {
  CopiedRow row(count);
  for (std::size_t at = 0; at < count; ++at) {
    row[at].null = rows.null();
    if (columns[at].kind == Kind::integer) {
      row[at].integer = rows.integer();
    } else {
      row[at].text = rows.text();
    }
  }
  return row;
}

Parameter parameter(const std::string &name, const CopiedColumn &column, const CopiedValue &value) {
  if (column.kind == Kind::integer) {
    return {name, value.null ? std::optional<std::int64_t>() : value.integer};
  }
  return {name, value.null ? std::optional<std::string>() : value.text};
}

} // namespace

CopiedTableRows::CopiedTableRows(std::string name, std::vector<CopiedColumn> columns, std::size_t key_columns)
    : name_(std::move(name)), columns_(std::move(columns)), key_columns_(key_columns) {}

std::vector<CopiedRow> CopiedTableRows::read(Session &session, const CopiedRow &after) const {
  std::string sql = "select " + list(columns_, columns_.size()) + " from {prefix}" + name_;
  Parameters parameters;
  if (!after.empty()) {
    // Written out: MariaDB takes no index for a comparison of rows. Each place has a name of its own.
    sql += " where ";
    for (std::size_t at = 0; at < key_columns_; ++at) {
      sql += at == 0 ? "(" : " or (";
      for (std::size_t before = 0; before <= at; ++before) {
        const std::string name = "k" + std::to_string(at) + "_" + std::to_string(before);
        sql += (before == 0 ? "" : " and ") + columns_[before].name + (before == at ? " > :" : " = :") + name;
        parameters.push_back(parameter(name, columns_[before], after[before]));
      }
      sql += ")";
    }
  } else if (columns_.front().kind == Kind::integer) {
    // Events that have no position yet are no part of the feed.
    sql += " where " + columns_.front().name + " is not null";
  }
  sql += " order by " + list(columns_, key_columns_) + " limit " + std::to_string(kBatch);
  std::vector<CopiedRow> batch;
  auto rows = session.query(sql, kinds(columns_, columns_.size()), parameters);
  while (rows.next()) {
    batch.push_back(row_of(rows, columns_, columns_.size()));
  }
  return batch;
}

void CopiedTableRows::write(Session &session, const std::vector<CopiedRow> &rows) const {
  std::string sql = "insert into {prefix}" + name_ + " (" + list(columns_, columns_.size()) + ") values ";
  Parameters parameters;
  parameters.reserve(rows.size() * columns_.size());
  for (std::size_t row = 0; row < rows.size(); ++row) {
    sql += row == 0 ? "(" : ", (";
    for (std::size_t at = 0; at < columns_.size(); ++at) {
      const std::string name = "v" + std::to_string(row) + "_" + std::to_string(at);
      sql += (at == 0 ? ":" : ", :") + name;
      parameters.push_back(parameter(name, columns_[at], rows[row][at]));
    }
    sql += ")";
  }
  session.execute(sql, parameters);
}

CopiedRow CopiedTableRows::last_key(Session &session) const {
  auto rows = session.query("select " + list(columns_, key_columns_) + " from {prefix}" + name_ + " order by " +
                                list(columns_, key_columns_, " desc") + " limit 1",
                            kinds(columns_, key_columns_));
  return rows.next() ? row_of(rows, columns_, key_columns_) : CopiedRow{};
}

std::int64_t CopiedTableRows::count(Session &session) const {
  auto rows = session.query("select count(*) from {prefix}" + name_, "i");
  rows.next();
  return rows.integer();
}

void CopiedTableRows::digest(const CopiedRow &row, Digest &digest) const {
  for (std::size_t at = 0; at < columns_.size(); ++at) {
    if (row[at].null) {
      digest.null();
    } else if (columns_[at].kind == Kind::integer) {
      digest.integer(row[at].integer);
    } else {
      digest.text(row[at].text);
    }
  }
}

std::vector<CopiedTableRows> copied_tables(const SchemaDescription &from, const std::string &from_prefix,
                                           const SchemaDescription &to, const std::string &to_prefix) {
  std::vector<CopiedTableRows> tables;
  for (const Spec &spec : specs()) {
    auto columns = stored_columns(from, from_prefix, spec.name);
    const auto others = stored_columns(to, to_prefix, spec.name);
    demand_same(spec.name, columns, others);
    demand_same(spec.name, others, columns);
    std::vector<CopiedColumn> ordered;
    for (const std::string &key : spec.key) {
      ordered.push_back({key, columns.at(key)});
      columns.erase(key);
    }
    for (const auto &[name, kind] : columns) {
      ordered.push_back({name, kind});
    }
    tables.emplace_back(spec.name, std::move(ordered), spec.key.size());
  }
  return tables;
}

} // namespace parley::migrations
