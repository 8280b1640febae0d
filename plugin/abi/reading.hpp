#pragma once

#include <utility>
#include <vector>

#include "plugin/abi/exchange.hpp"
#include "plugin/abi/queries.hpp"

/// What `query` and `get_many` of every entity do, whatever it is a list of.
namespace parley::abi {

/// `translate(exchange, query)` gives a Result of what the use case is asked; `list(exchange, asked, fields)` a Result
/// of what it found, with a `page`; `answer(exchange, found, fields, result)` hands over its documents.
template <class Translate, class List, class Answer>
std::int32_t serve_query(void *self, const parley_call *call, const parley_query *query,
                         const parley_result_sink *result, const parley_error_sink *errors, const Translate &translate,
                         const List &list, const Answer &answer) noexcept {
  return serve(self, call, errors, [&](const Exchange &exchange) -> std::int32_t {
    if (!readable(query)) {
      return exchange.too_small("parley_query");
    }
    auto asked = translate(exchange, *query);
    if (!asked) {
      return exchange.fail(asked.failure());
    }
    jsonapi::Fields fields = fields_of(*query);
    const auto found = list(exchange, std::move(asked).value(), fields);
    if (!found) {
      return exchange.fail(found.failure());
    }
    const std::int32_t status = answer(exchange, found.value(), std::move(fields), result);
    return status == PARLEY_OK ? answer_page(found->page, result) : status;
  });
}

/// `parse(id)` gives the key that an id names, or nothing: such an id is of nothing that there is. `find(exchange, keys,
/// fields)` and `answer` as `list` and `answer` above.
template <class Parse, class Find, class Answer>
std::int32_t serve_get(void *self, const parley_call *call, const parley_get *get, const parley_result_sink *result,
                       const parley_error_sink *errors, const Parse &parse, const Find &find,
                       const Answer &answer) noexcept {
  return serve(self, call, errors, [&](const Exchange &exchange) -> std::int32_t {
    if (!readable(get)) {
      return exchange.too_small("parley_get");
    }
    std::vector<typename decltype(parse(std::string_view()))::value_type> keys;
    keys.reserve(get->id_count);
    for (std::size_t index = 0; index < get->id_count; ++index) {
      if (auto key = parse(cpp::view(get->ids[index]))) {
        keys.push_back(std::move(*key));
      }
    }
    jsonapi::Fields fields = fields_of(*get);
    const auto found = find(exchange, keys, fields);
    return found ? answer(exchange, found.value(), std::move(fields), result) : exchange.fail(found.failure());
  });
}

} // namespace parley::abi
