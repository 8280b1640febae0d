#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plugin/abi/conversation_answers.hpp"
#include "plugin/abi/exchange.hpp"
#include "plugin/abi/operations.hpp"
#include "plugin/abi/queries.hpp"
#include "plugin/abi/reading.hpp"
#include "plugin/app/change_contexts.hpp"
#include "plugin/app/delete_conversation.hpp"
#include "plugin/app/edit_conversation.hpp"
#include "plugin/app/list_conversations.hpp"
#include "plugin/app/mark_all_read.hpp"
#include "plugin/app/mark_read.hpp"
#include "plugin/app/mark_unread.hpp"
#include "plugin/app/show_unread.hpp"
#include "plugin/app/start_conversation.hpp"
#include "plugin/jsonapi/drafts.hpp"
#include "plugin/jsonapi/identifiers.hpp"

namespace parley::abi {
namespace {

std::int32_t give_meta(const parley_result_sink *result, const std::string &json) {
  const parley_str meta = cpp::str(json);
  return result->meta(result, &meta) == PARLEY_OK ? PARLEY_OK : PARLEY_SINK_REFUSED;
}

std::int32_t answer_list(const Exchange &exchange, const app::Conversations &conversations, jsonapi::Fields fields,
                         const parley_result_sink *result) {
  const std::int32_t status = answer_conversations(exchange, conversations, std::move(fields), result);
  return status == PARLEY_OK ? give_meta(result, jsonapi::conversations_meta(conversations.create)) : status;
}

std::int32_t PARLEY_ABI query(void *self, const parley_call *call, const parley_query *query,
                              const parley_result_sink *result, const parley_error_sink *errors) noexcept {
  return serve_query(
      self, call, query, result, errors,
      [](const Exchange &exchange, const parley_query &asked) {
        return conversation_query(asked, exchange.types(), exchange.request().audience);
      },
      [](const Exchange &exchange, store::ConversationQuery &&asked, const jsonapi::Fields &) {
        return app::list_conversations(exchange.call(), std::move(asked));
      },
      answer_list);
}

std::int32_t PARLEY_ABI get_many(void *self, const parley_call *call, const parley_get *get,
                                 const parley_result_sink *result, const parley_error_sink *errors) noexcept {
  return serve_get(
      self, call, get, result, errors, jsonapi::parse_conversation_id,
      [](const Exchange &exchange, const std::vector<domain::ConversationId> &ids, const jsonapi::Fields &) {
        return app::get_conversations(exchange.call(), ids);
      },
      answer_conversations);
}

std::int32_t PARLEY_ABI count(void *self, const parley_call *call, const parley_query *query, std::uint64_t *number,
                              const parley_error_sink *errors) noexcept {
  return serve(self, call, errors, [&](const Exchange &exchange) -> std::int32_t {
    if (!readable(query)) {
      return exchange.too_small("parley_query");
    }
    auto wanted = conversation_query(*query, exchange.types(), exchange.request().audience);
    if (!wanted) {
      return exchange.fail(wanted.failure());
    }
    const auto counted = app::count_conversations(exchange.call(), std::move(wanted).value());
    if (!counted) {
      return exchange.fail(counted.failure());
    }
    *number = static_cast<std::uint64_t>(counted.value());
    return PARLEY_OK;
  });
}

std::int32_t PARLEY_ABI create(void *self, const parley_call *call, const parley_write *write,
                               const parley_result_sink *result, const parley_error_sink *errors) noexcept {
  return serve(self, call, errors, [&](Exchange &exchange) -> std::int32_t {
    if (write == nullptr || !PARLEY_HAS(write, parley_write, json)) {
      return exchange.too_small("parley_write");
    }
    auto draft = jsonapi::read_new_conversation(cpp::view(write->json), exchange.request().audience);
    if (!draft) {
      return exchange.fail(draft.failure());
    }
    draft->check_only = (write->flags & PARLEY_WRITE_CHECK_ONLY) != 0;
    if (!draft->check_only) {
      const auto before = exchange.once({"create", jsonapi::conversations_type, cpp::view(write->json)});
      if (!before) {
        return exchange.fail(before.failure());
      }
      if (before.value()) {
        return answer_again(exchange, before.value()->conversation, result);
      }
    }
    const auto id = app::start_conversation(exchange.call(), draft.value());
    if (!id) {
      return exchange.fail(id.failure());
    }
    return draft->check_only ? PARLEY_OK : answer_own_work(exchange, id.value(), result);
  });
}

std::int32_t PARLEY_ABI update(void *self, const parley_call *call, const parley_write *write,
                               const parley_result_sink *result, const parley_error_sink *errors) noexcept {
  return serve(self, call, errors, [&](const Exchange &exchange) -> std::int32_t {
    if (write == nullptr || !PARLEY_HAS(write, parley_write, json)) {
      return exchange.too_small("parley_write");
    }
    const auto id = jsonapi::parse_conversation_id(cpp::view(write->id));
    if (!id) {
      return exchange.not_found();
    }
    auto change = jsonapi::read_conversation_change(cpp::view(write->json), cpp::view(write->id));
    if (!change) {
      return exchange.fail(change.failure());
    }
    change->conversation = *id;
    change->expected_version = static_cast<std::int64_t>(write->expected_version);
    change->check_only = (write->flags & PARLEY_WRITE_CHECK_ONLY) != 0;
    const auto done = app::edit_conversation(exchange.call(), change.value());
    if (!done) {
      return exchange.fail(done.failure());
    }
    return change->check_only ? PARLEY_OK : answer_own_work(exchange, *id, result);
  });
}

std::int32_t PARLEY_ABI remove(void *self, const parley_call *call, const parley_removal *removal,
                               const parley_error_sink *errors) noexcept {
  return serve(self, call, errors, [&](const Exchange &exchange) -> std::int32_t {
    if (removal == nullptr || !PARLEY_HAS(removal, parley_removal, id)) {
      return exchange.too_small("parley_removal");
    }
    const auto id = jsonapi::parse_conversation_id(cpp::view(removal->id));
    if (!id) {
      return exchange.not_found();
    }
    const auto done =
        app::delete_conversation(exchange.call(), *id, static_cast<std::int64_t>(removal->expected_version));
    return done ? PARLEY_OK : exchange.fail(done.failure());
  });
}

std::int32_t PARLEY_ABI remove_many(void *self, const parley_call *call, const parley_removal_many *removal,
                                    std::uint64_t *removed, const parley_error_sink *errors) noexcept {
  return serve(self, call, errors, [&](const Exchange &exchange) -> std::int32_t {
    // NOLINTNEXTLINE(bugprone-sizeof-expression): it is the pointer that has to be there.
    if (removal == nullptr || !PARLEY_HAS(removal, parley_removal_many, query) || !readable(removal->query)) {
      return exchange.too_small("parley_removal_many");
    }
    auto wanted = conversation_query(*removal->query, exchange.types(), exchange.request().audience);
    if (!wanted) {
      return exchange.fail(wanted.failure());
    }
    const auto expected = std::min<std::uint64_t>(removal->expected_count, INT32_MAX);
    const auto done =
        app::delete_conversations(exchange.call(), std::move(wanted).value(), static_cast<std::int64_t>(expected));
    if (!done) {
      return exchange.fail(done.failure());
    }
    *removed = static_cast<std::uint64_t>(done.value());
    return PARLEY_OK;
  });
}

/// A to-one relationship, changed by an edit. Null: there is no such relationship, or it cannot be changed.
std::optional<domain::Reference> domain::ConversationChange::*member_of(std::string_view relationship) {
  if (relationship == "owner") {
    return &domain::ConversationChange::owner;
  }
  if (relationship == "customer") {
    return &domain::ConversationChange::customer;
  }
  if (relationship == "customerUser") {
    return &domain::ConversationChange::customer_user;
  }
  if (relationship == "source") {
    return &domain::ConversationChange::source;
  }
  return nullptr;
}

domain::Done change_one(const Exchange &exchange, domain::ConversationId id, const parley_relationship_change &change,
                        const std::vector<domain::Reference> &references) {
  const std::string_view relationship = cpp::view(change.relationship);
  const auto refuse = [&exchange] {
    return domain::failure(domain::Code::unsupported, "unsupported",
                           exchange.backoffice() ? "This relationship cannot be changed in this way."
                                                 : "This relationship cannot be changed.");
  };
  if (change.change != PARLEY_CHANGE_REPLACE || references.size() > 1) {
    return refuse();
  }
  domain::ConversationChange edit;
  edit.conversation = id;
  edit.expected_version = static_cast<std::int64_t>(change.expected_version);
  const domain::Reference reference = references.empty() ? domain::Reference{} : references.front();
  if (relationship == "status") {
    const auto status = reference.type == jsonapi::statuses_type ? domain::status_named(reference.id) : std::nullopt;
    if (!status) {
      return domain::failure(domain::Code::invalid, "unknown-record", "There is no such status.", "/data");
    }
    edit.status = status;
  } else if (const auto member = member_of(relationship)) {
    edit.*member = reference;
  } else {
    return refuse();
  }
  return app::edit_conversation(exchange.call(), edit);
}

domain::Done change_targets(const Exchange &exchange, domain::ConversationId id,
                            const parley_relationship_change &change, std::vector<domain::Reference> references) {
  domain::ContextsChange contexts;
  contexts.conversation = id;
  contexts.expected_version = static_cast<std::int64_t>(change.expected_version);
  contexts.records = std::move(references);
  switch (change.change) {
  case PARLEY_CHANGE_ADD:
    contexts.change = domain::MemberChange::add;
    break;
  case PARLEY_CHANGE_REMOVE:
    contexts.change = domain::MemberChange::remove;
    break;
  case PARLEY_CHANGE_REPLACE:
    contexts.change = domain::MemberChange::replace;
    break;
  default:
    return domain::failure(domain::Code::unsupported, "unsupported", "There is no such change of a relationship.");
  }
  return app::change_contexts(exchange.call(), contexts);
}

std::int32_t PARLEY_ABI change_relationship(void *self, const parley_call *call,
                                            const parley_relationship_change *change, const parley_result_sink *result,
                                            const parley_error_sink *errors) noexcept {
  return serve(self, call, errors, [&](Exchange &exchange) -> std::int32_t {
    if (change == nullptr || !PARLEY_HAS(change, parley_relationship_change, ref_count)) {
      return exchange.too_small("parley_relationship_change");
    }
    const auto id = jsonapi::parse_conversation_id(cpp::view(change->id));
    if (!id) {
      return exchange.not_found();
    }
    std::vector<domain::Reference> references;
    references.reserve(change->ref_count);
    for (std::size_t index = 0; index < change->ref_count; ++index) {
      references.push_back({cpp::text(change->refs[index].type), cpp::text(change->refs[index].id)});
    }
    if (change->change == PARLEY_CHANGE_ADD) { // to replace and to remove can be repeated as they are
      const std::string version = std::to_string(change->expected_version);
      std::vector<std::string_view> asked{"add", jsonapi::conversations_type, cpp::view(change->id),
                                          cpp::view(change->relationship), version};
      for (const domain::Reference &reference : references) {
        asked.insert(asked.end(), {reference.type, reference.id});
      }
      const auto before = exchange.once(std::move(asked));
      if (!before) {
        return exchange.fail(before.failure());
      }
      if (before.value()) {
        return answer_again(exchange, *id, result);
      }
    }
    const auto done = cpp::view(change->relationship) == "activityTargets"
                          ? change_targets(exchange, *id, *change, std::move(references))
                          : change_one(exchange, *id, *change, references);
    return done ? answer_own_work(exchange, *id, result) : exchange.fail(done.failure());
  });
}

std::int32_t answer_unread(const Exchange &exchange, const parley_result_sink *result) {
  const auto found = app::show_unread(exchange.call());
  if (!found) {
    return exchange.fail(found.failure());
  }
  const std::int32_t status = answer_conversations(exchange, found->latest, jsonapi::Fields(), result);
  return status == PARLEY_OK ? give_meta(result, "{\"count\":" + std::to_string(found->count) +
                                                     ",\"more\":" + (found->more ? "true" : "false") + "}")
                             : status;
}

std::int32_t mark_all(Exchange &exchange, std::string_view input, const parley_result_sink *result) {
  // One that was done before marks nothing again.
  const auto before = exchange.once({"invoke", jsonapi::conversations_type, "mark-all-read", input});
  if (!before) {
    return exchange.fail(before.failure());
  }
  const auto marked = app::mark_all_read(exchange.call());
  return marked ? give_meta(result, "{\"marked\":" + std::to_string(marked.value()) + "}")
                : exchange.fail(marked.failure());
}

domain::Done mark_one(const Exchange &exchange, std::string_view name, domain::ConversationId id,
                      std::string_view input) {
  if (name == "mark-unread") {
    return app::mark_unread(exchange.call(), id);
  }
  const auto number = jsonapi::read_mark_read(input.empty() ? "{}" : input); // empty: no members were sent
  return number ? app::mark_read(exchange.call(), id, number.value()) : domain::Done(number.failure());
}

/// Whether the conversation has the version that is expected; 0: any. The storefront knows none.
domain::Done check_version(const Exchange &exchange, domain::ConversationId id, std::uint64_t expected) {
  if (expected == 0) {
    return domain::Nothing{};
  }
  const auto found = app::get_conversations(exchange.call(), {id});
  if (!found) {
    return found.failure();
  }
  const std::string &locale = exchange.request().locale;
  if (found->page.rows.empty()) {
    return domain::failure(domain::Code::not_found, "not-found", std::string(app::words(app::Text::not_found, locale)));
  }
  const std::int64_t version = found->page.rows.front().conversation.version;
  if (exchange.backoffice() && static_cast<std::int64_t>(expected) == version) {
    return domain::Nothing{};
  }
  auto stale = domain::failure(domain::Code::stale, "stale", std::string(app::words(app::Text::stale, locale)));
  if (exchange.backoffice()) {
    stale.faults.front().facts.emplace_back("version", std::to_string(version));
  }
  return stale;
}

std::int32_t PARLEY_ABI invoke(void *self, const parley_call *call, const parley_operation_call *operation,
                               const parley_result_sink *result, const parley_error_sink *errors) noexcept {
  return serve(self, call, errors, [&](Exchange &exchange) -> std::int32_t {
    if (operation == nullptr || !PARLEY_HAS(operation, parley_operation_call, input)) {
      return exchange.too_small("parley_operation_call");
    }
    const std::string_view name = cpp::view(operation->name);
    const bool on_collection = cpp::view(operation->id).empty();
    if (on_collection && name == "unread") {
      return answer_unread(exchange, result);
    }
    if (on_collection && name == "mark-all-read") {
      return mark_all(exchange, cpp::view(operation->input), result);
    }
    if (name != "mark-read" && name != "mark-unread") {
      return exchange.fail(
          domain::failure(domain::Code::unsupported, "unsupported", "There is no operation of this name."));
    }
    const auto id = jsonapi::parse_conversation_id(cpp::view(operation->id));
    if (!id) {
      return exchange.not_found();
    }
    const std::string version = std::to_string(operation->expected_version);
    const auto before = exchange.once({"invoke", jsonapi::conversations_type, cpp::view(operation->name),
                                       cpp::view(operation->id), version, cpp::view(operation->input)});
    if (!before) {
      return exchange.fail(before.failure());
    }
    if (before.value()) {
      return answer_again(exchange, *id, result);
    }
    if (const auto expected = check_version(exchange, *id, operation->expected_version); !expected) {
      return exchange.fail(expected.failure());
    }
    const auto done = mark_one(exchange, name, *id, cpp::view(operation->input));
    return done ? answer_own_work(exchange, *id, result) : exchange.fail(done.failure());
  });
}

} // namespace

void set_conversation_operations(parley_entity &entity) {
  entity.query = &query;
  entity.get_many = &get_many;
  entity.count = &count;
  entity.create = &create;
  entity.update = &update;
  entity.remove = &remove;
  entity.remove_many = &remove_many;
  entity.change_relationship = &change_relationship;
  entity.invoke = &invoke;
}

} // namespace parley::abi
