#pragma once

#include <string>
#include <vector>

#include "plugin/app/call.hpp"
#include "plugin/app/labels.hpp"
#include "plugin/domain/conversation.hpp"

/// System messages in words (D13).
namespace parley::app {

/// The records that a note names.
[[nodiscard]] std::vector<domain::Reference> named_in(const domain::SystemNote &note);

/// "Status changed from Active to Closed by John Doe", in the call's language. `who` may be empty.
[[nodiscard]] std::string words_of(const Call &call, const Labels &labels, const domain::SystemNote &note,
                                   const std::string &who);

} // namespace parley::app
