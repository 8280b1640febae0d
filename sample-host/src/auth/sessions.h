// Who is logged in with which browser. The file holds digests of the tokens only.
#ifndef PARLEY_SAMPLE_HOST_AUTH_SESSIONS_H
#define PARLEY_SAMPLE_HOST_AUTH_SESSIONS_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sample-host/src/actor.h"

namespace host {

class Database;

struct Session {
  std::string token;
  std::string actor_type;
  std::string actor_id;
  std::string flash; // a message for the next page
};

// One of the places where somebody is logged in. Times in microseconds.
struct OpenSession {
  std::int64_t created_at = 0;
  std::int64_t seen_at = 0; // some minutes behind, so that not every request writes
  bool current = false;
};

// [thread-safe]. Throws DatabaseError.
class Sessions {
public:
  explicit Sessions(Database &database) : database_(database) {}

  // Makes a new one; a token that was used before ends. Answers the token for the cookie.
  std::string begin(const Actor &actor, const std::string &previous_token);
  std::optional<Session> find(Side side, const std::string &token);
  void end(const std::string &token);
  // Of this person, in this application: all that are open, the one that was used last first; `token` is the current one.
  std::vector<OpenSession> all_of(const Actor &actor, const std::string &token);
  // Ends all of these but the current one; answers how many.
  std::size_t end_others(const Actor &actor, const std::string &token);
  void set_flash(const std::string &token, const std::string &message);

  // What a form or a script of this session sends along to show that it comes from one of its pages.
  static std::string csrf_token(const std::string &token);

private:
  Database &database_;
};

} // namespace host

#endif
