#include "plugin/app/conversation_views.hpp"

#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "plugin/app/authority.hpp"
#include "plugin/app/faults.hpp"
#include "plugin/app/labels.hpp"
#include "plugin/app/record_types.hpp"
#include "plugin/app/records.hpp"
#include "plugin/app/settings.hpp"
#include "plugin/app/start_conversation.hpp"
#include "plugin/app/workflow_state.hpp"
#include "plugin/domain/rules.hpp"
#include "plugin/text/markdown.hpp"
#include "plugin/text/unicode.hpp"

namespace parley::app {
namespace {

using domain::ConversationId;
using domain::Reference;
using Ids = std::set<ConversationId>;

bool same_reach(const domain::Scope &left, const domain::Scope &right) {
  return left.level == right.level && left.organization == right.organization && left.units == right.units &&
         left.customers == right.customers && left.customer == right.customer;
}

Ids ids_of(const store::Page<store::ConversationRow> &page) {
  Ids ids;
  for (const store::ConversationRow &row : page.rows) {
    ids.insert(row.conversation.id);
  }
  return ids;
}

/// Which of the ids a scope reaches; asks the store only where it must.
domain::Result<Ids> reached(const Call &call, const domain::Scope &scope, const Ids &ids) {
  if (scope.level == domain::Level::none || ids.empty()) {
    return Ids{};
  }
  auto found = call.conversations.reachable(scope, {ids.begin(), ids.end()});
  if (!found) {
    return worded(call, std::move(found).failure());
  }
  return Ids(found->begin(), found->end());
}

/// Everything that decides what may be done, fetched for the whole page.
struct Reach {
  Ids view;
  Ids edit;
  Ids remove;
  Ids perform;
  bool workflow = false; ///< it is active
};

domain::Result<Reach> reach_of(const Call &call, const Rights &rights, const Ids &ids, bool all_in_view) {
  Reach reach;
  if (all_in_view) {
    reach.view = ids;
  } else if (auto found = reached(call, rights.view, ids); found) {
    reach.view = std::move(found).value();
  } else {
    return found.failure();
  }
  if (!call.request.backoffice()) {
    return reach;
  }
  for (const auto &[scope, target] :
       {std::pair{&rights.edit, &reach.edit}, {&rights.remove, &reach.remove}, {&rights.perform, &reach.perform}}) {
    if (same_reach(*scope, rights.view)) {
      *target = reach.view;
      continue;
    }
    auto found = reached(call, *scope, reach.view);
    if (!found) {
      return found.failure();
    }
    *target = std::move(found).value();
  }
  if (!reach.perform.empty()) {
    const auto active = workflow_active(call);
    if (!active) {
      return active.failure();
    }
    reach.workflow = active.value();
  }
  return reach;
}

domain::Permit yes() {
  return {true, {}};
}

domain::Permit no(const Call &call, Text why) {
  return {false, std::string(words(why, call.request.locale))};
}

domain::Permit when(const Call &call, bool allowed, Text why) {
  return allowed ? yes() : no(call, why);
}

domain::Permit may_write(const Call &call, const domain::Conversation &conversation, bool in_reach,
                         const Reference &own_customer) {
  if (!in_reach) {
    return no(call, Text::may_not_write);
  }
  if (!domain::takes_messages(conversation.status, call.request.audience)) {
    return no(call, conversation.status == domain::Status::closed ? Text::closed : Text::inactive);
  }
  if (!call.request.backoffice() && conversation.customer != own_customer) {
    return no(call, Text::not_your_customer);
  }
  return yes();
}

domain::Can can(const Call &call, const domain::Conversation &conversation, const Reach &reach,
                const Reference &own_customer) {
  const auto in = [&](const Ids &ids) { return ids.count(conversation.id) > 0; };
  domain::Can can;
  can.view = when(call, in(reach.view), Text::may_not_view);
  if (!call.request.backoffice()) {
    can.update = can.remove = can.add_context = can.perform = no(call, Text::not_in_storefront);
    can.add_message = may_write(call, conversation, in(reach.view), own_customer);
    return can;
  }
  can.update = when(call, in(reach.edit), Text::may_not_edit);
  can.add_context = can.update;
  can.remove = when(call, in(reach.remove), Text::may_not_delete);
  can.perform =
      !in(reach.perform) ? no(call, Text::may_not_perform) : when(call, reach.workflow, Text::workflow_inactive);
  can.add_message = may_write(call, conversation, in(reach.edit), own_customer);
  return can;
}

std::string preview_of(const std::string &body) {
  constexpr std::size_t enough = 4096; // bytes: the beginning is all that is shown
  std::string_view beginning = body;
  if (beginning.size() > enough) {
    std::size_t end = enough;
    while (end > 0 && (static_cast<unsigned char>(body[end]) & 0xC0U) == 0x80U) {
      --end;
    }
    beginning = beginning.substr(0, end);
  }
  return text::preview(text::to_plain(beginning), preview_length);
}

/// The records that the rows of a page name: those that could be opened, and those who are only called by name.
struct Named {
  std::vector<Reference> records;
  std::vector<Reference> people;
};

Named named_in(const Call &call, const store::Page<store::ConversationRow> &page) {
  Named named;
  for (const store::ConversationRow &row : page.rows) {
    const domain::Conversation &conversation = row.conversation;
    named.records.push_back(conversation.source);
    named.records.push_back(conversation.customer);
    auto &people = call.request.backoffice() ? named.records : named.people;
    people.push_back(conversation.owner);
    people.push_back(conversation.customer_user);
    for (const domain::Context &context : row.contexts) {
      named.records.push_back(context.record);
    }
    if (row.last_text) {
      named.people.push_back(row.last_text->sender);
      named.people.push_back(row.last_text->posted_by);
    }
  }
  named.records = domain::distinct(named.records);
  named.people = domain::distinct(named.people);
  return named;
}

/// What the storefront must not even carry along.
void hide_backoffice(store::ConversationRow &row) {
  row.contexts.clear();
  row.conversation.unit.clear();
  row.conversation.version = 0;
  row.conversation.all = row.conversation.open;
  if (row.last_text) {
    row.last_text->posted_by = {};
    row.last_text->index = row.last_text->public_index;
  }
}

/// Of a record that it may not see a customer user learns the title only where it is its own customer's.
void hide_titles(Labels &labels, const std::vector<Reference> &records, const domain::Openable &visible,
                 const Reference &own_customer) {
  for (const Reference &record : records) {
    const auto label = labels.find(record);
    if (label == labels.end() || visible.count(record) > 0) {
      continue;
    }
    const bool own = !own_customer.none() && (record == own_customer || label->second.customer == own_customer);
    if (!own) {
      labels.erase(label);
    }
  }
}

domain::Result<domain::Openable> visible_of(const Call &call, const std::vector<Reference> &records) {
  domain::Openable visible;
  if (records.empty()) {
    return visible;
  }
  const auto answers = call.directory.visible(records);
  if (!answers) {
    return worded(call, answers.failure());
  }
  for (std::size_t index = 0; index < records.size() && index < answers->size(); ++index) {
    if (answers.value()[index]) {
      visible.insert(records[index]);
    }
  }
  return visible;
}

/// Where its customer user logs in. A host whose customer users belong to no website knows only that of the conversation.
SettingQuestion switch_of(const domain::Conversation &conversation, const Records &facts) {
  const std::string &home = facts.facts(conversation.customer_user).website.id;
  return {std::string(setting::enabled.name), conversation.organization, home.empty() ? conversation.website : home};
}

/// For the back office: words that go where conversations are off are read by nobody.
domain::Done tell_of_storefront(const Call &call, const Records &facts, Conversations &result) {
  std::vector<SettingQuestion> questions;
  std::vector<domain::ConversationView *> asked;
  for (std::size_t index = 0; index < result.page.rows.size(); ++index) {
    const domain::Conversation &conversation = result.page.rows[index].conversation;
    if (SettingQuestion question = switch_of(conversation, facts);
        !conversation.customer_user.none() && !question.website.empty()) {
      questions.push_back(std::move(question));
      asked.push_back(&result.views[index]);
    }
  }
  const auto values = call.directory.settings_at(questions);
  if (!values) {
    return worded(call, values.failure());
  }
  for (std::size_t index = 0; index < asked.size() && index < values->size(); ++index) {
    if (!value_of(call, setting::enabled, values.value()[index])) {
      asked[index]->storefront_notice = words(Text::off_in_storefront, call.request.locale);
    }
  }
  return domain::Nothing{};
}

} // namespace

domain::Result<Rights> rights_of(const Call &call) {
  const std::vector<std::string_view> asked =
      call.request.backoffice()
          ? std::vector{permission::view, permission::create, permission::edit, permission::remove, permission::perform}
          : std::vector{permission::view, permission::create};
  auto scopes = scopes_of(call, asked);
  if (!scopes) {
    return scopes.failure();
  }
  scopes->resize(5);
  auto &answers = scopes.value();
  return Rights{std::move(answers[0]), std::move(answers[1]), std::move(answers[2]), std::move(answers[3]),
                std::move(answers[4])};
}

domain::Result<Conversations> dressed(const Call &call, const Rights &rights, store::Page<store::ConversationRow> page,
                                      Reading reading) {
  Conversations result;
  const auto types = RecordTypes::of(call);
  if (!types) {
    return types.failure();
  }
  result.create = when(call, may_start(call, types.value(), rights.create), Text::may_not_create);
  if (page.rows.empty()) {
    result.page = std::move(page);
    result.page.labels.clear();
    return result;
  }
  const auto reach = reach_of(call, rights, ids_of(page), reading.all_in_view);
  if (!reach) {
    return reach.failure();
  }
  const bool backoffice = call.request.backoffice();
  if (!backoffice) {
    for (store::ConversationRow &row : page.rows) {
      hide_backoffice(row);
    }
  }
  const Named named = named_in(call, page);
  const auto visible = visible_of(call, named.records);
  if (!visible) {
    return visible.failure();
  }

  // In the back office what can carry conversations has a page. The host is asked for the rest (customers), which a list
  // shows without a link, and for titles in the viewer's language: kept are those of whoever wrote last. In the storefront
  // it is asked for whatever the viewer may see.
  const auto surely = [&](const Reference &record) { return backoffice && types->record(record.type); };
  const bool asks = !backoffice || reading.alone;
  Records facts(call);
  if (!backoffice) {
    facts.need(call.request.actor);
  }
  const std::set<Reference> whole = backoffice ? std::set<Reference>(named.records.begin(), named.records.end())
                                               : std::set<Reference>(visible->begin(), visible->end());
  for (const Reference &record : whole) {
    if (asks && !nobody(record)) {
      facts.need(record);
    }
  }
  if (auto done = facts.look_up(); !done) {
    return done.failure();
  }
  for (const Reference &record : visible.value()) {
    if (surely(record) || facts.facts(record).has_page) {
      result.openable.insert(record);
    }
  }
  const Reference own_customer = backoffice ? Reference{} : facts.facts(call.request.actor).customer;

  std::vector<Reference> mentioned = named.records;
  mentioned.insert(mentioned.end(), named.people.begin(), named.people.end());
  result.page = std::move(page);
  Labels &labels = result.page.labels;
  labels = only(mentioned, labels);
  complete_labels(call, types.value(), mentioned, labels);
  for (const Reference &record : whole) {
    if (const RecordFacts &now = facts.facts(record); now.exists) {
      labels[record] = label_from(now, call.request.now);
    }
  }

  result.views.reserve(result.page.rows.size());
  for (const store::ConversationRow &row : result.page.rows) {
    domain::ConversationView view;
    view.can = can(call, row.conversation, reach.value(), own_customer);
    view.mine = row.conversation.owner == call.request.actor || row.mine.has_value();
    if (row.last_text) {
      view.last_message_author = title_of(call, labels, row.last_text->sender);
      view.last_message_preview = preview_of(row.last_text->body);
      view.last_message_mine = row.last_text->sender == call.request.actor;
    }
    result.views.push_back(std::move(view));
  }
  if (backoffice && reading.alone) {
    if (auto done = tell_of_storefront(call, facts, result); !done) {
      return done.failure();
    }
  }
  if (!backoffice) {
    std::vector<Reference> records;
    const std::set<Reference> people(named.people.begin(), named.people.end());
    for (const Reference &record : named.records) {
      if (people.count(record) == 0) {
        records.push_back(record);
      }
    }
    hide_titles(labels, records, visible.value(), own_customer);
    for (const store::ConversationRow &row : result.page.rows) {
      const Reference &source = row.conversation.source;
      if (!source.none() && visible->count(source) == 0) {
        result.hidden.insert(source);
      }
    }
  }
  return result;
}

} // namespace parley::app
