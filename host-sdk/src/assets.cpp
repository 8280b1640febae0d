#include "host-sdk/src/abi.hpp"
#include "host-sdk/src/pages.hpp"

#include <algorithm>

namespace parley::host {
namespace {

template <class Take>
struct AssetTaker {
  Take &take;

  static std::int32_t PARLEY_ABI put(const parley_asset_sink *self, const parley_asset *asset) noexcept {
    try {
      return asset == nullptr ? PARLEY_INVALID : static_cast<AssetTaker *>(self->context)->take(*asset);
    } catch (...) {
      return PARLEY_INTERNAL;
    }
  }
};

template <class Take>
std::int32_t each_asset(const LoadedPlugin &plugin, Take take) {
  if (plugin.owner == nullptr || plugin.assets == nullptr) {
    return PARLEY_NOT_FOUND;
  }
  AssetTaker<Take> taker{take};
  auto sink = sized<parley_asset_sink>();
  sink.context = &taker;
  sink.put = &AssetTaker<Take>::put;
  return call_owned(*plugin.owner, [&] { return plugin.assets->list(plugin.instance, &sink); });
}

} // namespace

std::vector<Asset> list_assets(const LoadedPlugin &plugin) {
  std::vector<Asset> assets;
  each_asset(plugin, [&](const parley_asset &asset) -> std::int32_t {
    Asset copied;
    copied.path = text_of(&asset, &parley_asset::path);
    copied.kind = get(&asset, &parley_asset::kind);
    copied.content_type = text_of(&asset, &parley_asset::content_type);
    copied.etag = text_of(&asset, &parley_asset::etag);
    assets.push_back(std::move(copied));
    return PARLEY_OK;
  });
  return assets;
}

std::int32_t put_asset(const Runtime &runtime, std::string_view plugin_name, std::string_view path,
                       const parley_asset_sink &sink) {
  const auto world = runtime.world();
  const auto plugin = std::find_if(world->plugins.begin(), world->plugins.end(),
                                   [&](const LoadedPlugin &item) { return item.facts.name == plugin_name; });
  if (plugin == world->plugins.end()) {
    return PARLEY_NOT_FOUND;
  }
  std::int32_t answer = PARLEY_NOT_FOUND;
  each_asset(*plugin, [&](const parley_asset &asset) -> std::int32_t {
    if (answer == PARLEY_NOT_FOUND && text_of(&asset, &parley_asset::path) == path) {
      answer = sink.put(&sink, &asset) == PARLEY_OK ? PARLEY_OK : PARLEY_SINK_REFUSED;
    }
    return answer == PARLEY_SINK_REFUSED ? PARLEY_SINK_REFUSED : PARLEY_OK;
  });
  return answer;
}

} // namespace parley::host
