#include "sample-host/src/auth/accounts.h"

#include "sample-host/src/auth/secrets.h"
#include "sample-host/src/catalogue/database.h"
#include "sample-host/src/text.h"
#include "sample-host/src/times.h"

namespace host {
namespace {

constexpr std::int64_t remembered_us = 60'000'000;
constexpr std::size_t most_remembered = 1000;

const std::string user_columns =
    "select id, username, first_name || ' ' || last_name, organization_id, '', unit_id, '', locale, time_zone,"
    " password_hash from users where ";
const std::string customer_user_columns =
    "select id, email, first_name || ' ' || last_name, organization_id, website_id, '', customer_id, locale,"
    " time_zone, password_hash from customerusers where ";

Actor actor_from(const Row &row, Side side) {
  return {side,         side == Side::backoffice ? "users" : "customerusers",
          text(row[0]), text(row[1]),
          text(row[2]), text(row[3]),
          text(row[4]), text(row[5]),
          text(row[6]), text(row[7]),
          text(row[8])};
}

// name: in lower case.
Rows rows_of_login(Database &database, Side side, const std::string &name) {
  const bool backoffice = side == Side::backoffice;
  return database.rows(backoffice ? user_columns + "lower(username) = ?" : customer_user_columns + "lower(email) = ?",
                       {name});
}

} // namespace

Accounts::Accounts(Database &database) : database_(database), key_(random_token()) {}

LoginAnswer Accounts::log_in(Side side, const std::string &login, std::string_view password) {
  const bool backoffice = side == Side::backoffice;
  const std::string name = lower_ascii(trim(login));
  const std::string throttled = (backoffice ? "u:" : "c:") + name.substr(0, 200);
  const VerificationPass pass; // first, so that guesses made at once are counted before the next is tried
  if (!pass.granted()) {
    return {std::nullopt, 1};
  }
  if (const std::int64_t wait = throttle_.wait_seconds(throttled); wait > 0) {
    return {std::nullopt, wait};
  }
  const Rows rows = rows_of_login(database_, side, name);
  if (rows.empty()) {
    verify_nothing(password);
  } else if (verify_password(text(rows[0][9]), password)) {
    throttle_.succeeded(throttled);
    return {actor_from(rows[0], side)};
  }
  throttle_.failed(throttled);
  return {};
}

LoginAnswer Accounts::log_in_quickly(Side side, const std::string &login, std::string_view password) {
  const std::string side_name = side == Side::backoffice ? "users" : "customerusers";
  const std::string remembered = digest(side_name + '\0' + login + '\0' + std::string(password), key_);
  {
    std::string id;
    {
      const std::lock_guard lock(mutex_);
      const auto found = remembered_.find(remembered);
      if (found != remembered_.end() && found->second.until_us > now_us()) {
        id = found->second.actor_id;
      }
    }
    if (!id.empty()) {
      return {find(side_name, id)};
    }
  }
  LoginAnswer answer = log_in(side, login, password);
  if (answer.actor) {
    const std::lock_guard lock(mutex_);
    if (remembered_.size() >= most_remembered) {
      remembered_.clear();
    }
    remembered_[remembered] = {answer.actor->id, now_us() + remembered_us};
  }
  return answer;
}

std::optional<Actor> Accounts::find(std::string_view type, std::string_view id) {
  const bool backoffice = type == "users";
  if ((!backoffice && type != "customerusers") || !parse_id(id)) {
    return std::nullopt;
  }
  const Rows rows = database_.rows((backoffice ? user_columns : customer_user_columns) + "id = ?", {std::string(id)});
  if (rows.empty()) {
    return std::nullopt;
  }
  return actor_from(rows[0], backoffice ? Side::backoffice : Side::storefront);
}

std::optional<Actor> Accounts::find_by_login(const std::string &login) {
  for (const Side side : {Side::backoffice, Side::storefront}) {
    if (const Rows rows = rows_of_login(database_, side, lower_ascii(trim(login))); !rows.empty()) {
      return actor_from(rows[0], side);
    }
  }
  return std::nullopt;
}

void Accounts::choose_language(const Actor &actor, const std::string &locale, const std::string &time_zone) {
  const std::string table = actor.side == Side::backoffice ? "users" : "customerusers";
  database_.write([&](Connection &connection) {
    connection.execute("update " + table + " set locale = ?, time_zone = ? where id = ?",
                       {locale, time_zone, actor.id});
  });
}

} // namespace host
