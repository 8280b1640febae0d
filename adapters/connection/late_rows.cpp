#include "adapters/connection/late_rows.hpp"

#include <map>
#include <utility>

#include "adapters/connection/session.hpp"

namespace parley::adapters {

void LateRows::add(std::string sql, std::string row) {
  rows_.push_back({std::move(sql), std::move(row)});
}

void LateRows::back_to(std::size_t size) {
  rows_.erase(rows_.begin() + static_cast<std::ptrdiff_t>(size), rows_.end());
}

void LateRows::carry_out(Session &session) const {
  std::map<std::string, std::string> statements;
  for (const Row &row : rows_) {
    std::string &json = statements[row.sql];
    json += json.empty() ? '[' : ',';
    json += row.json;
  }
  for (const auto &[sql, json] : statements) {
    session.execute(sql, {{"rows", json + "]"}});
  }
}

} // namespace parley::adapters
