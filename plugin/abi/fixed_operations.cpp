// Statuses and types of messages: fixed values that are listed and fetched like everything else.
#include <algorithm>
#include <string>
#include <string_view>
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

struct Slice {
  std::size_t begin = 0;
  std::size_t count = 0;
};

/// Which of the values a page has. Their cursors are their names.
template <class Values>
domain::Result<Slice> slice_of(const store::Paging &paging) {
  const auto values = Values::all();
  const auto place_of = [&](const std::string &cursor, const char *parameter) -> domain::Result<std::size_t> {
    const auto found =
        std::find_if(values.begin(), values.end(), [&](auto value) { return domain::name_of(value) == cursor; });
    if (found == values.end()) {
      auto failure =
          domain::failure(domain::Code::malformed, "cursor", "This is not a cursor of this list in this order.");
      failure.faults.front().parameter = parameter;
      return failure;
    }
    return static_cast<std::size_t>(found - values.begin());
  };
  const std::size_t size = paging.size;
  if (!paging.after.empty()) {
    const auto place = place_of(paging.after, "page[after]");
    return place ? domain::Result<Slice>(Slice{place.value() + 1, size}) : place.failure();
  }
  if (!paging.before.empty()) {
    const auto place = place_of(paging.before, "page[before]");
    if (!place) {
      return place.failure();
    }
    const std::size_t begin = place.value() - std::min(place.value(), size);
    return Slice{begin, place.value() - begin};
  }
  return Slice{paging.number == 0 ? 0 : static_cast<std::size_t>(paging.number - 1) * size, size};
}

/// The values from `begin` on, at most `count` of them.
template <class Values>
std::int32_t answer_slice(const Exchange &exchange, const Slice &slice, jsonapi::Fields fields,
                          const parley_result_sink *result) {
  const auto values = Values::all();
  const jsonapi::Showing showing = exchange.showing(std::move(fields));
  jsonapi::Documents documents;
  for (std::size_t place = slice.begin; place < values.size() && place < slice.begin + slice.count; ++place) {
    Values::append(documents, showing, values[place], place, exchange.request().locale);
    documents.list.back().cursor = domain::name_of(values[place]);
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
    const auto slice = slice_of<Values>(paging.value());
    if (!slice) {
      return exchange.fail(slice.failure());
    }
    const std::int32_t status = answer_slice<Values>(exchange, slice.value(), fields_of(*query), result);
    if (status != PARLEY_OK) {
      return status;
    }
    store::Page<int> page;
    const std::size_t total = Values::all().size();
    page.has_previous = slice->begin > 0;
    page.has_next = slice->begin + slice->count < total;
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
