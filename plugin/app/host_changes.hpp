#pragma once

#include <vector>

#include "plugin/app/call.hpp"
#include "plugin/domain/result.hpp"

/// What the host tells of its own records. Taken in even where conversations are switched off.
namespace parley::app {

/// Records or actors were deleted (D11).
[[nodiscard]] domain::Done forget_records(const Call &call, const std::vector<domain::Reference> &records);

/// Records were renamed or moved: their labels are looked up again. What is not found is left as it is.
[[nodiscard]] domain::Done refresh_records(const Call &call, const std::vector<domain::Reference> &records);

} // namespace parley::app
