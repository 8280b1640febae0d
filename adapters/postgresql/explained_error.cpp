#include "adapters/postgresql/explained_error.hpp"

#include <map>
#include <string_view>

namespace parley::adapters {
namespace {

constexpr auto kRole = "select cast(current_user as text)";
/// Of what the plugin needs on each of its tables.
constexpr auto kLacking =
    "select coalesce(string_agg(wanted, ', '), '') from unnest(array['SELECT', 'INSERT', 'UPDATE', "
    "'DELETE']) wanted where not has_table_privilege(to_regclass(:name), wanted)";
constexpr auto kSchema =
    "select cast(has_schema_privilege(oid, 'USAGE') as integer) from pg_catalog.pg_namespace where nspname = :schema";

std::string first_text(Session &session, std::string_view sql, const Parameters &parameters = {}) {
  auto rows = session.query(sql, "t", parameters);
  return rows.next() ? rows.text() : std::string();
}

std::string sentence(Session &session, const std::string &right, const std::string &of) {
  const bool several = right.find(',') != std::string::npos;
  return "The role \"" + first_text(session, kRole) + "\" lacks the right" + (several ? "s " : " ") + right + " on " +
         of;
}

std::string right_on(Session &session, const std::string &kind, const std::string &name) {
  static const std::map<std::string, std::string> usual{
      {"schema", "USAGE"}, {"function", "EXECUTE"}, {"sequence", "USAGE"}, {"database", "CONNECT"}};
  if (kind == "table") {
    return first_text(session, kLacking, {{"name", name}});
  }
  const auto found = usual.find(kind);
  return found == usual.end() ? std::string() : found->second;
}

/// "permission denied for table message"
std::string lacking_right(Session &session, std::string_view message) {
  constexpr std::string_view begin = "permission denied for ";
  const auto at = message.find(begin);
  const auto blank = at == std::string_view::npos ? at : message.find(' ', at + begin.size());
  if (blank == std::string_view::npos) {
    return {};
  }
  const std::string kind(message.substr(at + begin.size(), blank - at - begin.size()));
  const std::string name(message.substr(blank + 1));
  const std::string right = right_on(session, kind, name);
  return right.empty() ? right : sentence(session, right, kind + " " + name);
}

std::string hidden_schema(Session &session, const std::string &schema) {
  auto rows = session.query(kSchema, "i", {{"schema", schema}});
  if (!rows.next()) {
    return "There is no schema \"" + schema + "\"";
  }
  return rows.integer() != 0 ? std::string() : sentence(session, "USAGE", "schema " + schema);
}

} // namespace

DatabaseError explained_error(Session &session, const std::string &schema, const DatabaseError &error) {
  std::string why;
  if (error.kind() == ErrorKind::rights) {
    why = lacking_right(session, error.what());
  } else if (error.kind() == ErrorKind::schema && !schema.empty()) {
    why = hidden_schema(session, schema);
  }
  if (why.empty()) {
    return error;
  }
  return {ErrorKind::rights, why + " (PostgreSQL " + error.code() + ")", error.code()};
}

} // namespace parley::adapters
