#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "plugin/domain/conversation.hpp"

/// Words for people, in the language of the call: German for "de" and "de-…", else English.
namespace parley::app {

enum class Text {
  // What is wrong with a value
  blank,
  name_too_long,
  body_too_long, ///< {0}: bytes
  client_id_too_long,
  invalid_utf8,
  nul_character,
  unknown_record,
  wrong_type,
  no_conversations_there,
  customer_mismatch,
  status_directed,
  status_not_offered,
  visibility_not_offered,
  negative_number,
  nobody_speaks,
  no_internal_words,
  no_first_message,
  unknown_message,
  key_used,
  // Why something cannot be done
  closed,
  inactive,
  not_found,
  unknown_transition,
  forbidden,
  may_not_view,
  off_in_storefront,
  may_not_create,
  may_not_assign,
  may_not_edit,
  may_not_delete,
  delete_needs_filter,
  too_many_to_delete,
  other_number,
  may_not_perform,
  may_not_configure,
  may_not_write,
  not_your_customer,
  only_oneself,
  may_not_post_for_others,
  only_own_mark,
  takes_no_part,
  not_in_storefront,
  workflow_inactive,
  transition_late, ///< {0}: label of the present status
  stale,
  busy,
  unavailable,
  timed_out,
  cancelled,
  // Names
  deleted_user,
  system_actor,
  // System messages; each "…_by" with who did it as the last
  status_changed, ///< {0}: from, {1}: to
  status_changed_by,
  assigned, ///< {0}: to whom
  assigned_by,
  unassigned,
  unassigned_by,
  context_added, ///< {0}: record
  context_added_by,
  context_removed,
  context_removed_by,
  changed,
};

/// In the language of `locale`.
[[nodiscard]] std::string_view words(Text text, std::string_view locale);

/// The same with each {0}, {1}, {2} replaced.
[[nodiscard]] std::string words(Text text, std::string_view locale, std::string_view first,
                                std::string_view second = {}, std::string_view third = {});

/// A number with its thousands apart: "65,536" / "65.536".
[[nodiscard]] std::string grouped(std::size_t number, std::string_view locale);

/// The stable code of a fault: "not-blank".
[[nodiscard]] std::string_view code_of(Text text);

/// Labels: "Active" / "Aktiv", "Text", "System".
[[nodiscard]] std::string_view label_of(domain::Status status, std::string_view locale);
[[nodiscard]] std::string_view label_of(domain::MessageType type, std::string_view locale);

} // namespace parley::app
