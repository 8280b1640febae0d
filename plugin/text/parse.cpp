#include "plugin/text/parse.hpp"

#include <exception>
#include <vector>

#include "plugin/text/entities.hpp"

namespace parley::text {
namespace {

constexpr std::size_t deepest = 32;            // blocks and spans that are open at once
constexpr std::size_t largest = 1024U * 1024U; // bytes of output: reference definitions multiply
constexpr std::size_t longest_input = 0x7FFFFFFF;

struct Walk {
  explicit Walk(Renderer &to) : renderer(to) {}

  Renderer &renderer;
  std::vector<int> open; // what was entered and not left yet
  bool stopped = false;
  std::exception_ptr thrown; // must not pass through the frames of the C library
};

/// Runs one step of the renderer; a negative answer makes the parser stop (a positive one does not everywhere).
template <class Step>
int guarded(void *userdata, Step step) {
  Walk &walk = *static_cast<Walk *>(userdata);
  walk.stopped = walk.stopped || walk.renderer.size() > largest;
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

// Blocks and spans as one kind of number.
int key(MD_BLOCKTYPE type) {
  return static_cast<int>(type);
}
int key(MD_SPANTYPE type) {
  return 1000 + static_cast<int>(type);
}

template <class Type>
int enter(Type type, void *detail, void *userdata) {
  Walk &walk = *static_cast<Walk *>(userdata);
  walk.stopped = walk.stopped || walk.open.size() >= deepest;
  return guarded(userdata, [&](Renderer &renderer) {
    walk.open.push_back(key(type));
    renderer.enter(type, detail);
  });
}

// The parser does not always leave what it entered last ("~[a](b~c)"): such markup is none.
template <class Type>
int leave(Type type, void *detail, void *userdata) {
  Walk &walk = *static_cast<Walk *>(userdata);
  if (walk.open.empty() || walk.open.back() != key(type)) {
    walk.stopped = true;
    return -1;
  }
  walk.open.pop_back();
  return guarded(userdata, [&](Renderer &renderer) { renderer.leave(type, detail); });
}

int enter_block(MD_BLOCKTYPE type, void *detail, void *userdata) {
  return enter(type, detail, userdata);
}
int leave_block(MD_BLOCKTYPE type, void *detail, void *userdata) {
  return leave(type, detail, userdata);
}
int enter_span(MD_SPANTYPE type, void *detail, void *userdata) {
  return enter(type, detail, userdata);
}
int leave_span(MD_SPANTYPE type, void *detail, void *userdata) {
  return leave(type, detail, userdata);
}
int text(MD_TEXTTYPE type, const MD_CHAR *bytes, MD_SIZE size, void *userdata) {
  return guarded(userdata, [&](Renderer &renderer) { renderer.text(type, {bytes, size}); });
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
  return failed == 0 && !walk.stopped && walk.open.empty();
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
