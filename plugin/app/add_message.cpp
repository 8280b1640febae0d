#include "plugin/app/add_message.hpp"

#include <utility>

#include "plugin/app/authority.hpp"
#include "plugin/app/faults.hpp"
#include "plugin/app/member_rules.hpp"
#include "plugin/app/record_types.hpp"
#include "plugin/app/records.hpp"
#include "plugin/app/sender.hpp"
#include "plugin/app/text_rules.hpp"
#include "plugin/domain/names.hpp"
#include "plugin/domain/rules.hpp"
#include "plugin/text/words.hpp"

namespace parley::app {
namespace {

/// Where a fault of the sender is told: whoever named none sent nothing there but the words.
const std::string &sender_pointer(const domain::MessageDraft &draft) {
  return draft.sender ? pointer::sender : pointer::body;
}

/// What the store refused, said as people understand it.
domain::Failure explained(const Call &call, const domain::MessageDraft &draft, domain::Failure failure) {
  const std::string_view locale = call.request.locale;
  if (failure.code == domain::Code::conflict) {
    if (const auto status = domain::status_named(fact_of(failure, "step"))) {
      const Text text = *status == domain::Status::closed ? Text::closed : Text::inactive;
      say(failure, code_of(text), words(text, locale));
    }
    return failure;
  }
  if (failure.code == domain::Code::invalid && !failure.faults.empty() &&
      failure.faults.front().code == code_of(Text::customer_mismatch)) {
    if (!call.request.backoffice()) {
      return refuse(call, domain::Code::forbidden, Text::not_your_customer);
    }
    return refuse(call, domain::Code::invalid, Text::customer_mismatch, sender_pointer(draft));
  }
  return worded(call, std::move(failure), Text::may_not_write);
}

/// Who is nobody that could speak: guests, say. What one does not see is not there for it either.
domain::Failure not_for(const Call &call, const domain::Scope &view, domain::ConversationId conversation) {
  const auto seen = call.conversations.reachable(view, {conversation});
  if (!seen) {
    return worded(call, seen.failure());
  }
  return seen->empty() ? refuse(call, domain::Code::not_found, Text::not_found)
                       : refuse(call, domain::Code::forbidden, Text::may_not_write);
}

store::AppendMessage command_of(const Call &call, const domain::MessageDraft &draft,
                                const std::vector<domain::Scope> &scopes, const RecordTypes &types,
                                const Records &records, const domain::Reference &sender) {
  store::AppendMessage command;
  command.doing = doing(call);
  command.conversation = draft.conversation;
  command.view = scopes[0];
  command.act = scopes[1];
  command.writable = domain::writable_statuses(call.request.audience);
  if (domain::revives(call.request.audience, draft.visibility)) {
    command.revives = domain::Status::inactive;
  }
  command.message = {sender, draft.visibility, draft.body, draft.client_id, text::index_tokens_of_markdown(draft.body)};
  if (types.customer_user(sender.type)) {
    command.sender_customer = records.facts(sender).customer;
  }
  command.labels = records.labels({call.request.actor, sender});
  return command;
}

} // namespace

domain::Result<store::Appended> add_message(const Call &call, const domain::MessageDraft &draft) {
  const auto longest = gate_of_writing(call);
  if (!longest) {
    return longest.failure();
  }
  const Request &request = call.request;
  // Back office: whoever writes needs edit. Storefront: view is enough.
  const auto scopes = scopes_of(call, {permission::view, request.backoffice() ? permission::edit : permission::view});
  if (!scopes) {
    return scopes.failure();
  }
  const auto types = RecordTypes::of(call);
  if (!types) {
    return types.failure();
  }

  Faults faults(request, draft.form_faults);
  check_body(faults, draft.body, longest.value(), pointer::body);
  check_client_id(faults, draft.client_id, "/data/attributes/clientId");
  if (!request.backoffice() && draft.visibility == domain::Visibility::internal) {
    faults.add(Text::visibility_not_offered, "/data/attributes/visibility");
  }
  const domain::Reference sender = sender_of(call, draft.sender);
  if (auto done = may_post_for(call, types.value(), sender, pointer::sender); !done) {
    return done.failure();
  }
  Records records(call);
  records.need(request.actor);
  need_sender(records, sender);
  if (auto done = records.look_up(); !done) {
    return done.failure();
  }
  if (sender == request.actor && !(types->person(sender.type) && records.known(sender))) {
    return not_for(call, scopes.value()[0], draft.conversation);
  }
  check_sender(faults, types.value(), records, sender,
               request.backoffice() ? draft.visibility : domain::Visibility::everybody, sender_pointer(draft));
  if (faults.any()) {
    return std::move(faults).failure();
  }
  if (draft.check_only) {
    return store::Appended{};
  }

  auto appended = call.conversations.append(command_of(call, draft, scopes.value(), types.value(), records, sender));
  if (!appended) {
    return explained(call, draft, std::move(appended).failure());
  }
  return appended;
}

} // namespace parley::app
