#include "plugin/text/words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>
#include <sstream>
#include <utility>

namespace parley::text {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> split(const std::string &tokens) {
  std::istringstream stream(tokens);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) {
    words.push_back(word);
  }
  return words;
}

/// What an index does: every token of the search is one of the text, or the beginning of one.
bool finds(const std::string &search, const std::string &text) {
  const auto indexed = split(index_tokens(text));
  const auto sought = search_tokens(search);
  return !sought.empty() && std::all_of(sought.begin(), sought.end(), [&](const std::string &token) {
    return std::any_of(indexed.begin(), indexed.end(),
                       [&](const std::string &word) { return word.compare(0, token.size(), token) == 0; });
  });
}

/// A search and a text.
using Pairs = std::initializer_list<std::pair<std::string, std::string>>;

void expect_found(Pairs pairs) {
  for (const auto &[search, text] : pairs) {
    EXPECT_TRUE(finds(search, text)) << search << " in " << text;
  }
}

void expect_missed(Pairs pairs) {
  for (const auto &[search, text] : pairs) {
    EXPECT_FALSE(finds(search, text)) << search << " in " << text;
  }
}

TEST(Words, A10_CaseDoesNotMatter) {
  expect_found({
      {"ORDER", "order"},
      {"order", "Order"},
      {"straße", "STRASSE"},
      {"STRASSE", "Straße"},
  });
}

TEST(Words, A10_BeginningsAreFoundAndEndsAreNot) {
  expect_found({
      {"deliv", "The delivery"},
      {"d", "The delivery"},
  });
  expect_missed({
      {"livery", "The delivery"},
      {"deliveryman", "The delivery"},
  });
}

TEST(Words, A10_EveryWordHasToBeThere) {
  expect_found({
      {"late order", "The order is late"},
  });
  expect_missed({
      {"late invoice", "The order is late"},
  });
}

TEST(Words, A10_AccentsDoNotMatter) {
  expect_found({
      {"cafe", "Café"},
      {"Café", "cafe"},
      {"Café", "Cafe\u0301"}, // composed or not
      {"Soren", "Søren"},
      {"lodz", "Łódź"},
      {"Ελλαδα", "ΕΛΛΆΔΑ"},
      {"еще", "ещё"},
  });
}

TEST(Words, A10_MarksThatCarryTheWordStay) {
  expect_missed({
      {"कि", "का"}, // vowel signs of Devanagari
      {"мои", "мой"},
      {"か", "が"},
      {"ผู้", "ผี"},
  });
}

TEST(Words, A10_TurkishIsFoundWithAnyI) {
  expect_found({
      {"istanbul", "İSTANBUL"},
      {"ISPARTA", "Isparta"},
      {"isparta", "ısparta"},
  });
}

TEST(Words, A10_GreekFinalSigma) {
  expect_found({
      {"ΟΔΟΣ", "οδός"},
      {"οδος", "ΟΔΟΣ"},
  });
}

TEST(Words, A10_ArabicAndHebrewWithAndWithoutPoints) {
  expect_found({
      {"محمد", "مُحَمَّد"},
      {"مُحَمَّد", "محمد"},
      {"احمد", "أحمد"},
      {"محمد", "محـــمد"},
      {"שלום", "שָׁלוֹם"},
      {"שָׁלוֹם", "שלום"},
  });
}

TEST(Words, A10_HangulIsComposedAndFoundByItsBeginning) {
  expect_found({
      {"주문", "주문을 확인했습니다"},
      // The same in parts.
      {"주문", "\u110C\u116E\u1106\u116E\u11AB"},
  });
  expect_missed({
      {"문을", "주문을"},
  });
}

TEST(Words, A10_ScriptsWithoutSpacesAreFoundFromTwoCharactersOn) {
  const std::string chinese = "您的订单已经发货";
  expect_found({
      {"订单", chinese},
      {"单已经", chinese},
      {"发", chinese},
      // The last one.
      {"货", chinese},
  });
  expect_missed({
      {"订货", chinese},
  });
  expect_found({
      {"注文", "ご注文ありがとうございます"},
      {"がとう", "ご注文ありがとうございます"},
      {"サーバー", "ｻｰﾊﾞｰ"}, // narrow and wide
      {"สินค้า", "ขอสินค้าใหม่"},
      {"ទំនិញ", "សូមទំនិញថ្មី"},
      {"订单 ord-1001", "订单ORD-1001已经发货"},
  });
}

TEST(Words, A10_CodesAreFoundHoweverTheyAreWritten) {
  for (const char *search : {"ord-1001", "ORD-1001", "ORD 1001", "1001", "ord1001", "ord", "ord-10", "ord10", "or"}) {
    EXPECT_TRUE(finds(search, "See ORD-1001, please.")) << search;
    EXPECT_TRUE(finds(search, "See ord1001, please.")) << search;
  }
  expect_found({
      {"ord-1001", "See Ord 1001, please."},
  });
  expect_missed({
      {"ord1", "Ord of 1001"}, // what is written together stands together
      {"ord-1002", "ORD-1001"},
      {"001", "ORD-1001"},
  });
  expect_found({
      {"3f2b9c1d", "commit 3f2b9c1d4e"},
  });
  expect_missed({
      {"3f2b9c1d", "3 files, 2 blocks, 9 changes, 1 day"},
  });
  expect_found({
      {"2026-1001", "INV-2026-1001"},
  });
}

TEST(Words, A10_NumbersWithAndWithoutSeparators) {
  expect_found({
      {"1234.50", "1,234.50 EUR"},
      {"1,234.50", "1234.50"},
      {"1,234", "1234.50"},
      {"2026-11-21", "on 2026-11-21"},
  });
  expect_missed({
      {"2026-11-21", "on 21 November 2026, 11 o'clock"},
  });
  expect_found({
      {"1001", "١٠٠١"},
      {"१००१", "1001"},
  });
}

TEST(Words, A10_AddressesAreFoundByTheirParts) {
  const std::string text = "Write to amanda.cole@example.com or see https://example.com/orders/17";
  for (const char *search :
       {"amanda", "cole", "amanda.cole@example.com", "example.com", "https", "orders/17", "@example"}) {
    EXPECT_TRUE(finds(search, text)) << search;
  }
}

TEST(Words, A10_WordsThatAreWrittenTogetherOrApart) {
  expect_found({
      {"email", "e-mail"},
      {"e-mail", "E-Mail"},
      {"mail", "e-mail"},
      {"cant", "can't"},
      {"can’t", "can't"},
      {"ordre", "l’ordre"},
  });
}

TEST(Words, A10_EmojiAreWords) {
  expect_found({
      {"👍", "Fine👍"},
      {"👍", "👍🏽"}, // of any colour
      {"❤", "❤️"},
      {"🇩🇪", "to 🇩🇪"},
  });
  expect_missed({
      {"👎", "👍"},
  });
}

TEST(Words, A10_MarkupIsNoWord) {
  const auto words = split(index_tokens_of_markdown("**Bold** [text](https://hidden.example/path) `code`\n\n# Head"));
  EXPECT_EQ(words, split(index_tokens("Bold text code Head")));
}

TEST(Words, A10_NothingIsNothing) {
  for (const char *text : {"", "  ", "... !?", "—", "\u0301", "-"}) {
    EXPECT_THAT(search_tokens(text), IsEmpty()) << text;
    EXPECT_EQ(index_tokens(text), "") << text;
  }
  EXPECT_EQ(index_tokens("\xFF\xFE"), "");
}

TEST(Words, A10_TokensAreWhatEveryIndexTakes) {
  const std::string text =
      "a I ß 订 😀 ж ord-1001 सूचना ขอ 한국어 עברית العربية ελληνικά jqxz 𝔘 " + std::string(300, 'x') + " " + [] {
        std::string word;
        for (int count = 0; count < 100; ++count) {
          word += "ж";
        }
        return word;
      }();
  for (const std::string &token : split(index_tokens(text))) {
    EXPECT_GE(token.size(), 4U) << token;
    EXPECT_LE(token.size(), 80U) << token;
    EXPECT_TRUE(std::all_of(token.begin(), token.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    })) << token;
  }
}

TEST(Words, A10_DifferentLettersHaveDifferentTokens) {
  std::vector<std::string> seen;
  for (const char *letter : {"a", "j", "q", "x", "z", "0", "ж", "з", "א", "ب", "क", "ক", "界", "世", "가", "힣", "𐌰"}) {
    const auto tokens = search_tokens(letter);
    ASSERT_EQ(tokens.size(), 1U) << letter;
    for (const std::string &other : seen) {
      EXPECT_NE(tokens.front().compare(0, other.size(), other), 0) << letter;
      EXPECT_NE(other.compare(0, tokens.front().size(), tokens.front()), 0) << letter;
    }
    seen.push_back(tokens.front());
  }
}

TEST(Words, A10_RepeatsAreKeptOnce) {
  EXPECT_THAT(split(index_tokens("one two ONE Two")), ElementsAre("oooone", "ttttwo"));
}

TEST(Words, A10_HostileTextsStaySmall) {
  std::string different;
  for (int count = 0; different.size() < 65'536; ++count) {
    different += "w" + std::to_string(count * 7919) + "-";
  }
  std::string stacked = "z";
  std::string chinese;
  std::string expanding;
  for (int count = 0; count < 20'000; ++count) {
    stacked += "\u0301";
    chinese += std::string("\xE4") + static_cast<char>(0xB8 + count / 64 % 8) + static_cast<char>(0x80 + count % 64);
    expanding += "\uFDFA";
  }
  for (const std::string &text :
       {different, stacked, chinese, expanding, std::string(65'536, 'a'), std::string(65'536, '-')}) {
    const std::string tokens = index_tokens(text);
    EXPECT_LE(tokens.size(), most_token_bytes);
    EXPECT_LE(split(tokens).size(), most_tokens);
    EXPECT_LE(search_tokens(text).size(), most_search_tokens);
  }
}

} // namespace
} // namespace parley::text
