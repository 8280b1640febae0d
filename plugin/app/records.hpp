#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "plugin/app/call.hpp"
#include "plugin/app/directory.hpp"
#include "plugin/app/faults.hpp"
#include "plugin/domain/result.hpp"

namespace parley::app {

/// The records that one request is about: first name all that are needed, then look them up together.
class Records {
public:
  explicit Records(const Call &call) : call_(call) {}

  /// Facts are needed, whatever the actor may see.
  void need(const domain::Reference &reference);
  /// Facts are needed, and whether the actor may see it.
  void need_visible(const domain::Reference &reference);

  /// Asks the host for what is needed and not yet known: at most one resolve and one visible.
  [[nodiscard]] domain::Done look_up();

  /// Empty where it is none or does not exist.
  [[nodiscard]] const RecordFacts &facts(const domain::Reference &reference) const;
  /// It exists and, where that was asked, the actor may see it. The actor sees itself.
  [[nodiscard]] bool known(const domain::Reference &reference) const;

  /// Labels of these as far as they exist, for the commands of the store.
  [[nodiscard]] std::vector<store::RecordLabel> labels(const std::vector<domain::Reference> &references) const;

private:
  const Call &call_;
  std::set<domain::Reference> wanted_;
  std::set<domain::Reference> wanted_visible_;
  std::map<domain::Reference, RecordFacts> facts_;
  std::map<domain::Reference, bool> visible_;
};

} // namespace parley::app
