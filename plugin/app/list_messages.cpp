#include "plugin/app/list_messages.hpp"

#include <map>
#include <string>
#include <utility>

#include "plugin/app/authority.hpp"
#include "plugin/app/faults.hpp"
#include "plugin/app/labels.hpp"
#include "plugin/app/record_types.hpp"
#include "plugin/app/search.hpp"
#include "plugin/app/system_words.hpp"
#include "plugin/text/markdown.hpp"
#include "plugin/text/unicode.hpp"

namespace parley::app {
namespace {

/// What the storefront must not even carry along.
void hide_backoffice(const Call &call, domain::Message &message) {
  if (message.posted_by != call.request.actor) {
    message.client_id.clear(); // of the program of who posted it for the sender
  }
  message.posted_by = {};
  message.index = message.public_index;
}

/// Initials by name: few people say the many messages of a page.
using Acronyms = std::map<std::string, std::string>;

const std::string &acronym_of(Acronyms &acronyms, const std::string &name) {
  auto found = acronyms.find(name);
  if (found == acronyms.end()) {
    found = acronyms.emplace(name, text::initials(name)).first;
  }
  return found->second;
}

domain::MessageView view_of(const Call &call, const Labels &labels, Acronyms &acronyms, const domain::Message &message,
                            Wanted wanted) {
  domain::MessageView view;
  view.sender_name = title_of(call, labels, message.sender);
  view.sender_acronym = acronym_of(acronyms, view.sender_name);
  view.posted_by_name = title_of(call, labels, message.posted_by);
  view.mine = !message.sender.none() && message.sender == call.request.actor;
  if (message.note) {
    const std::string who = nobody(message.sender) ? std::string() : view.sender_name;
    view.plain_body = words_of(call, labels, *message.note, who);
    return view;
  }
  if (wanted.html && wanted.plain) {
    text::Rendered rendered = text::render(message.body);
    view.body_html = std::move(rendered.html);
    view.plain_body = std::move(rendered.plain);
  } else if (wanted.html) {
    view.body_html = text::to_html(message.body);
  } else if (wanted.plain) {
    view.plain_body = text::to_plain(message.body);
  }
  return view;
}

domain::Result<Messages> dressed(const Call &call, store::Page<store::MessageRow> page, Wanted wanted) {
  const auto types = RecordTypes::of(call);
  if (!types) {
    return types.failure();
  }
  std::vector<domain::Reference> named;
  for (store::MessageRow &row : page.rows) {
    domain::Message &message = row.message;
    if (!call.request.backoffice()) {
      hide_backoffice(call, message);
    }
    named.push_back(message.sender);
    named.push_back(message.posted_by);
    if (message.note) {
      for (domain::Reference &reference : named_in(*message.note)) {
        named.push_back(std::move(reference));
      }
    }
  }
  Messages messages;
  messages.page = std::move(page);
  Labels &labels = messages.page.labels;
  labels = only(named, labels);
  complete_labels(call, types.value(), named, labels);
  Acronyms acronyms;
  messages.views.reserve(messages.page.rows.size());
  for (const store::MessageRow &row : messages.page.rows) {
    messages.views.push_back(view_of(call, labels, acronyms, row.message, wanted));
  }
  return messages;
}

} // namespace

domain::Result<Messages> list_messages(const Call &call, store::MessageQuery query, Wanted wanted) {
  if (auto open = gate(call); !open) {
    return open.failure();
  }
  auto scopes = scopes_of(call, {permission::view});
  if (!scopes) {
    return scopes.failure();
  }
  query.scope = std::move(scopes->front());
  prepare(query.search);
  auto page = call.conversations.messages(query);
  if (!page) {
    return worded(call, std::move(page).failure());
  }
  return dressed(call, std::move(page).value(), wanted);
}

domain::Result<Messages> get_messages(const Call &call, const std::vector<store::ConversationStore::MessageKey> &keys,
                                      Wanted wanted) {
  if (auto open = gate(call); !open) {
    return open.failure();
  }
  const auto scopes = scopes_of(call, {permission::view});
  if (!scopes) {
    return scopes.failure();
  }
  auto page = call.conversations.messages_by_key(scopes->front(), keys);
  if (!page) {
    return worded(call, std::move(page).failure());
  }
  return dressed(call, std::move(page).value(), wanted);
}

} // namespace parley::app
