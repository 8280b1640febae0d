#include "plugin/app/labels.hpp"

#include "plugin/app/messages.hpp"
#include "plugin/domain/rules.hpp"

namespace parley::app {

store::RecordLabel label_from(const RecordFacts &facts, domain::Time now) {
  return {facts.record,
          facts.title,
          facts.full_title,
          facts.sort_key.empty() ? facts.title : facts.sort_key,
          facts.unit,
          facts.customer,
          false,
          now};
}

void complete_labels(const Call &call, const RecordTypes &types, const std::vector<domain::Reference> &references,
                     Labels &labels) {
  std::vector<domain::Reference> missing;
  for (const domain::Reference &reference : domain::distinct(references)) {
    if (!nobody(reference) && labels.count(reference) == 0) {
      missing.push_back(reference);
    }
  }
  if (!missing.empty()) {
    if (const auto found = call.directory.resolve(missing); found && found->size() == missing.size()) {
      for (std::size_t index = 0; index < missing.size(); ++index) {
        const RecordFacts &facts = found.value()[index];
        store::RecordLabel label = label_from(facts, call.request.now);
        label.record = missing[index];
        label.deleted = !facts.exists;
        labels.emplace(missing[index], std::move(label));
      }
    }
  }
  for (auto &[reference, label] : labels) {
    if (label.deleted && types.person(reference.type)) {
      label.title = words(Text::deleted_user, call.request.locale);
      label.full_title = label.title;
    }
  }
}

std::string title_of(const Call &call, const Labels &labels, const domain::Reference &reference) {
  if (reference.type == "system") {
    return std::string(words(Text::system_actor, call.request.locale));
  }
  const auto found = labels.find(reference);
  return found == labels.end() ? std::string() : found->second.title;
}

Labels only(const std::vector<domain::Reference> &references, const Labels &labels) {
  Labels kept;
  for (const domain::Reference &reference : references) {
    if (const auto found = labels.find(reference); found != labels.end()) {
      kept.insert(*found);
    }
  }
  return kept;
}

domain::Reference reference_written(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) {
    return {};
  }
  return {std::string(text.substr(0, slash)), std::string(text.substr(slash + 1))};
}

bool nobody(const domain::Reference &actor) {
  return actor.none() || actor.type == "system";
}

} // namespace parley::app
