#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "plugin/app/call.hpp"
#include "plugin/app/directory.hpp"
#include "plugin/app/record_types.hpp"
#include "plugin/store/queries.hpp"

namespace parley::app {

using Labels = std::map<domain::Reference, store::RecordLabel>;

[[nodiscard]] store::RecordLabel label_from(const RecordFacts &facts, domain::Time now);

/// Looks up those that have no label yet, all at once, and calls deleted people "Deleted user". Labels are a comfort:
/// where the host does not answer they stay missing.
void complete_labels(const Call &call, const RecordTypes &types, const std::vector<domain::Reference> &references,
                     Labels &labels);

/// The title, "System" for the actor of jobs, or empty.
[[nodiscard]] std::string title_of(const Call &call, const Labels &labels, const domain::Reference &reference);

/// Only the labels of these references.
[[nodiscard]] Labels only(const std::vector<domain::Reference> &references, const Labels &labels);

/// The reference that a note or an event wrote as "type/id"; none where it wrote none.
[[nodiscard]] domain::Reference reference_written(std::string_view text);

/// Nobody in particular: none, or the actor of jobs.
[[nodiscard]] bool nobody(const domain::Reference &actor);

} // namespace parley::app
