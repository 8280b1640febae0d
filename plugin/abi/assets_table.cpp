// parley.assets/1
#include "plugin/abi/instance.hpp"

namespace parley::abi {
namespace {

std::int32_t PARLEY_ABI list(const parley_plugin *plugin, const parley_asset_sink *result) noexcept {
  for (const parley_asset &asset : Instance::of(plugin).assets()) {
    if (result->put(result, &asset) != PARLEY_OK) {
      return PARLEY_SINK_REFUSED;
    }
  }
  return PARLEY_OK;
}

} // namespace

const parley_assets assets_table{static_cast<std::uint32_t>(sizeof(parley_assets)), 0, &list};

} // namespace parley::abi
