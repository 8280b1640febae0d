#include "tests/bench/limits/data.hpp"

#include "migrations/migrations.hpp"
#include "plugin/text/words.hpp"
#include "tests/support/servers/client.hpp"

namespace parley::bench {
namespace {

constexpr int kTexts = 64;
constexpr std::size_t kTextSize = 200;

std::string body_of(int number) {
  std::string body =
      "Order " + std::to_string(1000 + number) +
      " left our house on **Monday**. The carrier says that it takes two days, and that nobody was at home "
      "when it came the first time; please tell us whether the neighbour may take it in. ";
  body += std::string(kTextSize - body.size(), static_cast<char>('a' + number % 26));
  return body;
}

std::string numbers(const std::string &name, std::int64_t last) {
  return name + "(i) as (select cast(1 as bigint) union all select i + 1 from " + name + " where i < " +
         std::to_string(last) + ")";
}

// A conversation every ten seconds, a message every tenth of one.
const std::string kBegan = "1750000000000000 + c.i * 10000000";
const std::string kEnded = "(" + kBegan + " + " + std::to_string(kMessages) + " * 100000)";

std::string insert_conversations() {
  const std::string all = std::to_string(kMessages);
  return "insert into parley_conversation (uid, organization, name, name_key, status, owner_type, owner_id, owner_key, "
         "unit, "
         "customer_type, customer_id, customer_key, created_at, all_last_index, all_text_count, all_last_text, "
         "all_last_text_at, all_updated_at, public_last_index, public_text_count, public_last_text, "
         "public_last_text_at, "
         "public_updated_at) with recursive " +
         numbers("c", kConversations) +
         " select 'c' || c.i, '1', 'Conversation ' || c.i, 'conversation ' || c.i, 'active', 'users', '2', 'charlie', "
         "'1', "
         "'customers', '1', 'acme', " +
         kBegan + ", " + all + ", " + all + ", " + all + ", " + kEnded + ", " + kEnded + ", " + all + ", " + all +
         ", " + all + ", " + kEnded + ", " + kEnded + " from c order by c.i";
}

std::string insert_participants(const std::string &type, const std::string &id) {
  return "insert into parley_participant (conversation, uid, actor_type, actor_id, all_last_text_at, "
         "public_last_text_at) "
         "with recursive " +
         numbers("c", kConversations) + " select c.i, '" + type + "', '" + type + "', '" + id + "', " + kEnded + ", " +
         kEnded + " from c order by c.i";
}

std::string insert_contexts(const std::string &type, const std::string &id) {
  return "insert into parley_context (conversation, record_type, record_id, all_activity_at, public_activity_at) "
         "with recursive " +
         numbers("c", kConversations) + " select c.i, '" + type + "', '" + id + "', " + kEnded + ", " + kEnded +
         " from c order by c.i";
}

std::string insert_messages(std::int64_t number) {
  const Text &text = texts()[static_cast<std::size_t>(number)];
  const std::string at = std::to_string(number);
  const std::string sender = number % 2 == 0 ? "'users', '1'" : "'customerusers', '1'";
  const std::string time = kBegan + " + " + at + " * 100000";
  return "insert into parley_message (conversation, all_index, public_index, sender_type, sender_id, posted_by_type, "
         "posted_by_id, type, visibility, body, words, all_created_at, public_created_at) with recursive " +
         numbers("c", kConversations) + " select c.i, " + at + ", " + at + ", " + sender + ", " + sender +
         ", 'text', 'public', '" + text.body + "', '" + text.words + "', " + time + ", " + time +
         " from c order by c.i";
}

std::string insert_label(const std::string &type, const std::string &title) {
  return "insert into parley_record_label (record_type, record_id, title, title_key, full_title, sort_key, "
         "refreshed_at) "
         "values ('" +
         type + "', '1', '" + title + "', '" + title + "', '" + title + "', '" + title + "', 1)";
}

} // namespace

const std::vector<Text> &texts() {
  static const std::vector<Text> all = [] {
    std::vector<Text> made;
    for (int number = 0; number < kTexts; ++number) {
      const std::string body = body_of(number);
      made.push_back({body, text::index_tokens_of_markdown(body)});
    }
    return made;
  }();
  return all;
}

void fill(const std::string &connection) {
  migrations::apply(connection);
  tests::Client database(connection);
  database.run("begin");
  database.run(insert_conversations());
  for (const auto *type : {"users", "customerusers"}) {
    database.run(insert_participants(type, kPoster));
    database.run(insert_contexts(type, kPoster));
    database.run(insert_label(type, std::string("a title of ") + type));
  }
  database.run(insert_contexts("orders", "1"));
  for (std::int64_t number = 1; number <= kMessages; ++number) {
    database.run(insert_messages(number));
  }
  database.run("commit");
  for (const auto *table : {"conversation", "message", "participant", "context", "record_label"}) {
    database.run(std::string("analyze parley_") + table);
  }
}

} // namespace parley::bench
