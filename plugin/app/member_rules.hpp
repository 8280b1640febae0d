#pragma once

#include <string>
#include <vector>

#include "plugin/app/faults.hpp"
#include "plugin/app/record_types.hpp"
#include "plugin/app/records.hpp"
#include "plugin/domain/reference.hpp"

/// What members of a conversation may refer to. What does not exist and what the actor may not see are told in the same
/// words. Records must have been looked up before.
namespace parley::app {

namespace pointer {
inline const std::string name = "/data/attributes/name";
inline const std::string first_message = "/data/attributes/firstMessage";
inline const std::string first_sender = "/data/relationships/firstMessageSender";
inline const std::string sender = "/data/relationships/sender"; ///< of a message
inline const std::string body = "/data/attributes/body";        ///< of a message
inline const std::string owner = "/data/relationships/owner";
inline const std::string customer = "/data/relationships/customer";
inline const std::string customer_user = "/data/relationships/customerUser";
inline const std::string source = "/data/relationships/source";
inline const std::string status = "/data/relationships/status";
inline const std::string contexts = "/data/relationships/activityTargets/data/"; ///< and the position
} // namespace pointer

enum class Member { owner, customer, customer_user, source, context };

/// May a record of this type stand there?
[[nodiscard]] bool fits(const RecordTypes &types, Member member, const domain::Reference &reference);

/// Adds a fault unless the record fits and is known; a source or a context must be of a type that carries conversations.
/// True where it is fine.
bool check_member(Faults &faults, const RecordTypes &types, const Records &records, Member member,
                  const domain::Reference &reference, const std::string &where);

/// The same for a list, with the position after the pointer.
void check_contexts(Faults &faults, const RecordTypes &types, const Records &records,
                    const std::vector<domain::Reference> &contexts, const std::string &where);

/// What a form comes to. That it may not be given to its owner is said beside all other faults; alone it is
/// Code::forbidden.
[[nodiscard]] domain::Done verdict(const Call &call, Faults faults, bool assignable);

/// Of a source: the customer user and the customer that a conversation about it takes over; none where it has none.
struct Parties {
  domain::Reference customer;
  domain::Reference customer_user;
};
[[nodiscard]] Parties parties_of_source(const RecordTypes &types, const RecordFacts &source);

} // namespace parley::app
