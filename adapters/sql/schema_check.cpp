#include "adapters/sql/schema_check.hpp"

namespace parley::adapters::sql {
namespace {

using domain::Code;

constexpr auto kNewest = "select coalesce(max(number), 0) from {prefix}schema_version";

domain::Failure misfit(std::string code, std::string detail, std::int64_t present) {
  auto failure = domain::failure(Code::schema, std::move(code), std::move(detail));
  failure.faults.front().facts = {{"present", std::to_string(present)}, {"newest", std::to_string(kSchemaNumber)}};
  return failure;
}

bool has_schema(Session &session, const char *has_table) {
  auto rows = session.query(has_table, "i", {{"name", session.table_prefix() + "schema_version"}});
  rows.next();
  return rows.integer() != 0;
}

} // namespace

domain::Failure schema_is_empty() {
  return misfit("schema-empty", "The database has no tables of this plugin yet: run parley-migrate up.", 0);
}

domain::Done check_schema(Session &session, const char *has_table) {
  if (!has_schema(session, has_table)) {
    return schema_is_empty();
  }
  auto rows = session.query(kNewest, "i");
  rows.next();
  const std::int64_t present = rows.integer();
  if (present == 0) {
    return schema_is_empty();
  }
  if (present < kSchemaNumber) {
    return misfit("schema-behind", "The schema is older than this build: run parley-migrate up.", present);
  }
  if (present > kSchemaNumber) {
    return misfit("schema-ahead", "The schema is newer than this build: use the newer build.", present);
  }
  return domain::Nothing{};
}

} // namespace parley::adapters::sql
