#include "plugin/abi/conversation_answers.hpp"

#include <utility>

namespace parley::abi {

std::int32_t answer_conversations(const Exchange &exchange, const app::Conversations &conversations,
                                  jsonapi::Fields fields, const parley_result_sink *result) {
  jsonapi::Showing showing = exchange.showing(std::move(fields));
  showing.hidden = conversations.hidden;
  jsonapi::Documents documents;
  const auto &rows = conversations.page.rows;
  documents.buffer.reserve(rows.size() * 2048);
  for (std::size_t index = 0; index < rows.size(); ++index) {
    jsonapi::append_conversation(documents, showing, rows[index], conversations.views[index], conversations.page.labels,
                                 conversations.openable);
  }
  return exchange.answer(documents, result);
}

std::int32_t answer_own_work(const Exchange &exchange, domain::ConversationId id, const parley_result_sink *result) {
  const auto conversations = app::get_own_work(exchange.call(), id);
  if (!conversations) {
    return exchange.fail(conversations.failure());
  }
  return answer_conversations(exchange, conversations.value(), jsonapi::Fields(), result);
}

std::int32_t answer_again(const Exchange &exchange, domain::ConversationId id, const parley_result_sink *result) {
  const auto conversations = app::get_conversations(exchange.call(), {id});
  if (!conversations) {
    return exchange.fail(conversations.failure());
  }
  return conversations->page.rows.empty()
             ? exchange.not_found()
             : answer_conversations(exchange, conversations.value(), jsonapi::Fields(), result);
}

} // namespace parley::abi
