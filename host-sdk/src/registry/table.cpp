#include "host-sdk/src/registry/table.hpp"

#include "host-sdk/src/abi.hpp"
#include "host-sdk/src/host_view.hpp"
#include "host-sdk/src/registry/staging.hpp"
#include "host-sdk/src/runtime.hpp"

#include <mutex>

namespace parley::host {
namespace {

std::int32_t refuse(const parley_error_sink *errors, std::int32_t status, const char *code, const char *detail) {
  Fault fault;
  fault.status = status;
  fault.code = code;
  fault.detail = detail;
  report(errors, fault);
  return status;
}

template <class Descriptor>
std::int32_t PARLEY_ABI add(const parley_host *host, const Descriptor *descriptor,
                            const parley_error_sink *errors) noexcept {
  try {
    if (host == nullptr || descriptor == nullptr) {
      return refuse(errors, PARLEY_INVALID, "no-descriptor", "There is no descriptor.");
    }
    const HostView &view = HostView::of(host);
    Faults faults;
    {
      const std::lock_guard<std::mutex> lock(view.runtime->registration);
      if (view.staging == nullptr) {
        faults.push_back(
            {PARLEY_WRONG_STATE, "wrong-state", "Registration is possible only while start runs.", {}, {}, {}});
      } else {
        faults = view.staging->add(*descriptor);
      }
    }
    report(errors, faults);
    return gravest(faults);
  } catch (...) {
    return PARLEY_INTERNAL;
  }
}

std::int32_t PARLEY_ABI types(const parley_host *host, std::uint32_t traits, const parley_str_sink *result) noexcept {
  try {
    if (host == nullptr || result == nullptr || !has_function(result, &parley_str_sink::put)) {
      return PARLEY_INVALID;
    }
    const HostView &view = HostView::of(host);
    std::vector<std::string> found;
    const auto look = [&](const Entity &entity) {
      if ((entity.traits & traits) == traits) {
        found.push_back(entity.type);
      }
    };
    {
      const std::lock_guard<std::mutex> lock(view.runtime->registration);
      view.runtime->registry()->each(&Batch::entities, look);
      if (view.staging != nullptr) {
        for (const auto &entity : view.staging->batch().entities) {
          look(entity);
        }
      }
    }
    for (const auto &type : found) {
      const parley_str name = str(type);
      if (result->put(result, &name) != PARLEY_OK) {
        return PARLEY_SINK_REFUSED;
      }
    }
    return PARLEY_OK;
  } catch (...) {
    return PARLEY_INTERNAL;
  }
}

parley_registry make_table() {
  auto table = sized<parley_registry>();
  table.add_entity = &add<parley_entity>;
  table.add_panel = &add<parley_panel>;
  table.add_workflow = &add<parley_workflow>;
  table.add_page = &add<parley_page>;
  table.add_menu_item = &add<parley_menu_item>;
  table.add_record_action = &add<parley_record_action>;
  table.add_indicator = &add<parley_indicator>;
  table.add_permission = &add<parley_permission>;
  table.add_setting = &add<parley_setting>;
  table.types = &types;
  return table;
}

} // namespace

const parley_registry &registry_table() {
  static const parley_registry table = make_table();
  return table;
}

} // namespace parley::host
