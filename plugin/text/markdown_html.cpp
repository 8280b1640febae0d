#include "plugin/text/markdown.hpp"

#include <vector>

#include "plugin/text/escape.hpp"
#include "plugin/text/links.hpp"
#include "plugin/text/renderers.hpp"

namespace parley::text {
namespace {

class HtmlRenderer final : public Renderer {
public:
  void enter(MD_BLOCKTYPE block, const void *detail) override {
    switch (block) {
    case MD_BLOCK_QUOTE:
      output += "<blockquote>\n";
      break;
    case MD_BLOCK_UL:
      output += "<ul>\n";
      break;
    case MD_BLOCK_OL: {
      const unsigned start = static_cast<const MD_BLOCK_OL_DETAIL *>(detail)->start;
      output += start == 1 ? "<ol>\n" : "<ol start=\"" + std::to_string(start) + "\">\n";
      break;
    }
    case MD_BLOCK_LI:
      output += "<li>";
      break;
    case MD_BLOCK_HR:
      output += "<hr>\n";
      break;
    case MD_BLOCK_H: // a message has no place in the outline of the page
      output += "<p><strong>";
      break;
    case MD_BLOCK_CODE:
      output += "<pre><code>";
      break;
    case MD_BLOCK_P:
      output += "<p>";
      break;
    default:
      break;
    }
  }

  void leave(MD_BLOCKTYPE block, const void * /*detail*/) override {
    switch (block) {
    case MD_BLOCK_QUOTE:
      output += "</blockquote>\n";
      break;
    case MD_BLOCK_UL:
      output += "</ul>\n";
      break;
    case MD_BLOCK_OL:
      output += "</ol>\n";
      break;
    case MD_BLOCK_LI:
      output += "</li>\n";
      break;
    case MD_BLOCK_H:
      output += "</strong></p>\n";
      break;
    case MD_BLOCK_CODE:
      output += "</code></pre>\n";
      break;
    case MD_BLOCK_P:
      output += "</p>\n";
      break;
    default:
      break;
    }
  }

  void enter(MD_SPANTYPE span, const void *detail) override {
    switch (span) {
    case MD_SPAN_EM:
      output += "<em>";
      break;
    case MD_SPAN_STRONG:
      output += "<strong>";
      break;
    case MD_SPAN_DEL:
      output += "<del>";
      break;
    case MD_SPAN_CODE:
      output += "<code>";
      break;
    case MD_SPAN_A:
      open_link(static_cast<const MD_SPAN_A_DETAIL *>(detail)->href);
      break;
    case MD_SPAN_IMG: // fetching it would tell a stranger who reads when
      open_link(static_cast<const MD_SPAN_IMG_DETAIL *>(detail)->src);
      break;
    default:
      break;
    }
  }

  void leave(MD_SPANTYPE span, const void * /*detail*/) override {
    switch (span) {
    case MD_SPAN_EM:
      output += "</em>";
      break;
    case MD_SPAN_STRONG:
      output += "</strong>";
      break;
    case MD_SPAN_DEL:
      output += "</del>";
      break;
    case MD_SPAN_CODE:
      output += "</code>";
      break;
    case MD_SPAN_A:
    case MD_SPAN_IMG:
      close_link();
      break;
    default:
      break;
    }
  }

  void text(MD_TEXTTYPE kind, std::string_view text) override {
    switch (kind) {
    case MD_TEXT_NULLCHAR:
      output += "\xEF\xBF\xBD";
      break;
    case MD_TEXT_BR:
    case MD_TEXT_SOFTBR: // people who press Shift+Enter mean it
      output += "<br>\n";
      break;
    case MD_TEXT_ENTITY: // the parser has checked that it is one, and an entity in content is text
      output += text;
      break;
    default:
      append_escaped(output, text);
    }
  }

private:
  void open_link(const MD_ATTRIBUTE &address) {
    const auto safe = inside_link() ? std::nullopt : safe_link(decoded(address));
    links_.push_back(safe.has_value());
    if (safe) {
      output += "<a href=\"";
      append_escaped(output, *safe);
      output += R"(" rel="nofollow noopener noreferrer ugc" target="_blank">)";
    }
  }

  void close_link() {
    if (!links_.empty()) {
      if (links_.back()) {
        output += "</a>";
      }
      links_.pop_back();
    }
  }

  [[nodiscard]] bool inside_link() const {
    for (const bool shown : links_) {
      if (shown) {
        return true;
      }
    }
    return false;
  }

  std::vector<bool> links_; // those that are open; true: as an element
};

std::string as_text(std::string_view markdown) {
  std::string html = "<p>";
  while (!markdown.empty()) {
    const std::size_t end = markdown.find('\n');
    append_escaped(html, markdown.substr(0, end));
    if (end == std::string_view::npos) {
      break;
    }
    html += "<br>\n";
    markdown.remove_prefix(end + 1);
  }
  html += "</p>\n";
  return html;
}

} // namespace

std::unique_ptr<Renderer> html_renderer(std::string_view markdown) {
  auto renderer = std::make_unique<HtmlRenderer>();
  renderer->output.reserve(markdown.size() + markdown.size() / 4 + 16);
  return renderer;
}

std::string to_html(std::string_view markdown) {
  const auto renderer = html_renderer(markdown);
  if (!parse(markdown, *renderer)) {
    return as_text(markdown);
  }
  return std::move(renderer->output);
}

} // namespace parley::text
