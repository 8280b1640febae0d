#include <libpq-fe.h>

#include <array>
#include <stdexcept>

#include "tests/bench/limits/side.hpp"

namespace parley::bench {
namespace {

constexpr auto kRead =
    "select m.all_index, m.sender_type, m.sender_id, m.visibility, m.body, m.all_created_at, p.uid from parley_message "
    "m "
    "left join parley_participant p on p.conversation = m.conversation and p.actor_type = m.sender_type "
    "and p.actor_id = m.sender_id where m.conversation = $1::bigint order by m.all_index desc limit $2::bigint";
constexpr auto kAdd =
    "with c as (update parley_conversation set all_last_index = all_last_index + 1, all_text_count = all_text_count + "
    "1, "
    "all_last_text = all_last_index + 1, all_last_text_at = $2::bigint, all_updated_at = $2::bigint, public_last_index "
    "= "
    "public_last_index + 1, public_text_count = public_text_count + 1, public_last_text = public_last_index + 1, "
    "public_last_text_at = $2::bigint, public_updated_at = $2::bigint where id = $1::bigint "
    "returning id, all_last_index, public_last_index), "
    "p as (insert into parley_participant (conversation, uid, actor_type, actor_id, all_last_read, public_last_read, "
    "all_last_read_at, public_last_read_at, all_last_text_at, public_last_text_at) select id, md5($3), 'users', '1', "
    "all_last_index, public_last_index, $2::bigint, $2::bigint, $2::bigint, $2::bigint from c "
    "on conflict (conversation, actor_type, actor_id) do update set all_last_read = excluded.all_last_read, "
    "public_last_read = excluded.public_last_read, all_last_read_at = excluded.all_last_read_at, public_last_read_at = "
    "excluded.public_last_read_at, all_unread = 0, public_unread = 0, all_last_text_at = excluded.all_last_text_at, "
    "public_last_text_at = excluded.public_last_text_at), "
    "m as (insert into parley_message (conversation, all_index, public_index, sender_type, sender_id, posted_by_type, "
    "posted_by_id, type, visibility, body, words, all_created_at, public_created_at) select id, all_last_index, "
    "public_last_index, 'users', '1', 'users', '1', 'text', 'public', $3, $4, $2::bigint, $2::bigint from c), "
    "e as (insert into parley_event (kind, happened_at, actor_type, actor_id, visibility, conversation, all_index, "
    "public_index) select 'message-added', $2::bigint, 'users', '1', 'public', id, all_last_index, public_last_index "
    "from c) select all_last_index from c";

struct Answer {
  PGresult *result;
  explicit Answer(PGresult *of) : result(of) {}
  ~Answer() { PQclear(result); }
  Answer(const Answer &) = delete;
  Answer &operator=(const Answer &) = delete;
};

} // namespace

struct RawPostgresql::Parts {
  PGconn *connection;
  Search search;

  Parts(const std::string &text, Search kept) : connection(PQconnectdb(text.c_str())), search(kept) {
    try {
      if (PQstatus(connection) != CONNECTION_OK) {
        throw std::runtime_error(std::string("raw libpq: ") + PQerrorMessage(connection));
      }
      check(Answer(PQprepare(connection, "read", kRead, 0, nullptr)), PGRES_COMMAND_OK);
      check(Answer(PQprepare(connection, "add", kAdd, 0, nullptr)), PGRES_COMMAND_OK);
    } catch (...) {
      PQfinish(connection);
      throw;
    }
  }
  ~Parts() { PQfinish(connection); }
  Parts(const Parts &) = delete;
  Parts &operator=(const Parts &) = delete;

  void check(const Answer &answer, ExecStatusType wanted) const {
    if (PQresultStatus(answer.result) != wanted) {
      throw std::runtime_error(std::string("raw libpq: ") + PQerrorMessage(connection));
    }
  }
  template <std::size_t Count>
  void run(const char *statement, const std::array<const char *, Count> &values, int rows) const {
    const Answer answer(
        PQexecPrepared(connection, statement, static_cast<int>(Count), values.data(), nullptr, nullptr, 0));
    check(answer, PGRES_TUPLES_OK);
    if (PQntuples(answer.result) != rows) {
      throw std::runtime_error("raw libpq: rows are missing");
    }
  }
};

RawPostgresql::RawPostgresql(const std::string &connection, Search search)
    : parts_(std::make_unique<Parts>(connection, search)) {}

RawPostgresql::~RawPostgresql() = default;

void RawPostgresql::newest(std::int64_t conversation) {
  const std::string id = std::to_string(conversation);
  const std::string most = std::to_string(kNewest);
  parts_->run<2>("read", {id.c_str(), most.c_str()}, static_cast<int>(kNewest));
}

void RawPostgresql::add(const Addition &addition) {
  const std::string id = std::to_string(addition.conversation);
  const std::string time = std::to_string(now());
  parts_->run<4>("add",
                 {id.c_str(), time.c_str(), addition.text->body.c_str(),
                  parts_->search == Search::kept_up ? addition.text->words.c_str() : ""},
                 1);
}

} // namespace parley::bench
