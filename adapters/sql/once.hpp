#pragma once

#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>

#include "adapters/connection/session.hpp"
#include "adapters/sql/dialect.hpp"
#include "plugin/domain/result.hpp"
#include "plugin/store/commands.hpp"

/// Requests that are carried out once, however often they come: the one place where idempotency keys are looked up and
/// kept. They throw DatabaseError.
namespace parley::adapters::sql {

/// What was done under the key of `doing`; nothing where it has none, or nothing was done under it or that has expired.
/// Failure: invalid, where the key was used for another request.
domain::Result<std::optional<store::Outcome>> done_before(Session &session, const store::Doing &doing);

/// Keeps what was done under the key of `doing`, which has one.
void keep_done(Session &session, const store::Doing &doing, const store::Outcome &outcome);

/// Forgets what has expired, at most `limit` keys. True: there may be more.
bool purge_done(Session &session, const Dialect &dialect, domain::Time now, std::uint32_t limit);

inline store::Outcome outcome_of(domain::ConversationId started) {
  return {started, 0};
}
inline store::Outcome outcome_of(const store::Appended &appended) {
  return {appended.message.conversation, appended.message.index, appended.message.public_index};
}
inline store::Outcome outcome_of(domain::Nothing /*done*/) {
  return {};
}

/// The same answer again.
template <class Value>
Value again(const store::Outcome &outcome) {
  if constexpr (std::is_same_v<Value, store::Appended>) {
    store::Appended appended;
    appended.message.conversation = outcome.conversation;
    appended.message.index = outcome.index;
    appended.message.public_index = outcome.public_index;
    appended.repeated = true;
    return appended;
  } else if constexpr (std::is_same_v<Value, domain::Nothing>) {
    return {};
  } else {
    return outcome.conversation;
  }
}

/// Carries `command` out, unless that was done before under the key of `doing`. In the caller's transaction, so that two
/// at once with one key do it once, and what fails keeps no key.
template <class Value, class Command>
domain::Result<Value> once(Session &session, const store::Doing &doing, const Command &command) {
  if (!doing.once) {
    return command(session);
  }
  const auto before = done_before(session, doing);
  if (!before) {
    return before.failure();
  }
  if (before.value()) {
    return again<Value>(*before.value());
  }
  domain::Result<Value> result = command(session);
  if (result) {
    keep_done(session, doing, outcome_of(result.value()));
    return result;
  }
  // It may have waited for another one with the same key, and have failed because that one has done it.
  if (const auto meanwhile = done_before(session, doing); meanwhile && meanwhile.value()) {
    throw DatabaseError(ErrorKind::again, "The same request was carried out meanwhile.");
  }
  return result;
}

} // namespace parley::adapters::sql
