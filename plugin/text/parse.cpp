#include "plugin/text/parse.hpp"

#include <exception>

#include "plugin/text/entities.hpp"

namespace parley::text {
namespace {

constexpr int deepest = 32;                    // blocks and spans that are open at once
constexpr std::size_t largest = 1024U * 1024U; // bytes of output: reference definitions multiply
constexpr std::size_t longest_input = 0x7FFFFFFF;

struct Walk {
  explicit Walk(Renderer &to) : renderer(to) {}

  Renderer &renderer;
  int depth = 0;
  bool stopped = false;
  std::exception_ptr thrown; // must not pass through the frames of the C library
};

/// Runs one step of the renderer; a negative answer makes the parser stop (a positive one does not everywhere).
template <class Step>
int guarded(void *userdata, int deeper, Step step) {
  Walk &walk = *static_cast<Walk *>(userdata);
  walk.depth += deeper;
  walk.stopped = walk.stopped || walk.depth > deepest || walk.renderer.output.size() > largest;
  if (walk.stopped) {
    return -1;
  }
  try {
    step(walk.renderer);
    return 0;
  } catch (...) {
    walk.thrown = std::current_exception();
    walk.stopped = true;
    return -1;
  }
}

int enter_block(MD_BLOCKTYPE type, void *detail, void *userdata) {
  return guarded(userdata, 1, [&](Renderer &renderer) { renderer.enter(type, detail); });
}
int leave_block(MD_BLOCKTYPE type, void *detail, void *userdata) {
  return guarded(userdata, -1, [&](Renderer &renderer) { renderer.leave(type, detail); });
}
int enter_span(MD_SPANTYPE type, void *detail, void *userdata) {
  return guarded(userdata, 1, [&](Renderer &renderer) { renderer.enter(type, detail); });
}
int leave_span(MD_SPANTYPE type, void *detail, void *userdata) {
  return guarded(userdata, -1, [&](Renderer &renderer) { renderer.leave(type, detail); });
}
int text(MD_TEXTTYPE type, const MD_CHAR *bytes, MD_SIZE size, void *userdata) {
  return guarded(userdata, 0, [&](Renderer &renderer) { renderer.text(type, {bytes, size}); });
}

} // namespace

bool parse(std::string_view markdown, Renderer &renderer) {
  if (markdown.size() > longest_input) {
    return false;
  }
  // No tables: every row costs as much as its header is wide, however short it is.
  constexpr unsigned dialect = MD_FLAG_NOHTML | MD_FLAG_PERMISSIVEAUTOLINKS | MD_FLAG_STRIKETHROUGH;
  const MD_PARSER parser = {0, dialect, enter_block, leave_block, enter_span, leave_span, text, nullptr, nullptr};
  Walk walk{renderer};
  const int failed = md_parse(markdown.data(), static_cast<MD_SIZE>(markdown.size()), &parser, &walk);
  if (walk.thrown) {
    std::rethrow_exception(walk.thrown);
  }
  return failed == 0 && !walk.stopped;
}

std::string decoded(const MD_ATTRIBUTE &attribute) {
  std::string characters;
  for (std::size_t part = 0; attribute.substr_offsets[part] < attribute.size; ++part) {
    const MD_OFFSET begin = attribute.substr_offsets[part];
    const MD_OFFSET end = attribute.substr_offsets[part + 1];
    const std::string_view piece(attribute.text + begin, end - begin);
    switch (attribute.substr_types[part]) {
    case MD_TEXT_ENTITY:
      characters += decode_entity(piece);
      break;
    case MD_TEXT_NULLCHAR:
      characters += "\xEF\xBF\xBD";
      break;
    default:
      characters += piece;
    }
  }
  return characters;
}

} // namespace parley::text
