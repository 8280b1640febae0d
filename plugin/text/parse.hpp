#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <md4c.h>

namespace parley::text {

/// What a renderer hears while Markdown is read. It appends to `output`.
class Renderer {
public:
  Renderer() = default;
  Renderer(const Renderer &) = delete;
  Renderer &operator=(const Renderer &) = delete;
  virtual ~Renderer() = default;

  virtual void enter(MD_BLOCKTYPE block, const void *detail) = 0;
  virtual void leave(MD_BLOCKTYPE block, const void *detail) = 0;
  virtual void enter(MD_SPANTYPE span, const void *detail) = 0;
  virtual void leave(MD_SPANTYPE span, const void *detail) = 0;
  virtual void text(MD_TEXTTYPE kind, std::string_view text) = 0;

  /// How much was made of it; bytes.
  [[nodiscard]] virtual std::size_t size() const { return output.size(); }

  std::string output;
};

/// Reads `markdown`, at most 2^31 bytes. False where it is nested too deeply or the output grows too large; what the
/// renderer has then is of no use.
[[nodiscard]] bool parse(std::string_view markdown, Renderer &renderer);

/// The characters of an attribute (an address), entities decoded.
[[nodiscard]] std::string decoded(const MD_ATTRIBUTE &attribute);

} // namespace parley::text
