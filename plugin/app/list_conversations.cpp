#include "plugin/app/list_conversations.hpp"

#include <utility>

#include "plugin/app/authority.hpp"
#include "plugin/app/conversation_views.hpp"
#include "plugin/app/faults.hpp"
#include "plugin/app/search.hpp"

namespace parley::app {
namespace {

/// In the storefront a source that the actor may not see is none that it can ask for: an answer would tell which it is.
domain::Done forget_hidden_sources(const Call &call, store::ConversationQuery &query) {
  if (call.request.backoffice()) {
    return domain::Nothing{};
  }
  for (store::ConversationCondition &condition : query.conditions) {
    if (condition.field != store::ConversationField::source || condition.operation == store::Operator::exists) {
      continue;
    }
    std::vector<domain::Reference> asked;
    for (const store::Value &value : condition.values) {
      asked.push_back(value.reference);
    }
    const auto visible = call.directory.visible(asked);
    if (!visible) {
      return worded(call, visible.failure());
    }
    std::vector<store::Value> known;
    for (std::size_t index = 0; index < asked.size() && index < visible->size(); ++index) {
      if (visible.value()[index]) {
        known.push_back(std::move(condition.values[index]));
      }
    }
    condition.values = std::move(known);
  }
  return domain::Nothing{};
}

} // namespace

domain::Result<Conversations> list_conversations(const Call &call, store::ConversationQuery query) {
  if (auto open = gate(call); !open) {
    return open.failure();
  }
  const auto rights = rights_of(call);
  if (!rights) {
    return rights.failure();
  }
  query.scope = rights->view;
  if (query.own == true) {
    only_own(query.scope);
  }
  prepare(query.search);
  if (auto done = forget_hidden_sources(call, query); !done) {
    return done.failure();
  }
  auto page = call.conversations.conversations(query);
  if (!page) {
    return worded(call, std::move(page).failure());
  }
  Reading reading;
  reading.alone = query.panel.has_value();
  return dressed(call, rights.value(), std::move(page).value(), reading);
}

domain::Result<Conversations> get_conversations(const Call &call, const std::vector<domain::ConversationId> &ids) {
  if (auto open = gate(call); !open) {
    return open.failure();
  }
  const auto rights = rights_of(call);
  if (!rights) {
    return rights.failure();
  }
  auto page = call.conversations.conversations_by_id(rights->view, ids);
  if (!page) {
    return worded(call, std::move(page).failure());
  }
  return dressed(call, rights.value(), std::move(page).value(), {true, ids.size() == 1});
}

domain::Result<Conversations> get_own_work(const Call &call, domain::ConversationId id) {
  if (auto open = gate(call); !open) {
    return open.failure();
  }
  const auto rights = rights_of(call);
  if (!rights) {
    return rights.failure();
  }
  domain::Scope everything;
  everything.audience = call.request.audience;
  everything.actor = call.request.actor;
  everything.level = domain::Level::global;
  auto page = call.conversations.conversations_by_id(everything, {id});
  if (!page) {
    return worded(call, std::move(page).failure());
  }
  if (page->rows.empty()) {
    return refuse(call, domain::Code::not_found, Text::not_found);
  }
  return dressed(call, rights.value(), std::move(page).value(), {false, true});
}

domain::Result<std::int64_t> count_conversations(const Call &call, store::ConversationQuery query) {
  if (auto open = gate(call); !open) {
    return open.failure();
  }
  auto scopes = scopes_of(call, {permission::view});
  if (!scopes) {
    return scopes.failure();
  }
  query.scope = std::move(scopes->front());
  if (query.own == true) {
    only_own(query.scope);
  }
  prepare(query.search);
  if (auto done = forget_hidden_sources(call, query); !done) {
    return done.failure();
  }
  auto count = call.conversations.count_conversations(query);
  if (!count) {
    return worded(call, std::move(count).failure());
  }
  return count;
}

} // namespace parley::app
