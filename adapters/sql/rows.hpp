#pragma once

#include <string>

#include "adapters/connection/session.hpp"
#include "plugin/store/queries.hpp"

/// Rows of the tables as the domain's structs: which columns, of which kinds, and how they are read.
namespace parley::adapters::sql {

struct Columns {
  std::string names;
  std::string kinds; ///< as Session::query wants them
};

const Columns &conversation_columns(); ///< of table alias c
const Columns &label_columns();        ///< of table alias l
/// Of table alias m, with the time that goes with the numbers of that audience.
const Columns &message_columns(domain::Audience audience);
/// Of table alias p, with the mark's time and the unread flag of that audience.
const Columns &participant_columns(domain::Audience audience);

domain::Reference read_reference(Rows &rows);
domain::Conversation read_conversation(Rows &rows);
domain::Message read_message(Rows &rows);
domain::Participant read_participant(Rows &rows);
store::RecordLabel read_label(Rows &rows);

} // namespace parley::adapters::sql
