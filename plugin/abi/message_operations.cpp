#include <utility>
#include <vector>

#include "plugin/abi/exchange.hpp"
#include "plugin/abi/operations.hpp"
#include "plugin/abi/queries.hpp"
#include "plugin/app/add_message.hpp"
#include "plugin/app/list_messages.hpp"
#include "plugin/jsonapi/drafts.hpp"
#include "plugin/jsonapi/identifiers.hpp"

namespace parley::abi {
namespace {

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

std::int32_t PARLEY_ABI query(void *self, const parley_call *call, const parley_query *query,
                              const parley_result_sink *result, const parley_error_sink *errors) noexcept {
  return serve(self, call, errors, [&](const Exchange &exchange) -> std::int32_t {
    if (!readable(query)) {
      return exchange.too_small("parley_query");
    }
    auto wanted = message_query(*query);
    if (!wanted) {
      return exchange.fail(wanted.failure());
    }
    jsonapi::Fields fields = fields_of(*query);
    const auto found = app::list_messages(exchange.call(), std::move(wanted).value(), wanted_by(fields));
    if (!found) {
      return exchange.fail(found.failure());
    }
    const std::int32_t status = answer_messages(exchange, found.value(), std::move(fields), result);
    return status == PARLEY_OK ? answer_page(found->page, result) : status;
  });
}

std::int32_t PARLEY_ABI get_many(void *self, const parley_call *call, const parley_get *get,
                                 const parley_result_sink *result, const parley_error_sink *errors) noexcept {
  return serve(self, call, errors, [&](const Exchange &exchange) -> std::int32_t {
    if (!readable(get)) {
      return exchange.too_small("parley_get");
    }
    std::vector<store::ConversationStore::MessageKey> keys;
    keys.reserve(get->id_count);
    for (std::size_t index = 0; index < get->id_count; ++index) {
      if (const auto key = jsonapi::parse_message_id(cpp::view(get->ids[index]))) {
        keys.push_back({key->conversation, key->number});
      }
    }
    jsonapi::Fields fields = fields_of(*get);
    const auto found = app::get_messages(exchange.call(), keys, wanted_by(fields));
    if (!found) {
      return exchange.fail(found.failure());
    }
    return answer_messages(exchange, found.value(), std::move(fields), result);
  });
}

/// One message, to who may see it.
std::int32_t answer_message(const Exchange &exchange, const store::ConversationStore::MessageKey &key,
                            const parley_result_sink *result) {
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
