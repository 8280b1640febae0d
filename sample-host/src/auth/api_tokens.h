// Tokens by which programs use the API in the name of a person (Authorization: Bearer). The file holds digests only.
#ifndef PARLEY_SAMPLE_HOST_AUTH_API_TOKENS_H
#define PARLEY_SAMPLE_HOST_AUTH_API_TOKENS_H

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "sample-host/src/actor.h"
#include "sample-host/src/auth/accounts.h"
#include "sample-host/src/auth/login_throttle.h"

namespace host {

class Database;

struct ApiToken {
  std::int64_t id = 0;
  std::string name;
  std::string actor_type;
  std::string actor_id;
  std::int64_t created_at = 0;
  std::int64_t used_at = 0;    // to the hour; 0: never
  std::int64_t expires_at = 0; // 0: never
};

// What its maker gets to see once.
struct NewToken {
  std::string name;
  std::string token;
};

// [thread-safe]. Throws DatabaseError.
class ApiTokens {
public:
  ApiTokens(Database &database, Accounts &accounts) : database_(database), accounts_(accounts) {}

  // Answers the token, "17.<secret>", which nobody can look up again. `expires_at` 0: it never does.
  std::string make(const Actor &acts_as, const std::string &name, const Actor &made_by, std::int64_t expires_at);
  // Keeps it for the next page of this session, in memory alone: the file never has it, and a restart forgets it.
  void show_next(const std::string &session, NewToken made);
  // What was kept; nothing the second time.
  std::optional<NewToken> take_shown(const std::string &session);
  // Newest first.
  std::vector<ApiToken> all();
  std::optional<ApiToken> find(std::int64_t id);
  // False where there is none.
  bool revoke(std::int64_t id);
  // Whom a token stands for on this side; nobody once it has expired. Guessing the secret of one token is slowed down as guessing a password is.
  LoginAnswer log_in(Side side, const std::string &token);

private:
  Database &database_;
  Accounts &accounts_;
  LoginThrottle throttle_;
  std::mutex mutex_;
  std::map<std::string, NewToken> to_show_; // by session
};

} // namespace host

#endif
