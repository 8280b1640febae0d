#include <sqlite3.h>

#include <chrono>
#include <stdexcept>

#include "tests/bench/limits/side.hpp"

namespace parley::bench {
namespace {

constexpr auto kRead =
    "select m.all_index, m.sender_type, m.sender_id, m.visibility, m.body, m.all_created_at, p.uid from parley_message "
    "m "
    "left join parley_participant p on p.conversation = m.conversation and p.actor_type = m.sender_type "
    "and p.actor_id = m.sender_id where m.conversation = ? order by m.all_index desc limit ?";
constexpr auto kConversation =
    "update parley_conversation set all_last_index = all_last_index + 1, all_text_count = all_text_count + 1, "
    "all_last_text = all_last_index + 1, all_last_text_at = ?2, all_updated_at = ?2, public_last_index = "
    "public_last_index + 1, public_text_count = public_text_count + 1, public_last_text = public_last_index + 1, "
    "public_last_text_at = ?2, public_updated_at = ?2 where id = ?1 returning all_last_index, public_last_index";
constexpr auto kParticipant =
    "insert into parley_participant (conversation, uid, actor_type, actor_id, all_last_read, public_last_read, "
    "all_last_read_at, public_last_read_at, all_last_text_at, public_last_text_at) values (?1, hex(randomblob(8)), "
    "'users', "
    "'1', ?3, ?4, ?2, ?2, ?2, ?2) on conflict (conversation, actor_type, actor_id) do update set all_last_read = ?3, "
    "public_last_read = ?4, all_last_read_at = ?2, public_last_read_at = ?2, all_unread = 0, public_unread = 0, "
    "all_last_text_at = ?2, public_last_text_at = ?2";
constexpr auto kMessage =
    "insert into parley_message (conversation, all_index, public_index, sender_type, sender_id, posted_by_type, "
    "posted_by_id, type, visibility, body, words, all_created_at, public_created_at) values (?1, ?3, ?4, 'users', '1', "
    "'users', '1', 'text', 'public', ?5, ?6, ?2, ?2)";
constexpr auto kPosition = "update parley_event_feed set last_position = last_position + 1 returning last_position";
constexpr auto kEvent =
    "insert into parley_event (position, kind, happened_at, actor_type, actor_id, visibility, conversation, all_index, "
    "public_index) values (?5, 'message-added', ?2, 'users', '1', 'public', ?1, ?3, ?4)";

class Database {
public:
  explicit Database(const std::string &path) {
    check(sqlite3_open_v2(path.c_str(), &connection_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr));
    for (const auto *setting : {"pragma busy_timeout = 5000", "pragma journal_mode = wal", "pragma synchronous = full",
                                "pragma foreign_keys = on", "pragma wal_autocheckpoint = 20000"}) {
      check(sqlite3_exec(connection_, setting, nullptr, nullptr, nullptr));
    }
  }
  ~Database() { sqlite3_close(connection_); }
  Database(const Database &) = delete;
  Database &operator=(const Database &) = delete;
  void check(int status) const {
    if (status != SQLITE_OK && status != SQLITE_DONE && status != SQLITE_ROW) {
      throw std::runtime_error(std::string("raw sqlite3: ") + sqlite3_errmsg(connection_));
    }
  }
  [[nodiscard]] sqlite3 *get() const { return connection_; }

private:
  sqlite3 *connection_ = nullptr;
};

class Statement {
public:
  Statement(const Database &database, const char *sql) : database_(database) {
    database_.check(sqlite3_prepare_v3(database.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement_, nullptr));
  }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement &) = delete;
  Statement &operator=(const Statement &) = delete;

  Statement &bind(int at, std::int64_t value) {
    sqlite3_bind_int64(statement_, at, value);
    return *this;
  }
  Statement &bind(int at, const std::string &value) {
    sqlite3_bind_text(statement_, at, value.data(), static_cast<int>(value.size()), SQLITE_STATIC);
    return *this;
  }
  bool step() {
    const int status = sqlite3_step(statement_);
    database_.check(status);
    return status == SQLITE_ROW;
  }
  void reset() { database_.check(sqlite3_reset(statement_)); }
  void run() {
    while (step()) {
    }
    reset();
  }
  [[nodiscard]] std::int64_t integer(int at) const { return sqlite3_column_int64(statement_, at); }
  [[nodiscard]] std::size_t text_size(int at) const {
    return sqlite3_column_text(statement_, at) == nullptr
               ? 0
               : static_cast<std::size_t>(sqlite3_column_bytes(statement_, at));
  }

private:
  const Database &database_;
  sqlite3_stmt *statement_ = nullptr;
};

} // namespace

std::int64_t now() {
  using namespace std::chrono;
  return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

struct RawSqlite::Parts {
  Database database;
  Statement read{database, kRead};
  Statement begin{database, "begin immediate"};
  Statement commit{database, "commit"};
  Statement conversation{database, kConversation};
  Statement participant{database, kParticipant};
  Statement message{database, kMessage};
  Statement position{database, kPosition};
  Statement event{database, kEvent};

  Search search;

  Parts(const std::string &path, Search kept) : database(path), search(kept) {}

  void add(const Addition &addition, std::int64_t time) {
    conversation.bind(1, addition.conversation).bind(2, time);
    if (!conversation.step()) {
      throw std::runtime_error("raw sqlite3: there is no such conversation");
    }
    const std::int64_t index = conversation.integer(0);
    const std::int64_t public_index = conversation.integer(1);
    conversation.reset();
    for (Statement *each : {&participant, &message, &event}) {
      each->bind(1, addition.conversation).bind(2, time).bind(3, index).bind(4, public_index);
    }
    participant.run();
    static const std::string none;
    message.bind(5, addition.text->body).bind(6, search == Search::kept_up ? addition.text->words : none).run();
    position.step();
    event.bind(5, position.integer(0));
    position.reset();
    event.run();
  }
};

RawSqlite::RawSqlite(const std::string &path, Search search) : parts_(std::make_unique<Parts>(path, search)) {}

RawSqlite::~RawSqlite() = default;

void RawSqlite::newest(std::int64_t conversation) {
  Statement &read = parts_->read;
  read.bind(1, conversation).bind(2, kNewest);
  std::int64_t rows = 0;
  std::size_t bytes = 0;
  for (; read.step(); ++rows) {
    for (int column = 0; column < 7; ++column) {
      bytes +=
          column == 0 || column == 5 ? static_cast<std::size_t>(read.integer(column) != 0) : read.text_size(column);
    }
  }
  read.reset();
  if (rows != kNewest || bytes == 0) {
    throw std::runtime_error("raw sqlite3: rows are missing");
  }
}

void RawSqlite::add_all(const std::vector<Addition> &additions) {
  const std::int64_t time = now();
  parts_->begin.run();
  for (const Addition &addition : additions) {
    parts_->add(addition, time);
  }
  parts_->commit.run();
}

} // namespace parley::bench
