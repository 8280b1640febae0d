// Statuses and types of messages: fixed values that are listed and fetched like everything else.
#include <string>
#include <utility>
#include <vector>

#include "plugin/abi/exchange.hpp"
#include "plugin/abi/operations.hpp"
#include "plugin/abi/queries.hpp"
#include "plugin/app/authority.hpp"
#include "plugin/jsonapi/identifiers.hpp"

namespace parley::abi {
namespace {

/// One kind of fixed values.
struct Statuses {
  static std::vector<domain::Status> all() {
    return {domain::Status::active, domain::Status::inactive, domain::Status::closed};
  }
  static void append(jsonapi::Documents &documents, const jsonapi::Showing &showing, domain::Status status,
                     std::size_t place, const std::string &locale) {
    jsonapi::append_status(documents, showing, status, app::label_of(status, locale),
                           static_cast<std::int64_t>(place) + 1);
  }
};

struct MessageTypes {
  static std::vector<domain::MessageType> all() { return {domain::MessageType::text, domain::MessageType::system}; }
  static void append(jsonapi::Documents &documents, const jsonapi::Showing &showing, domain::MessageType type,
                     std::size_t /*place*/, const std::string &locale) {
    jsonapi::append_message_type(documents, showing, type, app::label_of(type, locale));
  }
};

/// The values from `begin` on, at most `count` of them.
template <class Values>
std::int32_t answer_slice(const Exchange &exchange, std::size_t begin, std::size_t count, jsonapi::Fields fields,
                          const parley_result_sink *result) {
  const auto values = Values::all();
  const jsonapi::Showing showing = exchange.showing(std::move(fields));
  jsonapi::Documents documents;
  for (std::size_t place = begin; place < values.size() && place < begin + count; ++place) {
    Values::append(documents, showing, values[place], place, exchange.request().locale);
  }
  return exchange.answer(documents, result);
}

template <class Values>
std::int32_t PARLEY_ABI query(void *self, const parley_call *call, const parley_query *query,
                              const parley_result_sink *result, const parley_error_sink *errors) noexcept {
  return serve(self, call, errors, [&](const Exchange &exchange) -> std::int32_t {
    if (!readable(query)) {
      return exchange.too_small("parley_query");
    }
    const auto paging = plain_query(*query);
    if (!paging) {
      return exchange.fail(paging.failure());
    }
    if (const auto open = app::gate(exchange.call()); !open) {
      return exchange.fail(open.failure());
    }
    // Without cursors: one page that holds all, or pages by number.
    const std::size_t total = Values::all().size();
    const std::size_t begin =
        paging->number == 0 ? 0 : static_cast<std::size_t>(paging->number - 1) * std::size_t{paging->size};
    const std::size_t count = paging->number == 0 ? total : paging->size;
    const std::int32_t status = answer_slice<Values>(exchange, begin, count, fields_of(*query), result);
    if (status != PARLEY_OK) {
      return status;
    }
    store::Page<int> page;
    page.has_previous = begin > 0;
    page.has_next = begin + count < total;
    page.total = static_cast<std::int64_t>(total);
    return answer_page(page, result);
  });
}

template <class Values>
std::int32_t PARLEY_ABI get_many(void *self, const parley_call *call, const parley_get *get,
                                 const parley_result_sink *result, const parley_error_sink *errors) noexcept {
  return serve(self, call, errors, [&](const Exchange &exchange) -> std::int32_t {
    if (!readable(get)) {
      return exchange.too_small("parley_get");
    }
    if (const auto open = app::gate(exchange.call()); !open) {
      return exchange.fail(open.failure());
    }
    const auto values = Values::all();
    const jsonapi::Showing showing = exchange.showing(fields_of(*get));
    jsonapi::Documents documents;
    for (std::size_t index = 0; index < get->id_count; ++index) {
      for (std::size_t place = 0; place < values.size(); ++place) {
        if (domain::name_of(values[place]) == cpp::view(get->ids[index])) {
          Values::append(documents, showing, values[place], place, exchange.request().locale);
        }
      }
    }
    return exchange.answer(documents, result);
  });
}

} // namespace

void set_status_operations(parley_entity &entity) {
  entity.query = &query<Statuses>;
  entity.get_many = &get_many<Statuses>;
}

void set_message_type_operations(parley_entity &entity) {
  entity.query = &query<MessageTypes>;
  entity.get_many = &get_many<MessageTypes>;
}

} // namespace parley::abi
