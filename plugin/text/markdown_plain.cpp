#include "plugin/text/markdown.hpp"

#include <vector>

#include "plugin/text/entities.hpp"
#include "plugin/text/renderers.hpp"

namespace parley::text {
namespace {

class PlainRenderer final : public Renderer {
public:
  void enter(MD_BLOCKTYPE block, const void *detail) override {
    switch (block) {
    case MD_BLOCK_UL:
      new_line();
      lists_.push_back(0);
      break;
    case MD_BLOCK_OL:
      new_line();
      lists_.push_back(static_cast<const MD_BLOCK_OL_DETAIL *>(detail)->start + 1UL);
      break;
    case MD_BLOCK_LI:
      begin_item();
      break;
    case MD_BLOCK_QUOTE:
    case MD_BLOCK_H:
    case MD_BLOCK_CODE:
    case MD_BLOCK_P:
      if (!item_just_begun_) {
        new_line();
      }
      item_just_begun_ = false;
      break;
    default:
      break;
    }
  }

  void leave(MD_BLOCKTYPE block, const void * /*detail*/) override {
    if ((block == MD_BLOCK_UL || block == MD_BLOCK_OL) && !lists_.empty()) {
      lists_.pop_back();
    }
    item_just_begun_ = false;
  }

  void enter(MD_SPANTYPE /*span*/, const void * /*detail*/) override {}
  void leave(MD_SPANTYPE /*span*/, const void * /*detail*/) override {}

  void text(MD_TEXTTYPE kind, std::string_view text) override {
    item_just_begun_ = false;
    switch (kind) {
    case MD_TEXT_NULLCHAR:
      output += "\xEF\xBF\xBD";
      break;
    case MD_TEXT_BR:
    case MD_TEXT_SOFTBR:
      output += '\n';
      break;
    case MD_TEXT_ENTITY:
      output += decode_entity(text);
      break;
    default:
      output += text;
    }
  }

private:
  void new_line() {
    if (!output.empty() && output.back() != '\n') {
      output += '\n';
    }
  }

  void begin_item() {
    new_line();
    if (lists_.size() > 1) {
      output.append(2 * (lists_.size() - 1), ' ');
    }
    // A counter is kept one ahead, so that 0 says: bullets.
    if (!lists_.empty() && lists_.back() > 0) {
      output += std::to_string(lists_.back() - 1) + ". ";
      ++lists_.back();
    } else {
      output += "- ";
    }
    item_just_begun_ = true;
  }

  std::vector<unsigned long> lists_;
  bool item_just_begun_ = false;
};

} // namespace

std::unique_ptr<Renderer> plain_renderer(std::string_view markdown) {
  auto renderer = std::make_unique<PlainRenderer>();
  renderer->output.reserve(markdown.size());
  return renderer;
}

std::string finished_plain(Renderer &renderer) {
  while (!renderer.output.empty() && renderer.output.back() == '\n') {
    renderer.output.pop_back();
  }
  return std::move(renderer.output);
}

std::string to_plain(std::string_view markdown) {
  const auto renderer = plain_renderer(markdown);
  if (!parse(markdown, *renderer)) {
    return std::string(markdown);
  }
  return finished_plain(*renderer);
}

} // namespace parley::text
