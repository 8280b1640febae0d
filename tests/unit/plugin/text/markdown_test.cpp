#include "plugin/text/markdown.hpp"

#include <chrono>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parley::text {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Html, D12_marks_up) {
  EXPECT_EQ(to_html("*a* **b** ~~c~~ `d`"), "<p><em>a</em> <strong>b</strong> <del>c</del> <code>d</code></p>\n");
  EXPECT_EQ(to_html("- a\n- b"), "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n");
  EXPECT_EQ(to_html("3. a\n4. b"), "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>\n");
  EXPECT_EQ(to_html("> a"), "<blockquote>\n<p>a</p>\n</blockquote>\n");
  EXPECT_EQ(to_html("```cpp\na < b\n```"), "<pre><code>a &lt; b\n</code></pre>\n");
  EXPECT_EQ(to_html("a\n\n---\n\nb"), "<p>a</p>\n<hr>\n<p>b</p>\n");
}

TEST(Html, D12_headings_stay_out_of_the_outline_of_the_page) {
  EXPECT_EQ(to_html("# Title"), "<p><strong>Title</strong></p>\n");
}

TEST(Html, S6_a_broken_line_is_a_broken_line) {
  EXPECT_EQ(to_html("a\nb"), "<p>a<br>\nb</p>\n");
}

TEST(Html, D12_links_to_http_https_and_mailto) {
  EXPECT_EQ(to_html("[a](https://example.com/?x=1&y=2)"),
            "<p><a href=\"https://example.com/?x=1&amp;y=2\" rel=\"nofollow noopener noreferrer ugc\" "
            "target=\"_blank\">a</a></p>\n");
  EXPECT_THAT(to_html("[a](HTTP://example.com)"), HasSubstr("href=\"HTTP://example.com\""));
  EXPECT_THAT(to_html("[a](mailto:a@example.com)"), HasSubstr("href=\"mailto:a@example.com\""));
  EXPECT_THAT(to_html("[a](<https://example.com/ü \"x>)"), HasSubstr("href=\"https://example.com/%C3%BC%20%22x\""));
}

TEST(Html, D12_bare_addresses_become_links) {
  EXPECT_THAT(to_html("see https://example.com/a now"), HasSubstr("<a href=\"https://example.com/a\""));
  EXPECT_THAT(to_html("see www.example.com now"), HasSubstr("<a href=\"http://www.example.com\""));
  EXPECT_THAT(to_html("ask jd@example.com now"), HasSubstr("<a href=\"mailto:jd@example.com\""));
}

TEST(Html, D12_images_are_links) {
  const std::string html = to_html("![our shop](https://example.com/shop.png)");
  EXPECT_THAT(html, HasSubstr("<a href=\"https://example.com/shop.png\""));
  EXPECT_THAT(html, HasSubstr(">our shop</a>"));
  EXPECT_THAT(html, Not(HasSubstr("<img")));
  EXPECT_EQ(to_html("![x](data:image/png;base64,AAAA)"), "<p>x</p>\n");
}

TEST(Html, D12_a_link_stands_in_no_link) {
  const std::string html = to_html("[![alt](https://a.example/i.png)](https://b.example/)");
  EXPECT_THAT(html, HasSubstr("href=\"https://b.example/\""));
  EXPECT_THAT(html, Not(HasSubstr("a.example")));
}

/// Whatever comes in: no element of the writer's own, no attribute but ours, no address that a browser would run.
class Attack : public testing::TestWithParam<const char *> {};

bool harmless(const std::string &html) {
  static const std::string opening = "<a href=\"";
  static const std::string closing = "\" rel=\"nofollow noopener noreferrer ugc\" target=\"_blank\">";
  static const char *const allowed[] = {
      "<p>",           "</p>",  "<br>",   "<em>",   "</em>",   "<strong>", "</strong>", "<del>",
      "</del>",        "<ul>",  "</ul>",  "<ol>",   "</ol>",   "<li>",     "</li>",     "<blockquote>",
      "</blockquote>", "<pre>", "</pre>", "<code>", "</code>", "</a>",     "<hr>",
  };
  for (std::size_t at = html.find('<'); at != std::string::npos; at = html.find('<', at + 1)) {
    if (html.compare(at, opening.size(), opening) == 0) {
      const std::size_t begin = at + opening.size();
      const std::size_t end = html.find('"', begin);
      const std::string address = html.substr(begin, end - begin);
      const bool scheme =
          address.rfind("http://", 0) == 0 || address.rfind("https://", 0) == 0 || address.rfind("mailto:", 0) == 0;
      if (!scheme || html.compare(end, closing.size(), closing) != 0 ||
          address.find_first_of("<> '\t\n") != std::string::npos) {
        return false;
      }
      continue;
    }
    bool known = false;
    for (const char *element : allowed) {
      known = known || html.compare(at, std::string(element).size(), element) == 0;
    }
    if (!known) {
      return false;
    }
  }
  return true;
}

TEST_P(Attack, D12_comes_out_harmless) {
  const std::string html = to_html(GetParam());
  EXPECT_TRUE(harmless(html)) << html;
}

INSTANTIATE_TEST_SUITE_P(
    Corpus, Attack,
    testing::Values(
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
        "<a href=\"javascript:alert(1)\">x</a>", "<iframe src=javascript:alert(1)>",
        "<!-- --!><script>alert(1)</script>", "<div>\n<script>\nalert(1)\n</script>\n</div>",
        "<style>@import 'http://x'</style>", "<?php x ?>", "<![CDATA[<script>alert(1)</script>]]>",
        "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](javascript&colon;alert(1))",
        "[x](&#106;avascript:alert(1))", "[x](&#x6A;avascript:alert(1))", "[x](java&#10;script:alert(1))",
        "[x](java&Tab;script:alert(1))", "[x](<java\tscript:alert(1)>)", "[x](<\x01javascript:alert(1)>)",
        "[x](&#1;javascript:alert(1))", "[x]( javascript:alert(1))", "[x](<&#32;javascript:alert(1)>)",
        "[x](vbscript:msgbox(1))", "[x](data:text/html,<script>alert(1)</script>)",
        "[x](DATA:text/html;base64,PHNjcmlwdD4=)", "[x](file:///etc/passwd)", "[x](//evil.example)", "[x](/logout)",
        "[x](\\\\evil.example)", "[x](https://a\"onmouseover=\"alert(1))", "[x](<https://a\" onmouseover=\"alert(1)>)",
        "[x](https://a '\"><script>alert(1)</script>')", "[x](https://a \"\\\"><img src=x onerror=alert(1)>\")",
        "[x](https://a'onclick='alert(1))", "![x](javascript:alert(1))", "![x\"onerror=\"alert(1)](https://a)",
        "![<script>alert(1)</script>](https://a)", "[<img src=x onerror=alert(1)>](https://a)",
        "[x][y]\n\n[y]: javascript:alert(1)", "[x][y]\n\n[y]: <javascript:alert(1)>",
        "[x][y]\n\n[y]: &#106;avascript:alert(1)", "<javascript:alert(1)>", "<JAVASCRIPT:alert(1)>",
        "<data:text/html,x>", "<https://a\"onclick=alert(1)>", "<https://a/<script>>",
        "https://a.example/\"onmouseover=\"alert(1)", "https://a.example/<script>alert(1)</script>",
        "www.a.example/\"onmouseover=\"alert(1)", "a\"onclick=\"x@example.com", "`<script>alert(1)</script>`",
        "```\"><script>alert(1)</script>\nx\n```", "    <script>alert(1)</script>", "# <script>alert(1)</script>",
        "- <script>alert(1)</script>", "> <script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;",
        "&#60;script&#62;alert(1)&#60;/script&#62;", "\\<script>alert(1)</script>", "*<script>*alert(1)</script>",
        "<scr<script>ipt>alert(1)</scr</script>ipt>", "[a](https://a)[b](javascript:alert(1))<b onclick=x>",
        "|a|b|\n|-|-|\n|<script>|x|", "[[x](javascript:a)](https://b)", "![![x](javascript:a)](https://b)",
        "\xFF\xFE<script>", "<\xC0script>alert(1)</script>"));

TEST(Html, D12_what_was_an_entity_stays_text) {
  EXPECT_EQ(to_html("&lt;b&gt; &amp; &#60;"), "<p>&lt;b&gt; &amp; &#60;</p>\n");
}

TEST(Html, deep_nesting_comes_out_as_text) {
  const std::string deep = std::string(500, '>') + " <b>";
  const std::string html = to_html(deep);
  EXPECT_THAT(html, Not(HasSubstr("<blockquote>")));
  EXPECT_THAT(html, HasSubstr("&lt;b&gt;"));
  EXPECT_TRUE(harmless(html));
}

TEST(Html, references_do_not_multiply_without_end) {
  std::string bomb = "[a]: https://example.com/" + std::string(30000, 'x') + "\n\n";
  while (bomb.size() < 65000) {
    bomb += "[a] ";
  }
  EXPECT_LT(to_html(bomb).size(), 3U * 1024 * 1024);
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int longest_ms = 20000; // sanitizers look at every string to its end
#else
constexpr int longest_ms = 2000;
#endif

TEST(Html, hostile_texts_of_full_length_take_no_time) {
  const char *const patterns[] = {"[",    "![",       "*a ",  "**a ",    "_a*",    "`",  "` ``", "<",
                                  "<a",   "&",        "](",   "[a](",    "[a](<",  "> ", "- ",   "* * ",
                                  "~~a ", "a@b.",     "www.", "http://", "[a][b]", "\\", "1. ",  "#",
                                  "\n\n", "[a]: b\n", "(",    "\t",      "*_~`"};
  for (const char *pattern : patterns) {
    std::string text;
    while (text.size() < 65536) {
      text += pattern;
    }
    const auto begin = std::chrono::steady_clock::now();
    (void)to_html(text);
    (void)to_plain(text);
    const auto took = std::chrono::steady_clock::now() - begin;
    EXPECT_LT(std::chrono::duration_cast<std::chrono::milliseconds>(took).count(), longest_ms) << pattern;
  }
}

TEST(Html, D12_what_the_parser_leaves_crosswise_is_text) {
  EXPECT_EQ(to_html("~[om](a~b)"), "<p>~[om](a~b)</p>\n");
  EXPECT_EQ(to_plain("~[om](a~b)"), "~[om](a~b)");
}

TEST(Plain, D12_is_offered_too) {
  EXPECT_EQ(to_plain("# Hello\n\n*a* **b** `c` [d](https://e)\nnext"), "Hello\na b c d\nnext");
  EXPECT_EQ(to_plain("- a\n- b\n  - c\n\n1. x\n2. y"), "- a\n- b\n  - c\n1. x\n2. y");
  EXPECT_EQ(to_plain("R&amp;D &lt;3 &#8364;"), "R&D <3 €");
  EXPECT_EQ(to_plain("<b>kept as written</b>"), "<b>kept as written</b>");
  EXPECT_EQ(to_plain("![alt](https://e)"), "alt");
  EXPECT_EQ(to_plain(""), "");
}

// Of a deep text the HTML alone is escaped; of the last one only the HTML is too large.
TEST(Rendered, is_what_both_give) {
  std::string bomb = "[a]: https://example.com/" + std::string(30000, 'x') + "\n\n";
  for (int at = 0; at < 60; ++at) {
    bomb += "[a] ";
  }
  for (const std::string &text :
       {std::string(), std::string("# Hello\n\n*a* **b** `c` [d](https://e) &amp; <b>\nnext\n\n- x\n  1. y\n\n> z"),
        std::string(500, '>') + " <b>", std::string("~[om](a~b)"), bomb}) {
    const Rendered both = render(text);
    EXPECT_EQ(both.html, to_html(text)) << text.substr(0, 40);
    EXPECT_EQ(both.plain, to_plain(text)) << text.substr(0, 40);
  }
  EXPECT_NE(to_plain(bomb), bomb) << "read";
  EXPECT_THAT(to_html(bomb), HasSubstr("[a]")) << "not read";
}

} // namespace
} // namespace parley::text
