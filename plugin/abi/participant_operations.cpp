#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plugin/abi/exchange.hpp"
#include "plugin/abi/operations.hpp"
#include "plugin/abi/queries.hpp"
#include "plugin/abi/reading.hpp"
#include "plugin/app/list_participants.hpp"
#include "plugin/app/mark_read.hpp"
#include "plugin/jsonapi/drafts.hpp"
#include "plugin/jsonapi/identifiers.hpp"

namespace parley::abi {
namespace {

using Key = store::ConversationStore::ParticipantKey;

std::optional<Key> key_of(std::string_view id) {
  auto parsed = jsonapi::parse_participant_id(id);
  return parsed ? std::optional<Key>(Key{parsed->conversation, std::move(parsed->uid)}) : std::nullopt;
}

std::int32_t answer_participants(const Exchange &exchange, const app::Participants &participants,
                                 jsonapi::Fields fields, const parley_result_sink *result) {
  const jsonapi::Showing showing = exchange.showing(std::move(fields));
  const std::string_view not_mine = app::words(app::Text::only_own_mark, exchange.request().locale);
  jsonapi::Documents documents;
  documents.buffer.reserve(participants.page.rows.size() * 512);
  for (std::size_t index = 0; index < participants.page.rows.size(); ++index) {
    jsonapi::append_participant(documents, showing, participants.page.rows[index], participants.views[index], not_mine);
  }
  return exchange.answer(documents, result);
}

std::int32_t PARLEY_ABI query(void *self, const parley_call *call, const parley_query *query,
                              const parley_result_sink *result, const parley_error_sink *errors) noexcept {
  return serve_query(
      self, call, query, result, errors,
      [](const Exchange &, const parley_query &asked) { return participant_query(asked); },
      [](const Exchange &exchange, store::ParticipantQuery &&asked, const jsonapi::Fields &) {
        return app::list_participants(exchange.call(), std::move(asked));
      },
      answer_participants);
}

std::int32_t PARLEY_ABI get_many(void *self, const parley_call *call, const parley_get *get,
                                 const parley_result_sink *result, const parley_error_sink *errors) noexcept {
  return serve_get(
      self, call, get, result, errors, key_of,
      [](const Exchange &exchange, const std::vector<Key> &keys, const jsonapi::Fields &) {
        return app::get_participants(exchange.call(), keys);
      },
      answer_participants);
}

/// Read marks have no version that a client could expect.
std::int32_t refuse_version(const Exchange &exchange, const Key &key) {
  const auto may = app::may_mark_as(exchange.call(), key);
  return may ? exchange.fail(domain::Code::stale, "stale", app::Text::stale) : exchange.fail(may.failure());
}

/// Moves the mark and answers the participant. `where`: the message in the document that was sent.
std::int32_t mark(const Exchange &exchange, const Key &key, domain::Number number, const std::string &where,
                  const parley_result_sink *result) {
  const auto done = app::mark_read_as(exchange.call(), key, number, where);
  if (!done) {
    return exchange.fail(done.failure());
  }
  const auto shown = app::get_participants(exchange.call(), {key});
  if (!shown) {
    return exchange.fail(shown.failure());
  }
  return shown->page.rows.empty() ? exchange.not_found()
                                  : answer_participants(exchange, shown.value(), jsonapi::Fields(), result);
}

std::int32_t PARLEY_ABI update(void *self, const parley_call *call, const parley_write *write,
                               const parley_result_sink *result, const parley_error_sink *errors) noexcept {
  return serve(self, call, errors, [&](const Exchange &exchange) -> std::int32_t {
    if (write == nullptr || !PARLEY_HAS(write, parley_write, json)) {
      return exchange.too_small("parley_write");
    }
    const auto key = key_of(cpp::view(write->id));
    if (!key) {
      return exchange.not_found();
    }
    const auto number = jsonapi::read_read_mark(cpp::view(write->json), cpp::view(write->id));
    if (!number) {
      return exchange.fail(number.failure());
    }
    if ((write->flags & PARLEY_WRITE_CHECK_ONLY) != 0) {
      return PARLEY_OK;
    }
    if (write->expected_version != 0) {
      return refuse_version(exchange, *key);
    }
    return mark(exchange, *key, number.value(), "/data/relationships/lastReadMessage/data", result);
  });
}

std::int32_t PARLEY_ABI change_relationship(void *self, const parley_call *call,
                                            const parley_relationship_change *change, const parley_result_sink *result,
                                            const parley_error_sink *errors) noexcept {
  return serve(self, call, errors, [&](const Exchange &exchange) -> std::int32_t {
    if (change == nullptr || !PARLEY_HAS(change, parley_relationship_change, ref_count)) {
      return exchange.too_small("parley_relationship_change");
    }
    const auto key = key_of(cpp::view(change->id));
    if (!key) {
      return exchange.not_found();
    }
    if (change->change != PARLEY_CHANGE_REPLACE || cpp::view(change->relationship) != "lastReadMessage") {
      return exchange.fail(
          domain::failure(domain::Code::unsupported, "unsupported", "This relationship cannot be changed."));
    }
    const bool one = change->ref_count == 1 && cpp::view(change->refs[0].type) == jsonapi::messages_type;
    const auto message = one ? jsonapi::parse_message_id(cpp::view(change->refs[0].id)) : std::nullopt;
    if (!message || message->conversation != key->conversation) {
      return exchange.fail(domain::failure(domain::Code::invalid, "unknown-record",
                                           "There is no such message in this conversation.", "/data"));
    }
    if (change->expected_version != 0) {
      return refuse_version(exchange, *key);
    }
    return mark(exchange, *key, message->number, "/data", result);
  });
}

} // namespace

void set_participant_operations(parley_entity &entity) {
  entity.query = &query;
  entity.get_many = &get_many;
  entity.update = &update;
  entity.change_relationship = &change_relationship;
}

} // namespace parley::abi
