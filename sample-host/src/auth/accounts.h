// People who can log in: users on the back office's side, customer users on the storefront's.
#ifndef PARLEY_SAMPLE_HOST_AUTH_ACCOUNTS_H
#define PARLEY_SAMPLE_HOST_AUTH_ACCOUNTS_H

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "sample-host/src/actor.h"
#include "sample-host/src/auth/login_throttle.h"

namespace host {

class Database;

struct LoginAnswer {
  std::optional<Actor> actor;    // who it is, where the password is right
  std::int64_t wait_seconds = 0; // too many failures: try again later
};

// [thread-safe]. Throws DatabaseError.
class Accounts {
public:
  explicit Accounts(Database &database);

  LoginAnswer log_in(Side side, const std::string &login, std::string_view password);
  // For HTTP Basic: remembers for a minute what was right, since verifying is made to be slow.
  LoginAnswer log_in_quickly(Side side, const std::string &login, std::string_view password);
  std::optional<Actor> find(std::string_view type, std::string_view id);
  // A user by the user name, else a customer user by the e-mail address.
  std::optional<Actor> find_by_login(const std::string &login);
  // What somebody chose. time_zone: a name that zone_names() has.
  void choose_language(const Actor &actor, const std::string &locale, const std::string &time_zone);

private:
  struct Remembered {
    std::string actor_id;
    std::int64_t until_us;
  };

  Database &database_;
  LoginThrottle throttle_;
  std::string key_; // of the digests in remembered_
  std::mutex mutex_;
  std::map<std::string, Remembered> remembered_;
};

} // namespace host

#endif
