#pragma once

#include <string_view>

#include "plugin/domain/conversation.hpp"
#include "plugin/domain/drafts.hpp"
#include "plugin/domain/result.hpp"

/// Request documents and operation inputs, decoded. They are checked for their form: JSON, UTF-8, members, types. What
/// they mean (does the record exist, is the text blank) is judged by the use cases. A draft carries the faults of its form
/// with it (form_faults), so that they are told together with those of its meaning. Failures: malformed (unreadable);
/// numbers also invalid, with every fault and its pointer.
namespace parley::jsonapi {

/// In the storefront, customer, customer user, owner and status that were sent have no effect.
domain::Result<domain::ConversationDraft> read_new_conversation(std::string_view json, domain::Audience audience);

/// id: of the resource, which the document must name if it names one.
domain::Result<domain::ConversationChange> read_conversation_change(std::string_view json, std::string_view id);

domain::Result<domain::MessageDraft> read_new_message(std::string_view json, domain::Audience audience);

/// The message to which the participant has read: its number, in the numbers of the audience. It must be of the same
/// conversation. 0: the document says nothing of it.
domain::Result<domain::Number> read_read_mark(std::string_view json, std::string_view participant_id);

/// Input of the operation mark-read: {"index":3}
domain::Result<domain::Number> read_mark_read(std::string_view json);

} // namespace parley::jsonapi
