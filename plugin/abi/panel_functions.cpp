#include <string_view>
#include <utility>
#include <vector>

#include "plugin/abi/conversation_answers.hpp"
#include "plugin/abi/exchange.hpp"
#include "plugin/abi/operations.hpp"
#include "plugin/abi/queries.hpp"
#include "plugin/abi/reading.hpp"
#include "plugin/app/done_before.hpp"
#include "plugin/app/show_panel.hpp"

namespace parley::abi {
namespace {

domain::Reference reference_of(const parley_ref &ref) {
  return domain::Reference{cpp::text(ref.type), cpp::text(ref.id)};
}

std::int32_t PARLEY_ABI page(void *self, const parley_call *call, const parley_ref *record, const parley_query *query,
                             const parley_result_sink *result, const parley_error_sink *errors) noexcept {
  return serve_query(
      self, call, query, result, errors,
      [](const Exchange &exchange, const parley_query &asked) {
        return conversation_query(asked, exchange.types(), exchange.request().audience);
      },
      [record](const Exchange &exchange, store::ConversationQuery &&asked, const jsonapi::Fields &) {
        return app::show_panel(exchange.call(), reference_of(*record), std::move(asked));
      },
      answer_conversations);
}

std::int32_t PARLEY_ABI count(void *self, const parley_call *call, const parley_ref *records, std::size_t record_count,
                              std::uint64_t *counts, const parley_error_sink *errors) noexcept {
  return serve(self, call, errors, [&](Exchange &exchange) -> std::int32_t {
    std::vector<domain::Reference> references;
    references.reserve(record_count);
    std::vector<std::string_view> asked{"count"};
    for (std::size_t index = 0; index < record_count; ++index) {
      references.push_back(reference_of(records[index]));
      asked.insert(asked.end(), {cpp::view(records[index].type), cpp::view(records[index].id)});
    }
    const auto before = exchange.once(std::move(asked));
    if (!before) {
      return exchange.fail(before.failure());
    }
    // Asked again, the same is counted as it is now; the key is for nothing else.
    const auto counted = app::count_panels(exchange.call(), references);
    if (!counted) {
      return exchange.fail(counted.failure());
    }
    if (!before.value()) {
      if (const auto kept = app::keep_key(exchange.call()); !kept) {
        return exchange.fail(kept.failure());
      }
    }
    for (std::size_t index = 0; index < record_count; ++index) {
      counts[index] = static_cast<std::uint64_t>(counted.value().at(index));
    }
    return PARLEY_OK;
  });
}

} // namespace

void set_panel_functions(parley_panel &panel) {
  panel.page = &page;
  panel.count = &count;
}

} // namespace parley::abi
