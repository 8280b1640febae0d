#include <algorithm>
#include <utility>

#include "plugin/app/authority.hpp"
#include "plugin/app/faults.hpp"
#include "plugin/app/host_changes.hpp"
#include "plugin/app/jobs.hpp"
#include "plugin/app/labels.hpp"
#include "plugin/app/record_types.hpp"
#include "plugin/app/settings.hpp"

namespace parley::app {
namespace {

constexpr std::uint32_t labels_at_once = 100;

bool known(const RecordTypes &types, std::string_view type) {
  return types.record(type) || types.person(type) || types.customer(type);
}

/// The labels as they are now. One host call.
domain::Result<std::vector<store::RecordLabel>> look_up(const Call &call, const RecordTypes &types,
                                                        std::vector<store::RecordLabel> labels) {
  std::vector<domain::Reference> asked;
  for (const store::RecordLabel &label : labels) {
    // A type that the host does not have now says nothing about its records: they stay as they are.
    if (known(types, label.record.type)) {
      asked.push_back(label.record);
    }
  }
  const auto facts = call.directory.resolve(asked);
  if (!facts) {
    return worded(call, facts.failure());
  }
  if (facts->size() != asked.size()) {
    return refuse(call, domain::Code::unavailable, Text::unavailable);
  }
  auto next = facts->begin();
  for (store::RecordLabel &label : labels) {
    label.refreshed = call.request.now;
    if (known(types, label.record.type)) {
      const domain::Reference record = label.record;
      if (next->exists) {
        label = label_from(*next, call.request.now);
      } else {
        label.title.clear(); // what was known of it stays
        label.deleted = true;
      }
      label.record = record;
      ++next;
    }
  }
  return labels;
}

} // namespace

domain::Result<bool> look_up_references(const Call &call) {
  const auto types = RecordTypes::of(call);
  if (!types) {
    return types.failure();
  }
  const domain::Time before = call.request.now - one_day;
  for (;;) {
    auto due = call.maintenance.due_labels(before, labels_at_once);
    if (!due) {
      return worded(call, std::move(due).failure());
    }
    if (due->empty()) {
      return false;
    }
    auto labels = look_up(call, types.value(), std::move(due).value());
    if (!labels) {
      return labels.failure();
    }
    auto left = note_and_settle(call, labels.value(), Patience::while_there_is_time);
    if (!left) {
      return left;
    }
    if (left.value() || out_of_time(call)) {
      return true;
    }
  }
}

} // namespace parley::app
