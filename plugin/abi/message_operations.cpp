#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "plugin/abi/exchange.hpp"
#include "plugin/abi/operations.hpp"
#include "plugin/abi/queries.hpp"
#include "plugin/abi/reading.hpp"
#include "plugin/app/add_message.hpp"
#include "plugin/app/list_messages.hpp"
#include "plugin/jsonapi/drafts.hpp"
#include "plugin/jsonapi/identifiers.hpp"

namespace parley::abi {
namespace {

using Key = store::ConversationStore::MessageKey;

app::Wanted wanted_by(const jsonapi::Fields &fields) {
  // The body of a system message is its plain text.
  return app::Wanted{fields.has("bodyHtml"), fields.has("plainBody") || fields.has("body")};
}

std::int32_t answer_messages(const Exchange &exchange, const app::Messages &messages, jsonapi::Fields fields,
                             const parley_result_sink *result) {
  const jsonapi::Showing showing = exchange.showing(std::move(fields));
  jsonapi::Documents documents;
  documents.buffer.reserve(messages.page.rows.size() * 1536);
  for (std::size_t index = 0; index < messages.page.rows.size(); ++index) {
    jsonapi::append_message(documents, showing, messages.page.rows[index], messages.views[index]);
  }
  return exchange.answer(documents, result);
}

std::optional<Key> key_of(std::string_view id) {
  const auto parsed = jsonapi::parse_message_id(id);
  return parsed ? std::optional<Key>(Key{parsed->conversation, parsed->number}) : std::nullopt;
}

std::int32_t PARLEY_ABI query(void *self, const parley_call *call, const parley_query *query,
                              const parley_result_sink *result, const parley_error_sink *errors) noexcept {
  return serve_query(
      self, call, query, result, errors,
      [](const Exchange &, const parley_query &asked) { return message_query(asked); },
      [](const Exchange &exchange, store::MessageQuery &&asked, const jsonapi::Fields &fields) {
        return app::list_messages(exchange.call(), std::move(asked), wanted_by(fields));
      },
      answer_messages);
}

std::int32_t PARLEY_ABI get_many(void *self, const parley_call *call, const parley_get *get,
                                 const parley_result_sink *result, const parley_error_sink *errors) noexcept {
  return serve_get(
      self, call, get, result, errors, key_of,
      [](const Exchange &exchange, const std::vector<Key> &keys, const jsonapi::Fields &fields) {
        return app::get_messages(exchange.call(), keys, wanted_by(fields));
      },
      answer_messages);
}

/// One message, to who may see it.
std::int32_t answer_message(const Exchange &exchange, const Key &key, const parley_result_sink *result) {
  const auto shown = app::get_messages(exchange.call(), {key});
  if (!shown) {
    return exchange.fail(shown.failure());
  }
  return shown->page.rows.empty() ? exchange.not_found()
                                  : answer_messages(exchange, shown.value(), jsonapi::Fields(), result);
}

std::int32_t PARLEY_ABI create(void *self, const parley_call *call, const parley_write *write,
                               const parley_result_sink *result, const parley_error_sink *errors) noexcept {
  return serve(self, call, errors, [&](Exchange &exchange) -> std::int32_t {
    if (write == nullptr || !PARLEY_HAS(write, parley_write, json)) {
      return exchange.too_small("parley_write");
    }
    auto draft = jsonapi::read_new_message(cpp::view(write->json), exchange.request().audience);
    if (!draft) {
      return exchange.fail(draft.failure());
    }
    draft->check_only = (write->flags & PARLEY_WRITE_CHECK_ONLY) != 0;
    if (!draft->check_only) {
      const auto before = exchange.once({"create", jsonapi::messages_type, cpp::view(write->json)});
      if (!before) {
        return exchange.fail(before.failure());
      }
      if (before.value()) {
        const domain::Number number = exchange.backoffice() ? before.value()->index : before.value()->public_index;
        return answer_message(exchange, {before.value()->conversation, number}, result);
      }
    }
    const auto appended = app::add_message(exchange.call(), draft.value());
    if (!appended) {
      return exchange.fail(appended.failure());
    }
    if (draft->check_only) {
      return PARLEY_OK;
    }
    const domain::Message &message = appended->message;
    return answer_message(exchange, {message.conversation, message.number(exchange.request().audience)}, result);
  });
}

} // namespace

void set_message_operations(parley_entity &entity) {
  entity.query = &query;
  entity.get_many = &get_many;
  entity.create = &create;
}

} // namespace parley::abi
