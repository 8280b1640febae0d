// Markdown of messages: what comes out is safe to put into a page, whatever was written (D12).
#include "plugin/text/markdown.hpp"

#include <vector>

#include "plugin/jsonapi/utf8.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

using parley::fuzz::expect;

constexpr std::size_t kLargest = 1024U * 1024U;

bool begins_with(std::string_view text, std::string_view begin) {
  return text.substr(0, begin.size()) == begin;
}

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// A tag without its brackets: one of ours, letter by letter.
void check_tag(std::string_view tag, std::vector<std::string_view> &open) {
  for (const std::string_view alone : {"br", "hr"}) {
    if (tag == alone) {
      return;
    }
  }
  if (begins_with(tag, "/")) {
    expect(!open.empty() && open.back() == tag.substr(1), "tags are closed in their order");
    open.pop_back();
    return;
  }
  for (const std::string_view name : {"p", "strong", "em", "del", "code", "pre", "blockquote", "ul", "ol", "li"}) {
    if (tag == name) {
      open.push_back(name);
      return;
    }
  }
  constexpr std::string_view ol = "ol start=\"";
  if (begins_with(tag, ol)) {
    expect(tag.back() == '"' && is_number(tag.substr(ol.size(), tag.size() - ol.size() - 1)),
           "a list starts at a number");
    open.push_back("ol");
    return;
  }
  constexpr std::string_view a = "a href=\"";
  constexpr std::string_view rest = "\" rel=\"nofollow noopener noreferrer ugc\" target=\"_blank\"";
  expect(begins_with(tag, a) && tag.size() > a.size() + rest.size() && tag.substr(tag.size() - rest.size()) == rest,
         "no other tags, no other attributes");
  const std::string_view address = tag.substr(a.size(), tag.size() - a.size() - rest.size());
  expect(address.find_first_of("\"<>'` \t\r\n") == std::string_view::npos, "an address stays within its quotes");
  std::string scheme;
  for (const char letter : address.substr(0, 8)) {
    scheme += letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  }
  expect(begins_with(scheme, "http://") || begins_with(scheme, "https://") || begins_with(scheme, "mailto:"),
         "links lead to the web or to mail");
  for (const std::string_view outer : open) {
    expect(outer != "a", "no link within a link");
  }
  open.push_back("a");
}

void check_html(std::string_view html) {
  std::vector<std::string_view> open;
  for (std::size_t at = 0; at < html.size(); ++at) {
    if (html[at] == '<') {
      const std::size_t end = html.find('>', at);
      expect(end != std::string_view::npos, "a tag ends");
      check_tag(html.substr(at + 1, end - at - 1), open);
      at = end;
    } else {
      expect(html[at] != '>', "a bracket in the text is escaped");
    }
  }
  expect(open.empty(), "every tag is closed");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const std::string markdown(parley::fuzz::view(data, size));
  const std::string html = parley::text::to_html(markdown);
  const std::string plain = parley::text::to_plain(markdown);
  check_html(html);
  // One step may go beyond the limit, and what is too much comes out as text, at most six bytes for one.
  expect(html.size() <= kLargest + 8 * size + 64, "HTML has a bound");
  expect(plain.size() <= 16 * size + 64, "plain text has a bound");
  if (parley::jsonapi::valid_utf8(markdown)) {
    expect(parley::jsonapi::valid_utf8(html), "HTML is UTF-8");
    expect(parley::jsonapi::valid_utf8(plain), "plain text is UTF-8");
  }
  return 0;
}
