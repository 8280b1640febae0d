#include "plugin/text/markdown.hpp"

#include <algorithm>
#include <utility>

#include "plugin/text/renderers.hpp"

namespace parley::text {
namespace {

/// Lets two renderers hear the same.
class Both final : public Renderer {
public:
  Both(Renderer &first, Renderer &second) : first_(first), second_(second) {}

  void enter(MD_BLOCKTYPE block, const void *detail) override {
    first_.enter(block, detail);
    second_.enter(block, detail);
  }
  void leave(MD_BLOCKTYPE block, const void *detail) override {
    first_.leave(block, detail);
    second_.leave(block, detail);
  }
  void enter(MD_SPANTYPE span, const void *detail) override {
    first_.enter(span, detail);
    second_.enter(span, detail);
  }
  void leave(MD_SPANTYPE span, const void *detail) override {
    first_.leave(span, detail);
    second_.leave(span, detail);
  }
  void text(MD_TEXTTYPE kind, std::string_view text) override {
    first_.text(kind, text);
    second_.text(kind, text);
  }
  [[nodiscard]] std::size_t size() const override { return std::max(first_.size(), second_.size()); }

private:
  Renderer &first_;
  Renderer &second_;
};

} // namespace

Rendered render(std::string_view markdown) {
  const auto html = html_renderer(markdown);
  const auto plain = plain_renderer(markdown);
  Both both(*html, *plain);
  if (!parse(markdown, both)) {
    return {to_html(markdown), to_plain(markdown)}; // one of them may have been good
  }
  return {std::move(html->output), finished_plain(*plain)};
}

} // namespace parley::text
