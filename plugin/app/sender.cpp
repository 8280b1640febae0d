#include "plugin/app/sender.hpp"

#include <algorithm>
#include <vector>

#include "plugin/app/authority.hpp"

namespace parley::app {

domain::Reference sender_of(const Call &call, const std::optional<domain::Reference> &asked) {
  return asked && !asked->none() ? *asked : call.request.actor;
}

void need_sender(Records &records, const domain::Reference &sender) {
  records.need_visible(sender); // oneself one always sees
}

domain::Done may_post_for(const Call &call, const RecordTypes &types, const domain::Reference &sender,
                          const std::string &where) {
  if (sender == call.request.actor) {
    return domain::Nothing{};
  }
  if (!call.request.backoffice()) {
    return refuse(call, domain::Code::forbidden, Text::only_oneself, where);
  }
  std::vector<Permission> questions;
  for (std::string &type : types.people()) {
    questions.push_back({std::move(type), std::string(permission::view)});
  }
  const auto scopes = call.directory.scopes(questions);
  if (!scopes) {
    return worded(call, scopes.failure());
  }
  const bool views_all = scopes->size() == questions.size() &&
                         std::none_of(scopes->begin(), scopes->end(),
                                      [](const domain::Scope &scope) { return scope.level == domain::Level::none; });
  return views_all ? domain::Done(domain::Nothing{})
                   : refuse(call, domain::Code::forbidden, Text::may_not_post_for_others, where);
}

void check_sender(Faults &faults, const RecordTypes &types, const Records &records, const domain::Reference &sender,
                  domain::Visibility visibility, const std::string &where) {
  if (!types.person(sender.type)) {
    faults.add(Text::nobody_speaks, where);
  } else if (!records.known(sender)) {
    faults.add(Text::unknown_record, where);
  } else if (visibility == domain::Visibility::internal && types.customer_user(sender.type)) {
    faults.add(Text::no_internal_words, where);
  }
}

} // namespace parley::app
