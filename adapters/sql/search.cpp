#include "adapters/sql/search.hpp"

#include <set>

namespace parley::adapters::sql {
namespace {

/// " from (...) f", at most one row more than are few.
std::string found(Searched searched, const std::vector<std::string> &tokens, Builder &builder) {
  const std::string text = builder.bind(builder.dialect().search_text(tokens));
  return " from (" + builder.dialect().matching(searched, text) + " limit " + std::to_string(kFewFound + 1) + ") f";
}

template <class Found>
std::optional<std::vector<Found>> few(Reading reading, Searched searched, const std::vector<std::string> &tokens) {
  Builder builder(reading.dialect);
  const bool names = searched == Searched::names;
  const std::string sql = "select r.id, case when " +
                          holds(names ? "r.name_words" : "r.words", tokens, Held::whole, builder) +
                          " then 1 else 0 end" + found(searched, tokens, builder) + reading.dialect.ordered_join() +
                          (names ? "{prefix}conversation" : "{prefix}message") + " r on r.id = f.id";
  auto rows = reading.session.query(sql, "ii", builder.parameters());
  std::vector<Found> all;
  while (rows.next()) {
    const std::int64_t id = rows.integer();
    all.push_back({id, rows.integer() != 0});
  }
  return all.size() > kFewFound ? std::nullopt : std::optional(std::move(all));
}

} // namespace

std::string holds(const std::string &column, const std::vector<std::string> &tokens, Held held, Builder &builder) {
  std::string text;
  for (const std::string &token : tokens) {
    // Tokens hold neither wildcards nor spaces.
    const bool whole = held == Held::whole;
    text += (text.empty() ? "(' ' || " : " and ' ' || ") + column + (whole ? " || ' ' like " : " like ") +
            builder.bind("% " + token + (whole ? " %" : "%"));
  }
  return text + ")";
}

std::optional<std::vector<FoundName>> few_names(Reading reading, const std::vector<std::string> &tokens) {
  return few<FoundName>(reading, Searched::names, tokens);
}

std::optional<std::vector<FoundMessage>> few_messages(Reading reading, const std::vector<std::string> &tokens) {
  return few<FoundMessage>(reading, Searched::messages, tokens);
}

std::optional<std::vector<std::int64_t>> few_conversations(Reading reading, const std::vector<std::string> &tokens,
                                                           domain::Audience audience) {
  Builder builder(reading.dialect);
  const std::string sql = "select r.conversation, case when r.public_index is null then 0 else 1 end" +
                          found(Searched::messages, tokens, builder) + reading.dialect.ordered_join() +
                          "{prefix}message r on r.id = f.id";
  auto rows = reading.session.query(sql, "ii", builder.parameters());
  std::set<std::int64_t> conversations;
  std::size_t count = 0;
  while (rows.next()) {
    const std::int64_t conversation = rows.integer();
    if (rows.integer() != 0 || audience == domain::Audience::backoffice) {
      conversations.insert(conversation);
    }
    ++count;
  }
  if (count > kFewFound) {
    return std::nullopt;
  }
  return std::vector<std::int64_t>(conversations.begin(), conversations.end());
}

} // namespace parley::adapters::sql
