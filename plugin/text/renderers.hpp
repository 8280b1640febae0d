#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "plugin/text/parse.hpp"

/// What Markdown is turned into. For this folder's sources only.
namespace parley::text {

[[nodiscard]] std::unique_ptr<Renderer> html_renderer(std::string_view markdown);
[[nodiscard]] std::unique_ptr<Renderer> plain_renderer(std::string_view markdown);

/// What the renderer for plain text has made, when everything was read.
[[nodiscard]] std::string finished_plain(Renderer &renderer);

} // namespace parley::text
