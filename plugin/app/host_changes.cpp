#include "plugin/app/host_changes.hpp"

#include <utility>

#include "plugin/app/authority.hpp"
#include "plugin/app/faults.hpp"
#include "plugin/app/labels.hpp"
#include "plugin/app/records.hpp"
#include "plugin/domain/rules.hpp"

namespace parley::app {

domain::Done forget_records(const Call &call, const std::vector<domain::Reference> &records) {
  const std::vector<domain::Reference> gone = domain::distinct(records);
  if (gone.empty()) {
    return domain::Nothing{};
  }
  auto done = call.conversations.forget_records(doing(call), gone);
  return done ? done : worded(call, std::move(done).failure());
}

domain::Done refresh_records(const Call &call, const std::vector<domain::Reference> &records) {
  Records found(call);
  for (const domain::Reference &record : records) {
    found.need(record);
  }
  if (auto done = found.look_up(); !done) {
    return done;
  }
  const std::vector<store::RecordLabel> labels = found.labels(records);
  if (labels.empty()) {
    return domain::Nothing{};
  }
  auto done = call.conversations.keep_labels(labels);
  return done ? done : worded(call, std::move(done).failure());
}

} // namespace parley::app
