#pragma once

#include <string>
#include <string_view>

#include "plugin/domain/conversation.hpp"
#include "plugin/domain/reference.hpp"

/// How the domain's values are spelt in statements and tables.
namespace parley::adapters::sql {

/// The first part of the columns that are kept twice.
std::string side(domain::Audience audience);

/// The column of a message's time in the view of that audience.
std::string message_time(domain::Audience audience);

/// "type/id", or empty for none.
std::string written(const domain::Reference &reference);

/// What names are sorted and searched by: A-Z in small letters.
std::string folded(std::string_view text);

} // namespace parley::adapters::sql
