#include <vector>

#include "plugin/abi/exchange.hpp"
#include "plugin/abi/operations.hpp"
#include "plugin/abi/queries.hpp"
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
  return serve(self, call, errors, [&](const Exchange &exchange) -> std::int32_t {
    if (!readable(query)) {
      return exchange.too_small("parley_query");
    }
    auto wanted = history_query(*query);
    if (!wanted) {
      return exchange.fail(wanted.failure());
    }
    const auto found = app::list_events(exchange.call(), std::move(wanted).value());
    if (!found) {
      return exchange.fail(found.failure());
    }
    const std::int32_t status = answer_events(exchange, found.value(), fields_of(*query), result);
    return status == PARLEY_OK ? answer_page(found->page, result) : status;
  });
}

std::int32_t PARLEY_ABI get_many(void *self, const parley_call *call, const parley_get *get,
                                 const parley_result_sink *result, const parley_error_sink *errors) noexcept {
  return serve(self, call, errors, [&](const Exchange &exchange) -> std::int32_t {
    if (!readable(get)) {
      return exchange.too_small("parley_get");
    }
    std::vector<store::Position> positions;
    positions.reserve(get->id_count);
    for (std::size_t index = 0; index < get->id_count; ++index) {
      if (const auto position = jsonapi::parse_number(cpp::view(get->ids[index]))) {
        positions.push_back(*position);
      }
    }
    const auto found = app::get_events(exchange.call(), positions);
    return found ? answer_events(exchange, found.value(), fields_of(*get), result) : exchange.fail(found.failure());
  });
}

} // namespace

void set_event_operations(parley_entity &entity) {
  entity.query = &query;
  entity.get_many = &get_many;
}

} // namespace parley::abi
