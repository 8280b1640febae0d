#include <vector>

#include "plugin/abi/exchange.hpp"
#include "plugin/abi/operations.hpp"
#include "plugin/abi/queries.hpp"
#include "plugin/abi/reading.hpp"
#include "plugin/app/list_events.hpp"
#include "plugin/jsonapi/identifiers.hpp"

namespace parley::abi {
namespace {

std::int32_t answer_events(const Exchange &exchange, const app::Events &events, jsonapi::Fields fields,
                           const parley_result_sink *result) {
  const jsonapi::Showing showing = exchange.showing(std::move(fields));
  jsonapi::Documents documents;
  documents.buffer.reserve(events.page.rows.size() * 512);
  for (std::size_t index = 0; index < events.page.rows.size(); ++index) {
    jsonapi::append_event(documents, showing, events.page.rows[index], events.views[index]);
  }
  return exchange.answer(documents, result);
}

std::int32_t PARLEY_ABI query(void *self, const parley_call *call, const parley_query *query,
                              const parley_result_sink *result, const parley_error_sink *errors) noexcept {
  return serve_query(
      self, call, query, result, errors,
      [](const Exchange &, const parley_query &asked) { return history_query(asked); },
      [](const Exchange &exchange, store::HistoryQuery &&asked, const jsonapi::Fields &) {
        return app::list_events(exchange.call(), std::move(asked));
      },
      answer_events);
}

std::int32_t PARLEY_ABI get_many(void *self, const parley_call *call, const parley_get *get,
                                 const parley_result_sink *result, const parley_error_sink *errors) noexcept {
  return serve_get(
      self, call, get, result, errors, jsonapi::parse_number,
      [](const Exchange &exchange, const std::vector<store::Position> &positions, const jsonapi::Fields &) {
        return app::get_events(exchange.call(), positions);
      },
      answer_events);
}

} // namespace

void set_event_operations(parley_entity &entity) {
  entity.query = &query;
  entity.get_many = &get_many;
}

} // namespace parley::abi
