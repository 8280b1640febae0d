#include "sample-host/src/web/assets.h"

#include <map>
#include <mutex>
#include <optional>

#include "sample-host/src/auth/secrets.h"
#include "sample-host/src/contract/plugins.h"
#include "sample-host/src/embedded.h"

namespace host {
namespace {

std::string host_etag(const std::string &file) {
  static std::mutex mutex;
  static std::map<std::string, std::string> etags;
  const std::lock_guard lock(mutex);
  std::string &etag = etags[file];
  if (etag.empty()) {
    etag = digest(embedded_file("assets/" + file).value_or(std::string_view())).substr(0, 16);
  }
  return etag;
}

std::string content_type(const std::string &file) {
  static const std::map<std::string, std::string> types = {
      {".css", "text/css; charset=utf-8"}, {".js", "text/javascript; charset=utf-8"}, {".svg", "image/svg+xml"}};
  const auto found = types.find(file.substr(std::min(file.rfind('.'), file.size())));
  return found != types.end() ? found->second : "application/octet-stream";
}

std::optional<Asset> host_asset(const std::string &file) {
  const auto bytes = embedded_file("assets/" + file);
  if (!bytes) {
    return std::nullopt;
  }
  return Asset{*bytes, content_type(file), host_etag(file)};
}

std::optional<Asset> find_asset(Plugins &plugins, const std::string &path) {
  static const std::string host_prefix = "/assets/host/";
  static const std::string plugin_prefix = "/assets/plugins/";
  if (starts_with(path, host_prefix)) {
    return host_asset(path.substr(host_prefix.size()));
  }
  if (starts_with(path, plugin_prefix)) {
    const std::string rest = path.substr(plugin_prefix.size());
    const auto slash = rest.find('/');
    if (slash != std::string::npos) {
      return plugins.asset(rest.substr(0, slash), rest.substr(slash + 1));
    }
  }
  return std::nullopt;
}

bool matches(const std::string &if_none_match, const std::string &etag) {
  for (const std::string &candidate : split(if_none_match, ',')) {
    const std::string tag = trim(candidate);
    if (tag == etag || tag == "W/" + etag || tag == "*") {
      return true;
    }
  }
  return false;
}

} // namespace

std::string host_asset_url(const std::string &file) {
  return "/assets/host/" + file + "?v=" + host_etag(file);
}

std::string plugin_asset_url(const std::string &plugin, const std::string &path, const std::string &etag) {
  return "/assets/plugins/" + percent_encode(plugin) + "/" + path + "?v=" + percent_encode(etag);
}

Response serve_asset(Plugins &plugins, const Request &request) {
  const auto path = percent_decode(request.path);
  const auto asset = path ? find_asset(plugins, *path) : std::nullopt;
  if (!asset) {
    return plain(404, "There is no such file.");
  }
  const std::string etag = "\"" + asset->etag + "\"";
  const auto query = parse_fields(request.query);
  const bool versioned = query && field(*query, "v") == asset->etag;
  Response response;
  response.with("ETag", etag)
      .with("Cache-Control", versioned ? "public, max-age=31536000, immutable" : "public, no-cache")
      .with("Content-Type", asset->content_type);
  if (matches(request.header("If-None-Match"), etag)) {
    response.status = 304;
    return response;
  }
  response.body = std::string(asset->bytes);
  return response;
}

} // namespace host
