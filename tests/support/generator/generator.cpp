#include "tests/support/generator/generator.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <stdexcept>
#include <utility>
#include <vector>

#include "plugin/text/words.hpp"

namespace parley::tests {
namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kBegin = 1'700'000'000 * kSecond;
/// Between the beginnings of two conversations, and between two messages of one.
constexpr std::int64_t kGap = 10 * kSecond;
constexpr std::int64_t kPause = 3 * kSecond;

/// splitmix64: the same numbers everywhere.
class Chance {
public:
  explicit Chance(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t mixed = (state_ += 0x9e3779b97f4a7c15U);
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
    return mixed ^ (mixed >> 31U);
  }
  std::int64_t below(std::int64_t limit) {
    return static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(limit));
  }
  std::string hex() {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    for (int word = 0; word < 2; ++word) {
      std::uint64_t bits = next();
      for (int digit = 0; digit < 16; ++digit) {
        text += kDigits[bits & 0xfU];
        bits >>= 4U;
      }
    }
    return text;
  }

private:
  std::uint64_t state_;
};

/// An integer, a text, or NULL.
struct Value {
  enum class Kind { null, integer, text } kind = Kind::null;
  std::int64_t number = 0;
  std::string text;

  Value() = default;
  Value(std::int64_t value) : kind(Kind::integer), number(value) {}      // NOLINT(google-explicit-constructor)
  Value(std::string value) : kind(Kind::text), text(std::move(value)) {} // NOLINT(google-explicit-constructor)
};

class Database {
public:
  explicit Database(const std::string &path) {
    check(sqlite3_open_v2(path.c_str(), &connection_, SQLITE_OPEN_READWRITE, nullptr));
  }
  ~Database() { sqlite3_close(connection_); }
  Database(const Database &) = delete;
  Database &operator=(const Database &) = delete;

  void run(const std::string &sql) { check(sqlite3_exec(connection_, sql.c_str(), nullptr, nullptr, nullptr)); }
  void check(int status) const {
    if (status != SQLITE_OK && status != SQLITE_DONE && status != SQLITE_ROW) {
      throw std::runtime_error(std::string("generate: ") + sqlite3_errmsg(connection_));
    }
  }
  [[nodiscard]] sqlite3 *connection() const { return connection_; }

private:
  sqlite3 *connection_ = nullptr;
};

/// `insert into <table> (<columns>) values (...)`, prepared.
class Insert {
public:
  Insert(const Database &database, const std::string &table, const std::string &columns) : database_(database) {
    std::string marks = "?";
    for (const char c : columns) {
      marks += c == ',' ? ",?" : "";
    }
    const std::string sql = "insert into " + table + " (" + columns + ") values (" + marks + ")";
    database.check(sqlite3_prepare_v2(database.connection(), sql.c_str(), -1, &statement_, nullptr));
  }
  ~Insert() { sqlite3_finalize(statement_); }
  Insert(const Insert &) = delete;
  Insert &operator=(const Insert &) = delete;

  void row(const std::vector<Value> &values) {
    int at = 0;
    for (const Value &value : values) {
      ++at;
      switch (value.kind) {
      case Value::Kind::integer:
        sqlite3_bind_int64(statement_, at, value.number);
        break;
      case Value::Kind::text:
        sqlite3_bind_text(statement_, at, value.text.data(), static_cast<int>(value.text.size()), SQLITE_STATIC);
        break;
      case Value::Kind::null:
        sqlite3_bind_null(statement_, at);
        break;
      }
    }
    database_.check(sqlite3_step(statement_));
    database_.check(sqlite3_reset(statement_));
  }

private:
  const Database &database_;
  sqlite3_stmt *statement_ = nullptr;
};

struct Name {
  std::string type;
  std::string id;
};
bool same(const Name &left, const Name &right) {
  return left.type == right.type && left.id == right.id;
}

struct Participant {
  Name actor;
  bool in_public = true;
  std::int64_t all_read = 0;
  std::int64_t open_read = 0;
  std::int64_t all_read_at = 0;
  std::int64_t open_read_at = 0;
  bool all_unread = false;
  bool open_unread = false;
};

Participant taking_part(const Name &actor, bool in_public = true) {
  Participant person;
  person.actor = actor;
  person.in_public = in_public;
  return person;
}

struct Message {
  Name sender;
  bool open = true;
  bool system = false;
  std::int64_t at = 0;
  std::int64_t all_index = 0;
  std::int64_t open_index = 0; ///< 0: internal
};

struct Tally {
  std::int64_t last_index = 0;
  std::int64_t text_count = 0;
  std::int64_t last_text = 0;
  std::int64_t last_text_at = 0;
  std::int64_t updated_at = 0;

  void count(const Message &message) {
    ++last_index;
    updated_at = message.at;
    if (!message.system) {
      ++text_count;
      last_text = last_index;
      last_text_at = message.at;
    }
  }
};

class Generator {
public:
  Generator(Database &database, const Shape &shape)
      : shape_(shape), chance_(shape.seed),
        conversation_(database, shape.table_prefix + "conversation",
                      "id, uid, organization, website, name, name_key, name_words, status, owner_type, owner_id, "
                      "owner_key, unit, "
                      "customer_type, customer_id, customer_key, customer_user_type, customer_user_id, "
                      "customer_user_key, source_type, source_id, created_at, all_last_index, all_text_count, "
                      "all_last_text, all_last_text_at, all_updated_at, public_last_index, public_text_count, "
                      "public_last_text, public_last_text_at, public_updated_at"),
        message_(database, shape.table_prefix + "message",
                 "conversation, all_index, public_index, sender_type, sender_id, posted_by_type, posted_by_id, type, "
                 "visibility, body, words, note_kind, note_to, all_created_at, public_created_at"),
        participant_(database, shape.table_prefix + "participant",
                     "conversation, uid, actor_type, actor_id, in_public, all_last_read, public_last_read, "
                     "all_last_read_at, public_last_read_at, all_unread, public_unread, all_last_text_at, "
                     "public_last_text_at"),
        context_(database, shape.table_prefix + "context",
                 "conversation, record_type, record_id, in_public, all_activity_at, public_activity_at"),
        label_(database, shape.table_prefix + "record_label",
               "record_type, record_id, title, title_key, full_title, sort_key, refreshed_at"),
        event_(database, shape.table_prefix + "event",
               "position, kind, happened_at, actor_type, actor_id, visibility, conversation, conversation_uid, "
               "all_index, public_index, organization, website, owner_type, owner_id, unit, customer_type, "
               "customer_id, customer_user_type, customer_user_id, participants, data") {}

  /// How many events there are.
  std::int64_t run() {
    for (std::int64_t at = 0; at < shape_.conversations; ++at) {
      converse(at);
    }
    names();
    return position_;
  }

private:
  /// The n-th of the three conversations that a rare thing has, each thing at places of its own.
  [[nodiscard]] bool rare(std::int64_t conversation, std::int64_t thing) const {
    for (const std::int64_t tenth : {2, 5, 8}) {
      if (conversation == shape_.conversations * tenth / 10 + thing) {
        return true;
      }
    }
    return false;
  }
  enum Thing : std::int64_t { unit_sparse, organization_three, customer_sparse, user_few, orders_few };

  struct Setting {
    std::int64_t id = 0;
    std::string uid;
    std::string organization;
    std::string unit;
    Name owner;
    Name customer;
    Name customer_user;
    Name source;
  };

  Setting setting(std::int64_t at) {
    Setting chosen;
    chosen.id = at + 1;
    chosen.uid = chance_.hex();
    chosen.organization = at % 5 == 1 ? "2" : "1";
    if (rare(at, organization_three)) {
      chosen.organization = "3";
    }
    chosen.unit = at % 3 == 0 ? "dense" : "u" + std::to_string(1 + chance_.below(shape_.units));
    if (rare(at, unit_sparse)) {
      chosen.unit = "sparse";
    }
    chosen.owner = {"users", std::to_string(1 + chance_.below(shape_.users))};
    std::string customer = at % 10 == 4 ? "dense" : "s" + std::to_string(1 + chance_.below(shape_.customers));
    if (rare(at, customer_sparse)) {
      customer = "sparse";
    }
    chosen.customer = {"customers", customer};
    chosen.customer_user = {"customerusers", customer};
    chosen.source = {"orders", std::to_string(chosen.id)};
    return chosen;
  }

  void converse(std::int64_t at) {
    const Setting chosen = setting(at);
    const std::int64_t created = kBegin + at * kGap;
    const std::int64_t count =
        shape_.messages / shape_.conversations + (at < shape_.messages % shape_.conversations ? 1 : 0);

    std::vector<Participant> people{taking_part(chosen.owner), taking_part(chosen.customer_user)};
    if (at % 2 == 0) {
      people.push_back(taking_part({"users", "many"}));
    }
    if (rare(at, user_few)) {
      people.push_back(taking_part({"users", "few"}));
    }
    if (chosen.customer.id == "dense") {
      people.push_back(taking_part({"customerusers", "many"}));
    }

    Tally all;
    Tally open;
    all.updated_at = open.updated_at = created;
    tell(chosen, "created", chosen.owner, created, true, nullptr, people);
    std::vector<Message> messages;
    for (std::int64_t number = 0; number < count; ++number) {
      Message message = next_message(at, number, chosen);
      message.at = created + (number + 1) * kPause + chance_.below(kSecond);
      all.count(message);
      message.all_index = all.last_index;
      if (message.open) {
        open.count(message);
        message.open_index = open.last_index;
      }
      if (!message.system) {
        mark(people, message);
      }
      tell(chosen, message.system ? "context-added" : "message-added", message.sender, message.at, message.open,
           &message, people);
      messages.push_back(std::move(message));
    }
    read(at, people, all, open);

    store(chosen, created, all, open);
    for (const Message &message : messages) {
      store(chosen.id, message);
    }
    for (const Participant &person : people) {
      store(chosen.id, person, all, open);
    }
    const std::int64_t all_activity = std::max(created, all.last_text_at);
    const std::int64_t open_activity = std::max(created, open.last_text_at);
    const auto context = [&](const Name &record, bool in_public) {
      context_.row({chosen.id, record.type, record.id, std::int64_t{in_public ? 1 : 0}, all_activity, open_activity});
    };
    context({"orders", "hot"}, true);
    context(chosen.source, true);
    context(chosen.owner, true);
    context(chosen.customer_user, true);
    if (people.back().actor.id == "assistant") {
      context(people.back().actor, false);
    }
    if (rare(at, orders_few)) {
      context({"orders", "few"}, true);
    }
  }

  static Message next_message(std::int64_t conversation, std::int64_t number, const Setting &chosen) {
    Message message;
    message.sender = number % 2 == 0 ? chosen.customer_user : chosen.owner;
    if (number % 20 == 13) {
      message.system = true;
      message.open = false;
    } else if (number % 10 == 7) {
      message.open = false;
    } else if (conversation % 7 == 0 && number == 2) {
      message.open = false;
      message.sender = {"users", "assistant"};
    }
    return message;
  }

  /// As sending does: a text is read by who posted it and unread by the others.
  static void mark(std::vector<Participant> &people, const Message &message) {
    bool takes_part = false;
    for (Participant &person : people) {
      takes_part = takes_part || same(person.actor, message.sender);
    }
    if (!takes_part) {
      people.push_back(taking_part(message.sender, message.open));
    }
    for (Participant &person : people) {
      const bool own = same(person.actor, message.sender);
      if (own) {
        person.all_read = message.all_index;
        person.all_read_at = message.at;
      }
      person.all_unread = !own;
      if (message.open) {
        if (own) {
          person.open_read = message.open_index;
          person.open_read_at = message.at;
        }
        person.open_unread = !own;
      }
    }
  }

  /// Some have read everything since.
  void read(std::int64_t at, std::vector<Participant> &people, const Tally &all, const Tally &open) const {
    for (Participant &person : people) {
      const bool many = person.actor.id == "many" && at % 4 < 2;
      const bool few = person.actor.id == "few" && at < shape_.conversations / 3;
      const bool other = person.actor.id != "many" && person.actor.id != "few" && at % 3 != 0;
      if (!many && !few && !other) {
        continue;
      }
      const auto raise = [](std::int64_t &mark, std::int64_t &mark_at, bool &unread, const Tally &tally) {
        if (mark < tally.last_index) {
          mark = tally.last_index;
          mark_at = tally.updated_at + 1;
        }
        unread = false;
      };
      raise(person.all_read, person.all_read_at, person.all_unread, all);
      raise(person.open_read, person.open_read_at, person.open_unread, open);
    }
  }

  void store(const Setting &chosen, std::int64_t created, const Tally &all, const Tally &open) {
    const std::string name = "Order " + chosen.source.id;
    const std::string key = "order " + chosen.source.id;
    const std::string status = chosen.id % 10 == 9 ? "closed" : chosen.id % 10 == 5 ? "inactive" : "active";
    conversation_.row({chosen.id,
                       chosen.uid,
                       chosen.organization,
                       std::string("1"),
                       name,
                       key,
                       text::index_tokens(name),
                       status,
                       chosen.owner.type,
                       chosen.owner.id,
                       sort_key(chosen.owner),
                       chosen.unit,
                       chosen.customer.type,
                       chosen.customer.id,
                       sort_key(chosen.customer),
                       chosen.customer_user.type,
                       chosen.customer_user.id,
                       sort_key(chosen.customer_user),
                       chosen.source.type,
                       chosen.source.id,
                       created,
                       all.last_index,
                       all.text_count,
                       all.last_text,
                       all.last_text_at,
                       all.updated_at,
                       open.last_index,
                       open.text_count,
                       open.last_text,
                       open.last_text_at,
                       open.updated_at});
  }

  void store(std::int64_t conversation, const Message &message) {
    const Value open = message.open ? Value(message.open_index) : Value();
    const std::string body =
        message.system ? std::string() : "Message **" + std::to_string(message.all_index) + "** of many.";
    message_.row({conversation, message.all_index, open, message.sender.type, message.sender.id, message.sender.type,
                  message.sender.id, std::string(message.system ? "system" : "text"),
                  std::string(message.open ? "public" : "internal"), body, text::index_tokens_of_markdown(body),
                  std::string(message.system ? "context-added" : ""), std::string(message.system ? "orders/hot" : ""),
                  message.at, message.open ? Value(message.at) : Value()});
  }

  void store(std::int64_t conversation, const Participant &person, const Tally &all, const Tally &open) {
    participant_.row({conversation, chance_.hex(), person.actor.type, person.actor.id,
                      std::int64_t{person.in_public ? 1 : 0}, person.all_read, person.open_read, person.all_read_at,
                      person.open_read_at, std::int64_t{person.all_unread ? 1 : 0},
                      std::int64_t{person.open_unread ? 1 : 0}, all.last_text_at, open.last_text_at});
  }

  void tell(const Setting &chosen, const std::string &kind, const Name &actor, std::int64_t at, bool open,
            const Message *message, const std::vector<Participant> &people) {
    std::string participants = "[";
    for (const Participant &person : people) {
      participants += participants.size() > 1 ? ",[\"" : "[\"";
      participants += person.actor.type + "\",\"" + person.actor.id + (person.in_public ? "\",1]" : "\",0]");
    }
    participants += "]";
    const Value all_index = message != nullptr ? Value(message->all_index) : Value();
    const Value open_index = message != nullptr && message->open ? Value(message->open_index) : Value();
    event_.row({++position_,
                kind,
                at,
                actor.type,
                actor.id,
                std::string(open ? "public" : "internal"),
                chosen.id,
                chosen.uid,
                all_index,
                open_index,
                chosen.organization,
                std::string("1"),
                chosen.owner.type,
                chosen.owner.id,
                chosen.unit,
                chosen.customer.type,
                chosen.customer.id,
                chosen.customer_user.type,
                chosen.customer_user.id,
                participants,
                std::string(kind == "context-added" ? R"({"context":["","orders/hot"]})" : "{}")});
  }

  static std::string title(const Name &record) { return record.type + " " + record.id; }
  static std::string sort_key(const Name &record) { return title(record); } // in small letters already

  void names() {
    const auto name = [this](const std::string &type, const std::string &id) {
      const std::string text = title({type, id});
      label_.row({type, id, text, text, text, sort_key({type, id}), kBegin});
    };
    for (const char *type : {"customers", "customerusers"}) {
      for (std::int64_t at = 1; at <= shape_.customers; ++at) {
        name(type, "s" + std::to_string(at));
      }
      name(type, "dense");
      name(type, "sparse");
    }
    name("customerusers", "many");
    for (std::int64_t at = 1; at <= shape_.users; ++at) {
      name("users", std::to_string(at));
    }
    for (const char *id : {"many", "few", "assistant"}) {
      name("users", id);
    }
    for (std::int64_t at = 1; at <= shape_.conversations; ++at) {
      name("orders", std::to_string(at));
    }
    name("orders", "hot");
    name("orders", "few");
  }

  const Shape &shape_;
  Chance chance_;
  Insert conversation_;
  Insert message_;
  Insert participant_;
  Insert context_;
  Insert label_;
  Insert event_;
  std::int64_t position_ = 0;
};

} // namespace

void generate(const std::string &path, const Shape &shape) {
  if (shape.conversations < 50 || shape.messages < shape.conversations || shape.customers < 4 || shape.units < 2 ||
      shape.users < 2) {
    throw std::runtime_error("generate: at least 50 conversations, a message each, 4 customers, 2 units, 2 users");
  }
  Database database(path);
  database.run("pragma synchronous = off; pragma cache_size = -200000; pragma foreign_keys = off; "
               "pragma journal_mode = memory; begin immediate");
  std::int64_t events = 0;
  {
    Generator generator(database, shape);
    events = generator.run();
  }
  database.run("update " + shape.table_prefix + "event_feed set last_position = " + std::to_string(events));
  database.run("commit; pragma journal_mode = wal");
}

} // namespace parley::tests
