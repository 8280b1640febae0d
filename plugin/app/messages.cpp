#include "plugin/app/messages.hpp"

#include <cstddef>

#include "plugin/text/unicode.hpp"

namespace parley::app {
namespace {

struct Entry {
  Text text;
  std::string_view code;
  std::string_view english;
  std::string_view german;
};

constexpr Entry entries[] = {
    {Text::blank, "not-blank", "This value should not be blank.", "Dieser Wert darf nicht leer sein."},
    {Text::name_too_long, "too-long", "This value is too long. It should have 255 characters or less.",
     "Dieser Wert ist zu lang. Er darf höchstens 255 Zeichen haben."},
    {Text::body_too_long, "too-long", "This message is too long. It should have {0} bytes or less.",
     "Diese Nachricht ist zu lang. Sie darf höchstens {0} Bytes haben."},
    {Text::client_id_too_long, "too-long", "This value is too long. It should have 255 bytes or less.",
     "Dieser Wert ist zu lang. Er darf höchstens 255 Bytes haben."},
    {Text::invalid_utf8, "invalid-utf8", "This value is not valid UTF-8.", "Dieser Wert ist kein gültiges UTF-8."},
    {Text::nul_character, "nul-character", "This value must not contain a NUL character.",
     "Dieser Wert darf kein NUL-Zeichen enthalten."},
    {Text::unknown_record, "unknown-record", "This record does not exist.", "Diesen Datensatz gibt es nicht."},
    {Text::wrong_type, "wrong-type", "A record of this type cannot stand here.",
     "Ein Datensatz dieser Art kann hier nicht stehen."},
    {Text::no_conversations_there, "no-conversations-there", "Conversations are not enabled for records of this type.",
     "Für Datensätze dieser Art sind Konversationen nicht aktiviert."},
    {Text::customer_mismatch, "customer-mismatch", "The customer user does not belong to the customer.",
     "Der Kundenbenutzer gehört nicht zum Kunden."},
    {Text::status_directed, "status-directed", "The status is directed by the workflow.",
     "Der Status wird vom Workflow bestimmt."},
    {Text::status_not_offered, "status-not-offered", "A new conversation is active or inactive.",
     "Eine neue Konversation ist aktiv oder inaktiv."},
    {Text::visibility_not_offered, "visibility-not-offered", "Messages are public here.",
     "Nachrichten sind hier öffentlich."},
    {Text::negative_number, "negative-number", "This number should be zero or more.",
     "Diese Zahl darf nicht kleiner als null sein."},
    {Text::nobody_speaks, "not-a-person", "Only a user or a customer user can be the sender of a message.",
     "Nur ein Benutzer oder ein Kundenbenutzer kann eine Nachricht senden."},
    {Text::no_internal_words, "customer-user-internal", "A customer user cannot be the sender of an internal note.",
     "Ein Kundenbenutzer kann keine interne Notiz senden."},
    {Text::no_first_message, "no-first-message", "There is no first message that somebody could be the sender of.",
     "Es gibt keine erste Nachricht, die jemand senden könnte."},
    {Text::unknown_message, "unknown-record", "There is no such message in this conversation.",
     "Diese Nachricht gibt es in dieser Konversation nicht."},
    {Text::key_used, "idempotency-key-used", "This Idempotency-Key was used for another request.",
     "Dieser Idempotency-Key wurde für eine andere Anfrage verwendet."},

    {Text::closed, "conversation-closed", "This conversation is closed.", "Diese Konversation ist geschlossen."},
    {Text::inactive, "conversation-inactive", "This conversation is inactive.", "Diese Konversation ist inaktiv."},
    {Text::not_found, "not-found", "There is no such resource.", "Das gibt es nicht."},
    {Text::unknown_transition, "unknown-transition", "There is no such transition.", "Diesen Übergang gibt es nicht."},
    {Text::forbidden, "forbidden", "You may not do this.", "Das dürfen Sie nicht."},
    {Text::may_not_view, "forbidden", "You may not view this conversation.",
     "Sie dürfen diese Konversation nicht ansehen."},
    {Text::off_in_storefront, "off-in-storefront",
     "Conversations are switched off in this customer's shop: nobody there sees this one at the moment.",
     "Konversationen sind im Shop dieses Kunden ausgeschaltet: Dort ist diese zurzeit nicht zu sehen."},
    {Text::may_not_create, "forbidden", "You may not create conversations.",
     "Sie dürfen keine Konversationen anlegen."},
    {Text::may_not_assign, "forbidden", "You may not assign conversations to this user.",
     "Sie dürfen diesem Benutzer keine Konversationen zuweisen."},
    {Text::may_not_edit, "forbidden", "You may not edit this conversation.",
     "Sie dürfen diese Konversation nicht bearbeiten."},
    {Text::may_not_delete, "forbidden", "You may not delete this conversation.",
     "Sie dürfen diese Konversation nicht löschen."},
    {Text::delete_needs_filter, "no-filter", "Say which conversations to delete.",
     "Geben Sie an, welche Konversationen gelöscht werden sollen."},
    {Text::too_many_to_delete, "too-many", "At most 1000 conversations can be deleted at once.",
     "Höchstens 1000 Konversationen können auf einmal gelöscht werden."},
    {Text::other_number, "other-number", "Another number of conversations matches by now. Look again.",
     "Inzwischen ist die Zahl der Konversationen eine andere. Sehen Sie noch einmal nach."},
    {Text::may_not_perform, "forbidden", "You may not change the status of this conversation.",
     "Sie dürfen den Status dieser Konversation nicht ändern."},
    {Text::may_not_configure, "forbidden", "You may not configure this workflow.",
     "Sie dürfen diesen Workflow nicht konfigurieren."},
    {Text::may_not_write, "forbidden", "You may not write in this conversation.",
     "Sie dürfen in dieser Konversation nicht schreiben."},
    {Text::not_your_customer, "customer-mismatch", "You do not belong to the customer of this conversation.",
     "Sie gehören nicht zum Kunden dieser Konversation."},
    {Text::only_oneself, "sender-not-oneself", "You may only post as yourself.",
     "Sie können nur in Ihrem eigenen Namen schreiben."},
    {Text::may_not_post_for_others, "forbidden", "You may not send messages for other people.",
     "Sie dürfen keine Nachrichten für andere senden."},
    {Text::only_own_mark, "forbidden", "You may only change your own read mark.",
     "Sie können nur Ihre eigene Lesemarke ändern."},
    {Text::takes_no_part, "takes-no-part", "You take no part in this conversation, so nothing in it is unread.",
     "Sie nehmen an dieser Konversation nicht teil, daher ist darin nichts ungelesen."},
    {Text::not_in_storefront, "not-offered", "This is not offered here.", "Das wird hier nicht angeboten."},
    {Text::workflow_inactive, "workflow-inactive", "The workflow is not active.", "Der Workflow ist nicht aktiv."},
    {Text::transition_late, "transition-not-applicable", "This transition does not apply. The status is now {0}.",
     "Dieser Übergang passt nicht mehr. Der Status ist jetzt {0}."},
    {Text::stale, "stale", "Somebody has changed this meanwhile.", "Das wurde inzwischen von jemandem geändert."},
    {Text::busy, "busy", "There is too much to do just now. Please try again.",
     "Im Augenblick ist zu viel zu tun. Bitte versuchen Sie es noch einmal."},
    {Text::unavailable, "unavailable", "This cannot be reached just now. Please try again.",
     "Das ist im Augenblick nicht erreichbar. Bitte versuchen Sie es noch einmal."},
    {Text::timed_out, "timed-out", "This took too long.", "Das hat zu lange gedauert."},
    {Text::cancelled, "cancelled", "This was cancelled.", "Das wurde abgebrochen."},

    {Text::deleted_user, "", "Deleted user", "Gelöschter Benutzer"},
    {Text::system_actor, "", "System", "System"},

    {Text::status_changed, "", "Status changed from {0} to {1}", "Status von {0} auf {1} geändert"},
    {Text::status_changed_by, "", "Status changed from {0} to {1} by {2}", "Status von {0} auf {1} geändert von {2}"},
    {Text::assigned, "", "Assigned to {0}", "Zugewiesen an {0}"},
    {Text::assigned_by, "", "Assigned to {0} by {1}", "Zugewiesen an {0} von {1}"},
    {Text::unassigned, "", "Assignment removed", "Zuweisung entfernt"},
    {Text::unassigned_by, "", "Assignment removed by {1}", "Zuweisung entfernt von {1}"},
    {Text::context_added, "", "Context {0} added", "Kontext {0} hinzugefügt"},
    {Text::context_added_by, "", "Context {0} added by {1}", "Kontext {0} hinzugefügt von {1}"},
    {Text::context_removed, "", "Context {0} removed", "Kontext {0} entfernt"},
    {Text::context_removed_by, "", "Context {0} removed by {1}", "Kontext {0} entfernt von {1}"},
    {Text::changed, "", "The conversation was changed", "Die Konversation wurde geändert"},
};

constexpr std::size_t entry_count = sizeof(entries) / sizeof(entries[0]);

constexpr bool in_order() {
  for (std::size_t index = 0; index < entry_count; ++index) {
    if (static_cast<std::size_t>(entries[index].text) != index) {
      return false;
    }
  }
  return entry_count == static_cast<std::size_t>(Text::changed) + 1;
}
static_assert(in_order(), "one entry for each text, in the order of the enumeration");

const Entry &entry_of(Text text) {
  return entries[static_cast<std::size_t>(text)];
}

bool german(std::string_view locale) {
  return locale.size() >= 2 && (locale[0] == 'd' || locale[0] == 'D') && (locale[1] == 'e' || locale[1] == 'E') &&
         (locale.size() == 2 || locale[2] == '-' || locale[2] == '_');
}

} // namespace

std::string_view words(Text text, std::string_view locale) {
  const Entry &entry = entry_of(text);
  return german(locale) ? entry.german : entry.english;
}

std::string words(Text text, std::string_view locale, std::string_view first, std::string_view second,
                  std::string_view third) {
  const std::string_view pattern = words(text, locale);
  const std::string_view values[] = {first, second, third};
  std::string result;
  for (std::size_t position = 0; position < pattern.size(); ++position) {
    if (pattern[position] == '{' && position + 2 < pattern.size() && pattern[position + 2] == '}') {
      result += text::isolated(values[static_cast<std::size_t>(pattern[position + 1] - '0')]);
      position += 2;
    } else {
      result += pattern[position];
    }
  }
  return result;
}

std::string grouped(std::size_t number, std::string_view locale) {
  std::string digits = std::to_string(number);
  for (std::size_t end = digits.size(); end > 3; end -= 3) {
    digits.insert(end - 3, 1, german(locale) ? '.' : ',');
  }
  return digits;
}

std::string_view code_of(Text text) {
  return entry_of(text).code;
}

std::string_view label_of(domain::Status status, std::string_view locale) {
  const bool in_german = german(locale);
  switch (status) {
  case domain::Status::active:
    return in_german ? "Aktiv" : "Active";
  case domain::Status::inactive:
    return in_german ? "Inaktiv" : "Inactive";
  case domain::Status::closed:
    return in_german ? "Geschlossen" : "Closed";
  }
  return {};
}

std::string_view label_of(domain::MessageType type, std::string_view /*locale*/) {
  return type == domain::MessageType::system ? "System" : "Text";
}

} // namespace parley::app
