#include "adapters/sql/search.hpp"

#include <set>

namespace parley::adapters::sql {
namespace {

/// " from (...) f", at most one row more than are few.
std::string found(Searched searched, const std::vector<std::string> &tokens, Held held, Builder &builder) {
  const std::string text = builder.bind(builder.dialect().search_text(tokens, held));
  return " from (" + builder.dialect().matching(searched, text) + " limit " + std::to_string(kFewFound + 1) + ") f";
}

/// Among the newest rows.
struct Sample {
  std::int64_t all = 0;
  std::int64_t whole = 0;
};

/// What an index names of a common word it gathers first, however few of it are asked for (SQLite apart): a look at the
/// newest rows tells such words, and spares it. It decides the way alone: both find the same.
Sample sampled(Reading reading, Searched searched, const std::vector<std::string> &tokens) {
  Builder builder(reading.dialect);
  const bool names = searched == Searched::names;
  const auto count = [&](Held held) {
    return "coalesce(sum(case when " + holds("r.words", tokens, held, builder) + " then 1 else 0 end), 0)" +
           (held == Held::whole ? " as b" : " as a");
  };
  const std::string counts = "select " + count(Held::beginnings) + ", " + count(Held::whole);
  const std::string newest =
      std::string(names ? "name_words as words from {prefix}conversation" : "words from {prefix}message") +
      " order by id desc limit " + std::to_string(kSample);
  // A sum is no whole number everywhere.
  auto rows = reading.session.query("select " + reading.dialect.whole("s.a") + ", " + reading.dialect.whole("s.b") +
                                        " from (" + counts + " from (select " + newest + ") r) s",
                                    "ii", builder.parameters());
  rows.next();
  Sample sample;
  sample.all = rows.integer();
  sample.whole = rows.integer();
  return sample;
}

/// The rows that hold the tokens as whole words.
std::optional<std::vector<std::int64_t>> few_whole(Reading reading, Searched searched,
                                                   const std::vector<std::string> &tokens) {
  Builder builder(reading.dialect);
  auto rows =
      reading.session.query("select f.id" + found(searched, tokens, Held::whole, builder), "i", builder.parameters());
  std::vector<std::int64_t> ids;
  while (rows.next()) {
    ids.push_back(rows.integer());
  }
  return ids.size() > kFewFound ? std::nullopt : std::optional(std::move(ids));
}

/// Whole words first: where those are many their beginnings are, too, and what begins so is not gathered.
template <class Found>
Few<Found> few(Reading reading, Searched searched, const std::vector<std::string> &tokens) {
  Few<Found> result;
  const Sample sample = sampled(reading, searched, tokens);
  if (sample.whole < kCommon) {
    result.whole = few_whole(reading, searched, tokens);
  }
  if (!result.whole || sample.all >= kCommon) {
    return result;
  }
  Builder builder(reading.dialect);
  const bool names = searched == Searched::names;
  const std::string sql =
      "select r.id, case when " + holds(names ? "r.name_words" : "r.words", tokens, Held::whole, builder) +
      " then 1 else 0 end" + found(searched, tokens, Held::beginnings, builder) + reading.dialect.ordered_join() +
      (names ? "{prefix}conversation" : "{prefix}message") + " r on r.id = f.id";
  auto rows = reading.session.query(sql, "ii", builder.parameters());
  std::vector<Found> all;
  while (rows.next()) {
    const std::int64_t id = rows.integer();
    all.push_back({id, rows.integer() != 0});
  }
  if (all.size() <= kFewFound) {
    result.all = std::move(all);
  }
  return result;
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

Few<FoundName> few_names(Reading reading, const std::vector<std::string> &tokens) {
  return few<FoundName>(reading, Searched::names, tokens);
}

Few<FoundMessage> few_messages(Reading reading, const std::vector<std::string> &tokens) {
  return few<FoundMessage>(reading, Searched::messages, tokens);
}

std::optional<std::vector<std::int64_t>> few_conversations(Reading reading, const std::vector<std::string> &tokens,
                                                           domain::Audience audience) {
  if (sampled(reading, Searched::messages, tokens).all >= kCommon || !few_whole(reading, Searched::messages, tokens)) {
    return std::nullopt;
  }
  Builder builder(reading.dialect);
  const std::string sql = "select r.conversation, case when r.public_index is null then 0 else 1 end" +
                          found(Searched::messages, tokens, Held::beginnings, builder) +
                          reading.dialect.ordered_join() + "{prefix}message r on r.id = f.id";
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
