#pragma once

#include <optional>
#include <string>

#include "plugin/app/call.hpp"
#include "plugin/app/faults.hpp"
#include "plugin/app/record_types.hpp"
#include "plugin/app/records.hpp"
#include "plugin/domain/conversation.hpp"
#include "plugin/domain/result.hpp"

/// Whose words a message is (D3): those of the actor, or of a person for whom it types in the back office.
namespace parley::app {

/// The one that was asked for; the actor where none was.
[[nodiscard]] domain::Reference sender_of(const Call &call, const std::optional<domain::Reference> &asked);

/// Needs the facts of the sender, and of another than the actor whether the actor may see it.
void need_sender(Records &records, const domain::Reference &sender);

/// May the actor post for others? Back office, with a view of users and of customer users. One host call, none where the
/// sender is the actor. Failure: forbidden, at `where`.
[[nodiscard]] domain::Done may_post_for(const Call &call, const RecordTypes &types, const domain::Reference &sender,
                                        const std::string &where);

/// Adds a fault unless the sender is a person that the actor may see, and one that may speak with this visibility. The
/// records must have been looked up.
void check_sender(Faults &faults, const RecordTypes &types, const Records &records, const domain::Reference &sender,
                  domain::Visibility visibility, const std::string &where);

} // namespace parley::app
