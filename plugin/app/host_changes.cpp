#include "plugin/app/host_changes.hpp"

#include <utility>

#include "plugin/app/authority.hpp"
#include "plugin/app/faults.hpp"
#include "plugin/app/jobs.hpp"
#include "plugin/app/labels.hpp"
#include "plugin/app/records.hpp"
#include "plugin/domain/rules.hpp"

namespace parley::app {
namespace {

constexpr std::uint32_t conversations_at_once = 100;
constexpr int pieces_of_an_event = 20;

/// The host need not know what is left: what it told is kept.
domain::Done taken_in(const domain::Result<bool> &left) {
  return left ? domain::Done(domain::Nothing{}) : domain::Done(left.failure());
}

} // namespace

domain::Done forget_records(const Call &call, const std::vector<domain::Reference> &records) {
  const std::vector<domain::Reference> gone = domain::distinct(records);
  if (gone.empty()) {
    return domain::Nothing{};
  }
  std::vector<store::RecordLabel> labels;
  labels.reserve(gone.size());
  for (const domain::Reference &record : gone) {
    store::RecordLabel label;
    label.record = record;
    label.deleted = true;
    label.refreshed = call.request.now;
    labels.push_back(std::move(label));
  }
  return taken_in(note_and_settle(call, labels, Patience::a_little));
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
  return taken_in(note_and_settle(call, labels, Patience::a_little));
}

domain::Result<bool> note_and_settle(const Call &call, const std::vector<store::RecordLabel> &labels,
                                     Patience patience) {
  const auto unsettled = call.maintenance.note_records(labels);
  if (!unsettled) {
    return worded(call, unsettled.failure());
  }
  int pieces = 0;
  for (const domain::Reference &record : unsettled.value()) {
    for (bool left = true; left;) {
      if (out_of_time(call) || (patience == Patience::a_little && pieces == pieces_of_an_event)) {
        return true;
      }
      const auto settled = call.maintenance.settle(doing(call), record, conversations_at_once);
      if (!settled) {
        return worded(call, settled.failure());
      }
      left = settled.value();
      ++pieces;
    }
  }
  return false;
}

} // namespace parley::app
