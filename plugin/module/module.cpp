// Puts the plugin together, and exports it.
#include <memory>

#include "plugin/abi/entry.hpp"
#include "plugin/module/database_backend.hpp"
#include "plugin/web/assets.hpp"

namespace parley::module {
namespace {

abi::Parts join() {
  abi::Parts parts;
  parts.backend = std::make_unique<DatabaseBackend>();
  for (const web::Asset &asset : web::assets()) {
    parts.assets.push_back(
        abi::Asset{asset.path, asset.content_type, asset.etag, asset.bytes, static_cast<std::uint32_t>(asset.kind)});
  }
  parts.version = PARLEY_PRODUCT_VERSION;
  return parts;
}

std::int32_t PARLEY_ABI create(const parley_host *host, const parley_plugin **plugin,
                               const parley_error_sink *errors) noexcept {
  return abi::create(host, plugin, errors, &join);
}

} // namespace
} // namespace parley::module

const parley_entry_point parley_entry = {static_cast<std::uint32_t>(sizeof(parley_entry_point)), PARLEY_ABI_MAJOR,
                                         PARLEY_ABI_MINOR, PARLEY_ABI_MINOR, &parley::module::create};
