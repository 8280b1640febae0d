#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "plugin/app/faults.hpp"

/// What names and messages must be (D14). Each adds every fault that it finds.
namespace parley::app {

/// Text can be stored: valid UTF-8 without NUL. False where not.
bool check_storable(Faults &faults, std::string_view text, const std::string &pointer);

/// A name that is not blank: at most 255 code points.
void check_name(Faults &faults, std::string_view name, const std::string &pointer);

/// The text of a message: not blank as plain text, either; at most `longest` bytes, which is domain::longest_body or less.
void check_body(Faults &faults, std::string_view body, std::size_t longest, const std::string &pointer);

/// May be empty; at most 255 bytes.
void check_client_id(Faults &faults, std::string_view client_id, const std::string &pointer);

/// A name made from the title of a record, cut to what a name may be.
[[nodiscard]] std::string name_from_title(std::string_view full_title);

} // namespace parley::app
