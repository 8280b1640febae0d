#pragma once

#include <vector>

#include "plugin/app/call.hpp"
#include "plugin/domain/result.hpp"

/// What the host tells of its own records. Taken in even where conversations are switched off.
///
/// What is known of a record is kept at once, in one transaction. Carrying it over to conversations is done in small
/// ones, so that a record that stands in a hundred thousand conversations keeps nobody from writing; a host event does
/// some of them, and the job "references" the rest.
namespace parley::app {

/// Records or actors were deleted (D11).
[[nodiscard]] domain::Done forget_records(const Call &call, const std::vector<domain::Reference> &records);

/// Records were renamed or moved: their labels are looked up again. What is not found is left as it is.
[[nodiscard]] domain::Done refresh_records(const Call &call, const std::vector<domain::Reference> &records);

/// How long to carry on: for about a second's work at most, so that the host need not wait; or until the call is over.
enum class Patience { a_little, while_there_is_time };

/// Keeps the labels, and carries over what they say. True: something is left for the job.
[[nodiscard]] domain::Result<bool> note_and_settle(const Call &call, const std::vector<store::RecordLabel> &labels,
                                                   Patience patience);

} // namespace parley::app
