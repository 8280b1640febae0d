#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/app/call.hpp"
#include "plugin/app/directory.hpp"
#include "plugin/domain/access.hpp"
#include "plugin/domain/result.hpp"

/// The names of our permissions, and how use cases ask for them.
namespace parley::app {

namespace permission {
inline constexpr std::string_view conversations = "conversations"; ///< subject, and entity type
inline constexpr std::string_view view = "view";
inline constexpr std::string_view create = "create";
inline constexpr std::string_view edit = "edit";
inline constexpr std::string_view remove = "delete";
inline constexpr std::string_view assign = "assign";

inline constexpr std::string_view workflow = "conversation_flow"; ///< subject, and workflow name
inline constexpr std::string_view perform = "perform";
inline constexpr std::string_view configure = "configure";
} // namespace permission

/// The switch (C2): not_found where conversations are off in the call's organization and website; cancelled or timed_out
/// where nobody waits any more. Every use case begins here. One host call.
[[nodiscard]] domain::Done gate(const Call &call);

/// The same for who writes: how many bytes a message may have in that organization and website. One host call.
[[nodiscard]] domain::Result<std::size_t> gate_of_writing(const Call &call);

/// Does somebody still wait for the answer? Else cancelled or timed_out.
[[nodiscard]] domain::Done awaited(const Call &call);

/// As gate; and unsupported in the storefront.
[[nodiscard]] domain::Done backoffice_gate(const Call &call);

/// The scopes of permissions on conversations or, for perform and configure, on the workflow; in their order. One host
/// call. Audience and actor are those of the call.
[[nodiscard]] domain::Result<std::vector<domain::Scope>> scopes_of(const Call &call,
                                                                   const std::vector<std::string_view> &permissions);

/// May a conversation be given to this user? `scope` is that of "assign"; oneself needs none.
[[nodiscard]] bool may_assign(const Call &call, const domain::Scope &scope, const RecordFacts &owner);

/// How long it is known what was done for a request with an idempotency key: a day.
inline constexpr domain::Time key_lifetime = domain::Time{24} * 60 * 60 * 1'000'000;

/// Makes the host's answer the scope of this actor in this audience, and no more than the audience may have.
void settle(domain::Scope &scope, domain::Audience audience, const domain::Reference &actor);

/// Leaves of a scope what is the actor's own: level user is part of every other one.
void only_own(domain::Scope &scope);

/// Who does it, when, and under which key, for the commands of the store.
[[nodiscard]] store::Doing doing(const Call &call);

} // namespace parley::app
