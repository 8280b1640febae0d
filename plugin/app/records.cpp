#include "plugin/app/records.hpp"

#include "plugin/app/labels.hpp"
#include "plugin/domain/rules.hpp"

namespace parley::app {

void Records::need(const domain::Reference &reference) {
  // One that is too long cannot be a record of the host; it stays unknown.
  if (domain::well_formed(reference) && facts_.count(reference) == 0) {
    wanted_.insert(reference);
  }
}

void Records::need_visible(const domain::Reference &reference) {
  need(reference);
  if (domain::well_formed(reference) && reference != call_.request.actor && visible_.count(reference) == 0) {
    wanted_visible_.insert(reference);
  }
}

domain::Done Records::look_up() {
  if (!wanted_.empty()) {
    const std::vector<domain::Reference> references(wanted_.begin(), wanted_.end());
    auto answers = call_.directory.resolve(references);
    if (!answers) {
      return worded(call_, answers.failure());
    }
    answers->resize(references.size());
    for (std::size_t index = 0; index < references.size(); ++index) {
      facts_[references[index]] = std::move(answers.value()[index]);
    }
    wanted_.clear();
  }
  if (!wanted_visible_.empty()) {
    const std::vector<domain::Reference> references(wanted_visible_.begin(), wanted_visible_.end());
    auto answers = call_.directory.visible(references);
    if (!answers) {
      return worded(call_, answers.failure());
    }
    answers->resize(references.size());
    for (std::size_t index = 0; index < references.size(); ++index) {
      visible_[references[index]] = answers.value()[index];
    }
    wanted_visible_.clear();
  }
  return domain::Nothing{};
}

const RecordFacts &Records::facts(const domain::Reference &reference) const {
  static const RecordFacts nothing;
  const auto found = facts_.find(reference);
  return found == facts_.end() || !found->second.exists ? nothing : found->second;
}

bool Records::known(const domain::Reference &reference) const {
  if (!facts(reference).exists) {
    return false;
  }
  const auto found = visible_.find(reference);
  return found == visible_.end() || found->second;
}

std::vector<store::RecordLabel> Records::labels(const std::vector<domain::Reference> &references) const {
  std::vector<store::RecordLabel> labels;
  for (const domain::Reference &reference : domain::distinct(references)) {
    if (const RecordFacts &found = facts(reference); found.exists) {
      labels.push_back(label_from(found, call_.request.now));
    }
  }
  return labels;
}

} // namespace parley::app
