#include <utility>

#include "plugin/app/authority.hpp"
#include "plugin/app/faults.hpp"
#include "plugin/app/jobs.hpp"
#include "plugin/app/settings.hpp"
#include "plugin/app/workflow_state.hpp"

namespace parley::app {
namespace {

constexpr std::uint32_t places_at_once = 100;
constexpr std::uint32_t conversations_at_once = 100;

/// For each place the days, 0 where nothing is to be done. One host call.
domain::Result<std::vector<std::int64_t>> days_in(const Call &call, const std::vector<store::Place> &places) {
  std::vector<SettingQuestion> questions;
  questions.reserve(places.size() * 2);
  for (const store::Place &place : places) {
    for (const std::string_view name : {setting::enabled.name, setting::inactivity_days.name}) {
      questions.push_back({std::string(name), place.organization, place.website});
    }
  }
  auto values = call.directory.settings_at(questions);
  if (!values) {
    return worded(call, std::move(values).failure());
  }
  values->resize(questions.size());
  std::vector<std::int64_t> days;
  for (std::size_t index = 0; index < values->size(); index += 2) {
    const bool on = value_of(call, setting::enabled, values.value()[index]);
    days.push_back(on ? value_of(call, setting::inactivity_days, values.value()[index + 1]) : 0);
  }
  return days;
}

/// One place, until nothing is idle in it or the time is over (true).
domain::Result<bool> work_through(const Call &call, const store::Place &place, std::int64_t days) {
  store::IdleQuery query;
  query.place = place;
  query.before = call.request.now - days * one_day;
  query.limit = conversations_at_once;
  for (;;) {
    auto idle = call.maintenance.idle(query);
    if (!idle) {
      return worded(call, std::move(idle).failure());
    }
    if (idle->empty()) {
      return false;
    }
    const auto made = call.maintenance.make_inactive({doing(call), workflow_still(true), idle.value()});
    if (!made) {
      return worded(call, made.failure());
    }
    if (out_of_time(call)) {
      return true;
    }
    query.after = idle->back();
  }
}

} // namespace

bool out_of_time(const Call &call) {
  return (call.request.cancelled && call.request.cancelled()) || (call.request.expired && call.request.expired());
}

domain::Result<bool> make_idle_inactive(const Call &call) {
  const auto active = workflow_active(call);
  if (!active) {
    return active.failure();
  }
  if (!active.value()) {
    return false; // the status is people's own then
  }
  std::optional<store::Place> after;
  for (;;) {
    const auto places = call.maintenance.active_places(after, places_at_once);
    if (!places) {
      return worded(call, places.failure());
    }
    if (places->empty()) {
      return false;
    }
    const auto days = days_in(call, places.value());
    if (!days) {
      return days.failure();
    }
    for (std::size_t index = 0; index < places->size(); ++index) {
      if (days.value()[index] == 0) {
        continue;
      }
      auto left = work_through(call, places.value()[index], days.value()[index]);
      if (!left && workflow_switched(left.failure())) {
        return false; // deactivated just now
      }
      if (!left || left.value()) {
        return left;
      }
    }
    if (out_of_time(call)) {
      return true;
    }
    after = places->back();
  }
}

} // namespace parley::app
