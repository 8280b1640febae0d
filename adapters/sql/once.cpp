#include "adapters/sql/once.hpp"

#include <string>

#include "plugin/domain/names.hpp"

namespace parley::adapters::sql {
namespace {

constexpr auto kFind = "select fingerprint, conversation, all_index, public_index from {prefix}idempotency "
                       "where actor_type = :type and actor_id = :id and audience = :audience and "
                       "idempotency_key = :key and expires_at > :now";
constexpr auto kForget = "delete from {prefix}idempotency where actor_type = :type and actor_id = :id and "
                         "audience = :audience and idempotency_key = :key and expires_at <= :now";
constexpr auto kKeep =
    "insert into {prefix}idempotency (actor_type, actor_id, audience, idempotency_key, fingerprint, conversation, "
    "all_index, public_index, created_at, expires_at) values (:type, :id, :audience, :key, :fingerprint, "
    ":conversation, :all_index, :public_index, :now, :expires_at)";

/// The key is the actor's, in its audience.
Parameters key_of(const store::Doing &doing) {
  return {{"type", doing.actor.type},
          {"id", doing.actor.id},
          {"audience", std::string(domain::name_of(doing.audience))},
          {"key", doing.once->key}};
}

std::optional<std::int64_t> number_or_null(std::int64_t number) {
  return number == 0 ? std::nullopt : std::optional(number);
}

} // namespace

domain::Result<std::optional<store::Outcome>> done_before(Session &session, const store::Doing &doing) {
  if (!doing.once) {
    return std::optional<store::Outcome>();
  }
  Parameters key = key_of(doing);
  key.emplace_back("now", doing.now);
  auto rows = session.query(kFind, "tiii", key);
  if (!rows.next()) {
    return std::optional<store::Outcome>();
  }
  if (rows.text() != doing.once->fingerprint) {
    return domain::failure(domain::Code::invalid, "idempotency-key-used",
                           "This Idempotency-Key was used for another request.");
  }
  store::Outcome outcome;
  outcome.conversation = rows.integer();
  outcome.index = rows.integer();
  outcome.public_index = rows.integer();
  return std::optional(outcome);
}

void keep_done(Session &session, const store::Doing &doing, const store::Outcome &outcome) {
  Parameters key = key_of(doing);
  key.emplace_back("now", doing.now);
  // One that has expired. Another, which was kept since done_before() looked, makes this one not unique: then the command
  // is taken back and run again, and finds it.
  session.execute(kForget, key);
  key.emplace_back("fingerprint", doing.once->fingerprint);
  key.emplace_back("conversation", number_or_null(outcome.conversation));
  key.emplace_back("all_index", number_or_null(outcome.index));
  key.emplace_back("public_index", number_or_null(outcome.public_index));
  key.emplace_back("expires_at", doing.once->expires_at);
  session.execute(kKeep, key);
}

bool purge_done(Session &session, const Dialect &dialect, domain::Time now, std::uint32_t limit) {
  const std::string sql = "delete from {prefix}idempotency" +
                          dialect.some_of("{prefix}idempotency", "actor_type, actor_id, audience, idempotency_key",
                                          "expires_at <= :now order by expires_at", ":limit");
  const auto forgotten = session.execute(sql, {{"now", now}, {"limit", std::int64_t{limit}}});
  return static_cast<std::uint64_t>(forgotten) >= limit;
}

} // namespace parley::adapters::sql
