#include "plugin/app/system_words.hpp"

#include <string_view>

#include "plugin/app/messages.hpp"
#include "plugin/domain/names.hpp"

namespace parley::app {
namespace {

std::string status_label(std::string_view name, std::string_view locale) {
  const auto status = domain::status_named(name);
  return std::string(status ? label_of(*status, locale) : name);
}

std::string user_title(const Call &call, const Labels &labels, const std::string &text) {
  std::string title = title_of(call, labels, reference_written(text));
  return title.empty() ? text : title;
}

/// Of a context, which may be of any type: "Order ORD-1001".
std::string record_title(const Labels &labels, const std::string &text) {
  const auto found = labels.find(reference_written(text));
  return found == labels.end() || found->second.full_title.empty() ? text : found->second.full_title;
}

} // namespace

std::vector<domain::Reference> named_in(const domain::SystemNote &note) {
  if (note.kind == "transition") {
    return {};
  }
  return {reference_written(note.from), reference_written(note.to)};
}

std::string words_of(const Call &call, const Labels &labels, const domain::SystemNote &note, const std::string &who) {
  const std::string_view locale = call.request.locale;
  const auto choose = [&](Text with, Text without) { return who.empty() ? without : with; };
  if (note.kind == "transition") {
    return words(choose(Text::status_changed_by, Text::status_changed), locale, status_label(note.from, locale),
                 status_label(note.to, locale), who);
  }
  if (note.kind == "assigned") {
    if (note.to.empty()) {
      return words(choose(Text::unassigned_by, Text::unassigned), locale, {}, who);
    }
    return words(choose(Text::assigned_by, Text::assigned), locale, user_title(call, labels, note.to), who);
  }
  if (note.kind == "context-added") {
    return words(choose(Text::context_added_by, Text::context_added), locale, record_title(labels, note.to), who);
  }
  if (note.kind == "context-removed") {
    const std::string &record = note.from.empty() ? note.to : note.from;
    return words(choose(Text::context_removed_by, Text::context_removed), locale, record_title(labels, record), who);
  }
  return std::string(words(Text::changed, locale));
}

} // namespace parley::app
