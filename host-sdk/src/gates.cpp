#include "host-sdk/src/gates.hpp"

#include "host-sdk/src/abi.hpp"
#include "host-sdk/src/json/parse.hpp"
#include "host-sdk/src/log.hpp"
#include "host-sdk/src/runtime.hpp"
#include "host-sdk/src/text.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <parley/ext/access.h>
#include <parley/ext/settings.h>
#include <set>

namespace parley::host {
namespace {

template <class Function>
std::int32_t guarded(Function &&function) noexcept {
  try {
    return function();
  } catch (...) {
    return PARLEY_INTERNAL;
  }
}

std::int32_t PARLEY_ABI put_value(const parley_str_sink *self, const parley_str *value) noexcept {
  return guarded([&]() -> std::int32_t {
    static_cast<std::vector<std::string> *>(self->context)->emplace_back(view(value));
    return PARLEY_OK;
  });
}

std::int32_t PARLEY_ABI put_scope(const parley_scope_sink *self, std::size_t index,
                                  const parley_scope *scope) noexcept {
  return guarded([&]() -> std::int32_t {
    auto &levels = *static_cast<std::vector<std::uint32_t> *>(self->context);
    if (scope == nullptr || index >= levels.size()) {
      return PARLEY_INVALID;
    }
    levels[index] = get(scope, &parley_scope::level);
    return PARLEY_OK;
  });
}

} // namespace

std::int32_t Gates::ask(const std::vector<Gate> &gates, Faults &faults) {
  std::set<std::string> names;
  std::set<Right> rights;
  for (const auto &gate : gates) {
    for (const auto &name : {gate.setting, gate.record_types}) {
      if (!name.empty() && settings_.count(name) == 0) {
        names.insert(name);
      }
    }
    if (!gate.permission.empty() && rights_.count({gate.subject, gate.permission}) == 0) {
      rights.insert({gate.subject, gate.permission});
    }
  }
  const std::int32_t status = ask_settings({names.begin(), names.end()}, faults);
  return status == PARLEY_OK ? ask_rights({rights.begin(), rights.end()}, faults) : status;
}

std::int32_t Gates::ask_settings(const std::vector<std::string> &names, Faults &faults) {
  if (names.empty()) {
    return PARLEY_OK;
  }
  const auto *table = runtime_.host_table<parley_settings>(PARLEY_SETTINGS_ID);
  std::vector<parley_setting_request> requests;
  for (const auto &name : names) {
    auto request = sized<parley_setting_request>();
    request.name = str(name);
    request.organization = get(&call_, &parley_call::organization);
    request.website = get(&call_, &parley_call::website);
    requests.push_back(request);
  }
  std::vector<std::string> values;
  auto sink = sized<parley_str_sink>();
  sink.context = &values;
  sink.put = &put_value;
  FaultSink errors;
  const std::int32_t status =
      known_status(table->values(&runtime_.own_view().table, &call_, requests.data(), requests.size(),
                                 size_of<parley_setting_request>(), &sink, errors.get()));
  if (status != PARLEY_OK) {
    faults = errors.take();
    return status;
  }
  if (values.size() != names.size()) {
    write_log(runtime_, &call_, PARLEY_LOG_WARNING, "host.answer",
              "parley.settings: values answered another number than was asked; the defaults hold.");
    values.assign(names.size(), std::string());
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::string_view value = values[i];
    const Setting *setting = registry_.setting(names[i]);
    if (trim(value).empty() && setting != nullptr) {
      value = setting->default_value;
    }
    settings_[names[i]] = trim(value);
  }
  return PARLEY_OK;
}

std::int32_t Gates::ask_rights(const std::vector<Right> &rights, Faults &faults) {
  if (rights.empty()) {
    return PARLEY_OK;
  }
  const auto *table = runtime_.host_table<parley_access>(PARLEY_ACCESS_ID);
  if (table == nullptr) {
    return PARLEY_OK; // a host without rights: closed
  }
  std::vector<parley_scope_request> requests;
  for (const auto &right : rights) {
    auto request = sized<parley_scope_request>();
    request.subject = str(right.first);
    request.permission = str(right.second);
    requests.push_back(request);
  }
  constexpr std::uint32_t unanswered = UINT32_MAX;
  std::vector<std::uint32_t> levels(rights.size(), unanswered);
  auto sink = sized<parley_scope_sink>();
  sink.context = &levels;
  sink.put = &put_scope;
  FaultSink errors;
  const std::int32_t status =
      known_status(table->scopes(&runtime_.own_view().table, &call_, requests.data(), requests.size(),
                                 size_of<parley_scope_request>(), &sink, errors.get()));
  if (status != PARLEY_OK) {
    faults = errors.take();
    return status;
  }
  bool known = true;
  for (std::size_t i = 0; i < rights.size(); ++i) {
    known = known && levels[i] <= PARLEY_LEVEL_GLOBAL;
    rights_[rights[i]] = levels[i] != PARLEY_LEVEL_NONE && levels[i] <= PARLEY_LEVEL_GLOBAL;
  }
  if (!known) {
    write_log(
        runtime_, &call_, PARLEY_LOG_WARNING, "host.answer",
        "parley.access/1: scopes left a request unanswered, or answered a level that nobody knows; that is none.");
  }
  return PARLEY_OK;
}

bool Gates::setting_on(const Gate &gate) const {
  if (gate.setting.empty()) {
    return true;
  }
  const auto found = settings_.find(gate.setting);
  return found != settings_.end() && found->second == "true";
}

bool Gates::serves(const Gate &gate, const std::string &record_type) const {
  if (gate.record_types.empty()) {
    return true;
  }
  const auto found = settings_.find(gate.record_types);
  if (found == settings_.end()) {
    return false;
  }
  nlohmann::json types;
  JsonProblem problem;
  const auto is_name = [](const nlohmann::json &type) { return type.is_string(); };
  if (!parse_json(found->second, types, problem) || !types.is_array() ||
      !std::all_of(types.begin(), types.end(), is_name)) {
    const Setting *setting = registry_.setting(gate.record_types);
    types = nlohmann::json::parse(setting->default_value);
  }
  return std::find(types.begin(), types.end(), record_type) != types.end();
}

bool Gates::permitted(const Gate &gate) const {
  if (gate.permission.empty()) {
    return true;
  }
  const auto found = rights_.find({gate.subject, gate.permission});
  return found != rights_.end() && found->second;
}

bool Gates::knows_of(const Workflow &workflow) const {
  const Entity *entity = registry_.entity(workflow.entity);
  const bool configures = !workflow.configure_permission.empty() && permitted(workflow.configure_gate());
  return setting_on(workflow.gate) &&
         (configures || permitted(workflow.gate) || (entity != nullptr && open(entity->gate)));
}

} // namespace parley::host
