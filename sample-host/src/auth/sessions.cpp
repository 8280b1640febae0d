#include "sample-host/src/auth/sessions.h"

#include "sample-host/src/auth/secrets.h"
#include "sample-host/src/catalogue/database.h"
#include "sample-host/src/times.h"

namespace host {
namespace {

constexpr std::int64_t hour = 3'600'000'000;
constexpr std::int64_t longest = 7 * 24 * hour;
constexpr std::int64_t longest_idle = 12 * hour;
constexpr std::int64_t seen_step = hour / 6; // so that not every request writes

std::string side_name(Side side) {
  return side == Side::backoffice ? "backoffice" : "storefront";
}

} // namespace

std::string Sessions::begin(const Actor &actor, const std::string &previous_token) {
  std::string token = random_token();
  const std::int64_t now = now_us();
  database_.write([&](Connection &connection) {
    connection.execute("delete from sessions where token_hash = ? or created_at < ? or seen_at < ?",
                       {digest(previous_token), now - longest, now - longest_idle});
    connection.execute("insert into sessions (token_hash, application, actor_type, actor_id, created_at, seen_at)"
                       " values (?, ?, ?, ?, ?, ?)",
                       {digest(token), side_name(actor.side), actor.type, actor.id, now, now});
  });
  return token;
}

std::optional<Session> Sessions::find(Side side, const std::string &token) {
  if (token.size() != 43) {
    return std::nullopt;
  }
  const std::int64_t now = now_us();
  const std::string hash = digest(token);
  const Rows rows = database_.rows("select actor_type, actor_id, flash, seen_at from sessions where token_hash = ?"
                                   " and application = ? and created_at >= ? and seen_at >= ?",
                                   {hash, side_name(side), now - longest, now - longest_idle});
  if (rows.empty()) {
    return std::nullopt;
  }
  if (number(rows[0][3]) + seen_step < now) {
    database_.write([&](Connection &connection) {
      connection.execute("update sessions set seen_at = ? where token_hash = ?", {now, hash});
    });
  }
  return Session{token, text(rows[0][0]), text(rows[0][1]), text(rows[0][2])};
}

void Sessions::end(const std::string &token) {
  database_.write([&](Connection &connection) {
    connection.execute("delete from sessions where token_hash = ?", {digest(token)});
  });
}

std::vector<OpenSession> Sessions::all_of(const Actor &actor, const std::string &token) {
  const std::int64_t now = now_us();
  const std::string hash = digest(token);
  std::vector<OpenSession> sessions;
  for (const Row &row :
       database_.rows("select token_hash, created_at, seen_at from sessions where application = ?"
                      " and actor_type = ? and actor_id = ? and created_at >= ? and seen_at >= ?"
                      " order by token_hash = ? desc, seen_at desc, token_hash",
                      {side_name(actor.side), actor.type, actor.id, now - longest, now - longest_idle, hash})) {
    sessions.push_back({number(row[1]), number(row[2]), text(row[0]) == hash});
  }
  return sessions;
}

std::size_t Sessions::end_others(const Actor &actor, const std::string &token) {
  std::size_t ended = 0;
  for (const OpenSession &session : all_of(actor, token)) {
    ended += session.current ? 0 : 1;
  }
  database_.write([&](Connection &connection) {
    connection.execute("delete from sessions where application = ? and actor_type = ? and actor_id = ?"
                       " and token_hash <> ?",
                       {side_name(actor.side), actor.type, actor.id, digest(token)});
  });
  return ended;
}

void Sessions::set_flash(const std::string &token, const std::string &message) {
  database_.write([&](Connection &connection) {
    connection.execute("update sessions set flash = ? where token_hash = ?", {message, digest(token)});
  });
}

std::string Sessions::csrf_token(const std::string &token) {
  return digest("csrf", token);
}

} // namespace host
