// Who is logged in with which browser. The file holds digests of the tokens only.
#ifndef PARLEY_SAMPLE_HOST_AUTH_SESSIONS_H
#define PARLEY_SAMPLE_HOST_AUTH_SESSIONS_H

#include <optional>
#include <string>

#include "sample-host/src/actor.h"

namespace host {

class Database;

struct Session {
  std::string token;
  std::string actor_type;
  std::string actor_id;
  std::string flash; // a message for the next page
};

// [thread-safe]. Throws DatabaseError.
class Sessions {
public:
  explicit Sessions(Database &database) : database_(database) {}

  // Makes a new one; a token that was used before ends. Answers the token for the cookie.
  std::string begin(const Actor &actor, const std::string &previous_token);
  std::optional<Session> find(Side side, const std::string &token);
  void end(const std::string &token);
  void set_flash(const std::string &token, const std::string &message);

  // What a form or a script of this session sends along to show that it comes from one of its pages.
  static std::string csrf_token(const std::string &token);

private:
  Database &database_;
};

} // namespace host

#endif
