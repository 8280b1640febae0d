#include "sample-host/src/auth/api_tokens.h"

#include "sample-host/src/auth/secrets.h"
#include "sample-host/src/catalogue/database.h"
#include "sample-host/src/text.h"
#include "sample-host/src/times.h"

namespace host {
namespace {
constexpr std::int64_t used_step = 3'600'000'000; // so that not every request writes
constexpr std::size_t most_kept = 100;
constexpr const char *columns = "select id, name, actor_type, actor_id, created_at, coalesce(used_at, 0),"
                                " coalesce(expires_at, 0) from api_tokens";

ApiToken token_from(const Row &row) {
  return {number(row[0]), text(row[1]), text(row[2]), text(row[3]), number(row[4]), number(row[5]), number(row[6])};
}
} // namespace

std::string ApiTokens::make(const Actor &acts_as, const std::string &name, const Actor &made_by,
                            std::int64_t expires_at) {
  const std::string secret = random_token();
  std::string id;
  database_.write([&](Connection &connection) {
    connection.execute("insert into api_tokens (secret_hash, name, actor_type, actor_id, made_by, created_at,"
                       " expires_at) values (?, ?, ?, ?, ?, ?, nullif(?, 0))",
                       {digest(secret), name, acts_as.type, acts_as.id, made_by.id, now_us(), expires_at});
    id = text(connection.rows("select last_insert_rowid()").at(0).at(0));
  });
  return id + "." + secret;
}

void ApiTokens::show_next(const std::string &session, NewToken made) {
  const std::lock_guard lock(mutex_);
  if (to_show_.size() >= most_kept) { // whoever did not come back for theirs
    to_show_.clear();
  }
  to_show_[session] = std::move(made);
}

std::optional<NewToken> ApiTokens::take_shown(const std::string &session) {
  const std::lock_guard lock(mutex_);
  const auto kept = to_show_.extract(session);
  return kept.empty() ? std::nullopt : std::optional(std::move(kept.mapped()));
}

std::vector<ApiToken> ApiTokens::all() {
  std::vector<ApiToken> tokens;
  for (const Row &row : database_.rows(std::string(columns) + " order by id desc")) {
    tokens.push_back(token_from(row));
  }
  return tokens;
}

std::optional<ApiToken> ApiTokens::find(std::int64_t id) {
  const Rows rows = database_.rows(std::string(columns) + " where id = ?", {id});
  return rows.empty() ? std::nullopt : std::optional(token_from(rows[0]));
}

bool ApiTokens::revoke(std::int64_t id) {
  std::int64_t revoked = 0;
  database_.write(
      [&](Connection &connection) { revoked = connection.execute("delete from api_tokens where id = ?", {id}); });
  return revoked != 0;
}

LoginAnswer ApiTokens::log_in(Side side, const std::string &token) {
  const auto dot = token.find('.');
  const auto id = parse_id(token.substr(0, dot));
  if (dot == std::string::npos || !id) {
    return {};
  }
  const std::string throttled = std::to_string(*id);
  const Rows rows = database_.rows(
      "select secret_hash, actor_type, actor_id, coalesce(used_at, 0), coalesce(expires_at, 0) from api_tokens"
      " where id = ?",
      {*id});
  if (rows.empty() || !same_secret(text(rows[0][0]), digest(token.substr(dot + 1)))) {
    const std::int64_t wait = throttle_.wait_seconds(throttled);
    if (wait == 0) {
      throttle_.failed(throttled);
    }
    return {std::nullopt, wait};
  }
  const std::int64_t now = now_us();
  if (const std::int64_t expires = number(rows[0][4]); expires != 0 && expires <= now) {
    return {};
  }
  auto actor = accounts_.find(text(rows[0][1]), text(rows[0][2]));
  if (!actor || actor->side != side) {
    return {};
  }
  if (number(rows[0][3]) + used_step < now) {
    database_.write([&](Connection &connection) {
      connection.execute("update api_tokens set used_at = ? where id = ?", {now, *id});
    });
  }
  return {std::move(actor)};
}

} // namespace host
