#pragma once

#include <optional>
#include <string_view>

#include "adapters/connection/session.hpp"
#include "plugin/store/commands.hpp"

namespace parley::adapters::sql {

/// Adds a message by the database's own function: one statement that is its own transaction. `call` is that statement,
/// with the command as :command. Nothing, and nothing changed: something about the command is out of the ordinary, or it
/// was carried out before; append() finds out what, and does it or refuses it. Throws DatabaseError.
std::optional<store::Appended> append_at_once(Session &session, std::string_view call,
                                              const store::AppendMessage &command);

} // namespace parley::adapters::sql
