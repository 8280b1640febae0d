#pragma once

#include <optional>

#include "plugin/store/queries.hpp"

namespace parley::app {

/// Makes the tokens of what people search for. A blank text asks for nothing: then there is no search; one of
/// punctuation alone finds nothing.
void prepare(std::optional<store::Search> &search);

} // namespace parley::app
