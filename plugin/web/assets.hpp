// The files for the browser, as part of the library. Their source is generated: tools/embed.mjs.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace parley::web {

// What an asset is for. The numbers are those of the contract's PARLEY_ASSET_*.
enum class AssetKind : std::uint32_t { module_script = 1, stylesheet = 2, other = 3 };

struct Asset {
  std::string_view path;         // "conversations.js"
  std::string_view content_type; // "text/javascript; charset=utf-8"
  std::string_view etag;         // from a hash of the bytes, without quotes
  std::string_view bytes;
  AssetKind kind;
};

// All of them, in the order in which a page loads them. Views and vector live as long as the library is loaded.
// Thread-safe.
const std::vector<Asset> &assets();

} // namespace parley::web
