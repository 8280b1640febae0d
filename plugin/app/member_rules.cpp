#include "plugin/app/member_rules.hpp"

namespace parley::app {

bool fits(const RecordTypes &types, Member member, const domain::Reference &reference) {
  switch (member) {
  case Member::owner:
    return types.user(reference.type);
  case Member::customer:
    return types.customer(reference.type);
  case Member::customer_user:
    return types.customer_user(reference.type);
  case Member::source:
  case Member::context:
    return types.record(reference.type);
  }
  return false;
}

bool check_member(Faults &faults, const RecordTypes &types, const Records &records, Member member,
                  const domain::Reference &reference, const std::string &where) {
  if (!fits(types, member, reference)) {
    faults.add(Text::wrong_type, where);
    return false;
  }
  if ((member == Member::source || member == Member::context) && !types.carries(reference.type)) {
    faults.add(Text::no_conversations_there, where);
    return false;
  }
  if (!records.known(reference)) {
    faults.add(Text::unknown_record, where);
    return false;
  }
  return true;
}

void check_contexts(Faults &faults, const RecordTypes &types, const Records &records,
                    const std::vector<domain::Reference> &contexts, const std::string &where) {
  for (std::size_t position = 0; position < contexts.size(); ++position) {
    check_member(faults, types, records, Member::context, contexts[position], where + std::to_string(position));
  }
}

domain::Done verdict(const Call &call, Faults faults, bool assignable) {
  if (!faults.any()) {
    return assignable ? domain::Done(domain::Nothing{})
                      : refuse(call, domain::Code::forbidden, Text::may_not_assign, pointer::owner);
  }
  if (!assignable) {
    faults.add(Text::may_not_assign, pointer::owner);
  }
  return std::move(faults).failure();
}

Parties parties_of_source(const RecordTypes &types, const RecordFacts &source) {
  if (!source.exists) {
    return {};
  }
  Parties parties{source.customer, source.customer_user};
  if (types.customer_user(source.record.type)) {
    parties.customer_user = source.record;
  } else if (types.customer(source.record.type)) {
    parties.customer = source.record;
  }
  return parties;
}

} // namespace parley::app
