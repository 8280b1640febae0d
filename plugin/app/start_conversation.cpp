#include "plugin/app/start_conversation.hpp"

#include <utility>

#include "plugin/app/authority.hpp"
#include "plugin/app/faults.hpp"
#include "plugin/app/member_rules.hpp"
#include "plugin/app/record_types.hpp"
#include "plugin/app/records.hpp"
#include "plugin/app/sender.hpp"
#include "plugin/app/text_rules.hpp"
#include "plugin/app/workflow_state.hpp"
#include "plugin/domain/rules.hpp"
#include "plugin/text/unicode.hpp"
#include "plugin/text/words.hpp"

namespace parley::app {
namespace {

using domain::Reference;

Reference sent(const std::optional<Reference> &reference) {
  return reference.value_or(Reference{});
}

/// One start, step by step. The steps that ask the host come first; those that judge add to `faults`.
class Start {
public:
  /// longest_message: bytes
  Start(const Call &call, const RecordTypes &types, const domain::ConversationDraft &draft, std::size_t longest_message)
      : call_(call), types_(types), draft_(draft), longest_message_(longest_message), records_(call),
        faults_(call.request, draft.form_faults) {}

  domain::Done look_up();
  domain::Done judge(const domain::Scope &assign);
  [[nodiscard]] store::StartConversation command() &&;

private:
  [[nodiscard]] bool storefront() const { return !call_.request.backoffice(); }
  [[nodiscard]] Reference wished_owner() const;
  [[nodiscard]] const RecordFacts &source() const { return records_.facts(sent(draft_.source)); }
  [[nodiscard]] Reference sender() const { return sender_of(call_, draft_.first_message_sender); }
  /// Where a fault of the sender is told: whoever named none sent nothing there but the message.
  [[nodiscard]] const std::string &sender_pointer() const {
    return draft_.first_message_sender ? pointer::first_sender : pointer::first_message;
  }

  void judge_members();
  void judge_parties();
  void judge_name();
  domain::Done judge_status();
  void judge_first_message();

  const Call &call_;
  const RecordTypes &types_;
  const domain::ConversationDraft &draft_;
  std::size_t longest_message_;
  Records records_;
  Faults faults_;
  domain::Conversation conversation_;
  std::optional<store::WorkflowPrecondition> workflow_;
  bool source_usable_ = false;
  bool parties_usable_ = true;
};

/// Back office: the one that was sent, else the actor. Storefront: whoever looks after the source, else after the actor;
/// nobody chooses its clerk there by naming one as the source.
Reference Start::wished_owner() const {
  const Reference &actor = call_.request.actor;
  if (!storefront()) {
    const Reference owner = sent(draft_.owner);
    return owner.none() && types_.user(actor.type) ? actor : owner;
  }
  const bool about_user = types_.user(sent(draft_.source).type);
  for (const Reference &owner : {about_user ? Reference{} : source().owner, records_.facts(actor).owner}) {
    if (types_.user(owner.type)) {
      return owner;
    }
  }
  return {};
}

/// Three rounds at most, however many records there are: what was sent, what that refers to, and its customer.
domain::Done Start::look_up() {
  records_.need(call_.request.actor);
  records_.need_visible(sent(draft_.source));
  if (draft_.first_message) {
    need_sender(records_, sender());
  }
  if (!storefront()) {
    for (const auto &reference : {draft_.owner, draft_.customer, draft_.customer_user}) {
      records_.need_visible(sent(reference));
    }
    for (const Reference &reference : draft_.contexts) {
      records_.need_visible(reference);
    }
  }
  if (auto done = records_.look_up(); !done) {
    return done;
  }

  const Parties from_source = parties_of_source(types_, source());
  conversation_.source = sent(draft_.source);
  conversation_.owner = wished_owner();
  if (storefront()) {
    conversation_.customer_user = call_.request.actor;
  } else {
    conversation_.customer_user = draft_.customer_user ? *draft_.customer_user : from_source.customer_user;
    conversation_.customer = draft_.customer ? *draft_.customer : Reference{};
  }
  records_.need(conversation_.owner);
  records_.need(conversation_.customer_user);
  records_.need(from_source.customer);
  if (auto done = records_.look_up(); !done) {
    return done;
  }
  if (!storefront() && conversation_.customer_user.none() && !draft_.customer) {
    conversation_.customer = from_source.customer;
  }
  records_.need(records_.facts(conversation_.customer_user).customer);
  return records_.look_up();
}

domain::Done Start::judge(const domain::Scope &assign) {
  judge_members();
  judge_parties();
  judge_name();
  if (auto done = judge_status(); !done) {
    return done;
  }
  judge_first_message();
  // Of a user whom one may not see nothing more is said than that.
  const bool judged = !storefront() && records_.known(conversation_.owner);
  return verdict(call_, std::move(faults_), !judged || may_assign(call_, assign, records_.facts(conversation_.owner)));
}

void Start::judge_first_message() {
  if (!draft_.first_message) {
    if (!sent(draft_.first_message_sender).none()) {
      faults_.add(Text::no_first_message, pointer::first_sender);
    }
    return;
  }
  check_body(faults_, *draft_.first_message, longest_message_, pointer::first_message);
  check_client_id(faults_, draft_.first_message_client_id, "/data/attributes/clientId");
  check_sender(faults_, types_, records_, sender(), domain::Visibility::everybody, sender_pointer());
  if (parties_usable_ && types_.customer_user(sender().type) && records_.known(sender()) &&
      records_.facts(sender()).customer != conversation_.customer) {
    faults_.add(Text::customer_mismatch, sender_pointer());
  }
}

void Start::judge_members() {
  if (const Reference source = sent(draft_.source); !source.none()) {
    source_usable_ = check_member(faults_, types_, records_, Member::source, source, pointer::source);
  }
  if (storefront()) {
    if (!records_.known(conversation_.owner)) {
      conversation_.owner = {};
    }
    return;
  }
  if (!conversation_.owner.none()) {
    check_member(faults_, types_, records_, Member::owner, conversation_.owner, pointer::owner);
  }
  if (!conversation_.customer.none() && draft_.customer) {
    parties_usable_ &=
        check_member(faults_, types_, records_, Member::customer, conversation_.customer, pointer::customer);
  }
  if (!conversation_.customer_user.none() && draft_.customer_user) {
    parties_usable_ &= check_member(faults_, types_, records_, Member::customer_user, conversation_.customer_user,
                                    pointer::customer_user);
  }
  check_contexts(faults_, types_, records_, draft_.contexts, pointer::contexts);
}

void Start::judge_parties() {
  if (!parties_usable_) {
    return;
  }
  const RecordFacts &customer_user = records_.facts(conversation_.customer_user);
  if (!customer_user.exists) { // the source names one that is gone
    conversation_.customer_user = {};
  }
  const auto customer =
      domain::settle_customer(conversation_.customer, conversation_.customer_user, customer_user.customer);
  if (customer) {
    conversation_.customer = *customer;
  } else {
    faults_.add(Text::customer_mismatch, pointer::customer_user);
  }
}

void Start::judge_name() {
  conversation_.name = draft_.name.value_or("");
  if (text::valid_utf8(conversation_.name) && text::blank(conversation_.name) && !conversation_.source.none()) {
    if (!source_usable_) {
      return; // that is the fault
    }
    conversation_.name = name_from_title(source().full_title);
  }
  check_name(faults_, conversation_.name, pointer::name);
}

domain::Done Start::judge_status() {
  if (storefront() || !draft_.status || *draft_.status == domain::Status::active) {
    return domain::Nothing{};
  }
  const auto active = workflow_active(call_);
  if (!active) {
    return active.failure();
  }
  if (active.value()) {
    faults_.add(Text::status_directed, pointer::status);
  } else if (!domain::may_begin_with(*draft_.status)) {
    faults_.add(Text::status_not_offered, pointer::status);
  }
  conversation_.status = *draft_.status;
  workflow_ = workflow_still(false);
  return domain::Nothing{};
}

store::StartConversation Start::command() && {
  const Request &request = call_.request;
  conversation_.organization = request.organization.empty() ? source().organization.id : request.organization;
  conversation_.website = source().website.id;
  if (conversation_.website.empty() && storefront()) {
    conversation_.website = request.website;
  }
  conversation_.unit = records_.facts(conversation_.owner).unit.id;

  store::StartConversation command;
  command.doing = doing(call_);
  command.workflow = workflow_;
  command.contexts = {conversation_.owner, conversation_.customer_user, conversation_.source};
  command.participants = {conversation_.owner, conversation_.customer_user};
  if (!storefront()) {
    command.contexts.insert(command.contexts.end(), draft_.contexts.begin(), draft_.contexts.end());
  }
  if (draft_.first_message) {
    command.first_message =
        store::NewMessage{sender(), domain::Visibility::everybody, *draft_.first_message,
                          draft_.first_message_client_id, text::index_tokens_of_markdown(*draft_.first_message)};
    command.contexts.push_back(sender());
    command.participants.push_back(sender());
  }
  command.contexts = domain::distinct(command.contexts);
  command.participants = domain::distinct(command.participants);

  std::vector<Reference> mentioned = command.contexts;
  mentioned.push_back(conversation_.customer);
  mentioned.push_back(request.actor);
  command.labels = records_.labels(mentioned);
  command.name_words = text::index_tokens(conversation_.name);
  command.conversation = std::move(conversation_);
  return command;
}

domain::Result<domain::ConversationId> start_once(const Call &call, const RecordTypes &types,
                                                  const domain::Scope &assign, const domain::ConversationDraft &draft,
                                                  std::size_t longest_message) {
  Start start(call, types, draft, longest_message);
  if (auto done = start.look_up(); !done) {
    return done.failure();
  }
  if (auto done = start.judge(assign); !done) {
    return done.failure();
  }
  if (draft.check_only) {
    return domain::ConversationId{0};
  }
  auto started = call.conversations.start(std::move(start).command());
  if (!started) {
    return worded(call, std::move(started).failure(), Text::may_not_create);
  }
  return started;
}

} // namespace

bool may_start(const Call &call, const RecordTypes &types, const domain::Scope &create) {
  return create.level != domain::Level::none &&
         (call.request.backoffice() || types.customer_user(call.request.actor.type));
}

domain::Result<domain::ConversationId> start_conversation(const Call &call, const domain::ConversationDraft &draft) {
  const auto longest = gate_of_writing(call);
  if (!longest) {
    return longest.failure();
  }
  const auto scopes = scopes_of(call, {permission::create, permission::assign});
  if (!scopes) {
    return scopes.failure();
  }
  const auto types = RecordTypes::carrying(call);
  if (!types) {
    return types.failure();
  }
  if (!may_start(call, types.value(), scopes->front())) {
    return refuse(call, domain::Code::forbidden, Text::may_not_create);
  }
  if (draft.first_message) {
    const Reference sender = sender_of(call, draft.first_message_sender);
    if (auto done = may_post_for(call, types.value(), sender, pointer::first_sender); !done) {
      return done.failure();
    }
  }
  // Where the workflow was switched while a chosen status was judged, that is judged anew.
  for (;;) {
    auto started = start_once(call, types.value(), scopes->back(), draft, longest.value());
    if (started || !workflow_switched(started.failure()) || !awaited(call)) {
      return started;
    }
  }
}

} // namespace parley::app
