#include "tests/access/oracle.hpp"

#include <algorithm>

namespace access_test {

bool takes_part(const Person &person, const Conversation &conversation) {
  const auto found = conversation.participants.find(person.actor);
  return found != conversation.participants.end() && (person.backoffice() || found->second);
}

namespace {

bool reaches_in_backoffice(const Catalogue &catalogue, const Person &person, std::uint32_t level,
                           const Conversation &conversation) {
  const bool somebody = !person.actor.second.empty();
  const bool own = somebody && (Ref("users", conversation.owner) == person.actor || takes_part(person, conversation));
  const bool home = conversation.organization == person.organization;
  const std::string unit = catalogue.unit_of(person);
  switch (level) {
  case PARLEY_LEVEL_USER:
    return home && own;
  case PARLEY_LEVEL_UNIT:
    return home && (own || (!unit.empty() && conversation.unit == unit));
  case PARLEY_LEVEL_DIVISION:
    return home && (own || Catalogue::below(catalogue.unit_above, unit).count(conversation.unit) > 0);
  case PARLEY_LEVEL_ORGANIZATION:
    return home;
  case PARLEY_LEVEL_GLOBAL:
    return true;
  default:
    return false;
  }
}

bool reaches_in_storefront(const Catalogue &catalogue, const Person &person, std::uint32_t level,
                           const Conversation &conversation) {
  const std::string customer = catalogue.customer_of(person);
  const bool somebody = !person.actor.second.empty();
  // Mine means: of the customer that I belong to. Who moved away leaves its conversations behind.
  const bool own =
      somebody && conversation.customer == customer &&
      (Ref("customerusers", conversation.customer_user) == person.actor || takes_part(person, conversation));
  const bool home = conversation.organization == person.organization;
  switch (level) {
  case PARLEY_LEVEL_USER:
    return home && own;
  case PARLEY_LEVEL_UNIT:
    return home && !customer.empty() && conversation.customer == customer;
  case PARLEY_LEVEL_DIVISION:
    return home && Catalogue::below(catalogue.customer_above, customer).count(conversation.customer) > 0;
  default:
    return false;
  }
}

} // namespace

bool reaches(const Catalogue &catalogue, const Person &person, std::uint32_t level, const Conversation &conversation) {
  return person.backoffice() ? reaches_in_backoffice(catalogue, person, level, conversation)
                             : reaches_in_storefront(catalogue, person, level, conversation);
}

bool switched_on(const Catalogue &catalogue, const Person &person) {
  return person.website != catalogue.dark_website;
}

bool may_see(const Catalogue &catalogue, const Person &person, const Conversation &conversation) {
  return switched_on(catalogue, person) && reaches(catalogue, person, person.level("view"), conversation);
}

bool may_edit(const Catalogue &catalogue, const Person &person, const Conversation &conversation) {
  return person.backoffice() && may_see(catalogue, person, conversation) &&
         reaches(catalogue, person, person.level("edit"), conversation);
}

bool may_delete(const Catalogue &catalogue, const Person &person, const Conversation &conversation) {
  return person.backoffice() && may_see(catalogue, person, conversation) &&
         reaches(catalogue, person, person.level("delete"), conversation);
}

bool may_perform(const Catalogue &catalogue, const Person &person, const Conversation &conversation) {
  return person.backoffice() && may_see(catalogue, person, conversation) &&
         reaches(catalogue, person, person.level("perform"), conversation);
}

bool may_write(const Catalogue &catalogue, const Person &person, const Conversation &conversation) {
  if (person.backoffice()) {
    return may_edit(catalogue, person, conversation) && conversation.status != "closed";
  }
  const std::string customer = catalogue.customer_of(person);
  return may_see(catalogue, person, conversation) && conversation.status == "active" && !customer.empty() &&
         conversation.customer == customer;
}

bool is_context(const Person &person, const Ref &record, const Conversation &conversation) {
  const auto found = conversation.contexts.find(record);
  return found != conversation.contexts.end() && (person.backoffice() || found->second);
}

bool may_hear(const Catalogue &catalogue, const Person &person, const World &world, const Event &event) {
  static const std::set<std::string> storefront{"created", "message-added", "status-changed", "edited", "deleted"};
  if (!person.backoffice() && (!event.in_public || storefront.count(event.kind) == 0)) {
    return false;
  }
  const auto found = world.conversations.find(event.conversation);
  return may_see(catalogue, person, found != world.conversations.end() ? found->second : event.then);
}

std::set<int> heard(const Catalogue &catalogue, const Person &person, const World &world) {
  std::set<int> positions;
  for (const auto &[position, event] : world.events) {
    if (may_hear(catalogue, person, world, event)) {
      positions.insert(position);
    }
  }
  return positions;
}

std::set<int> seen(const Catalogue &catalogue, const Person &person, const World &world) {
  std::set<int> ids;
  for (const auto &[id, conversation] : world.conversations) {
    if (may_see(catalogue, person, conversation)) {
      ids.insert(id);
    }
  }
  return ids;
}

bool may_read_title(const Catalogue &catalogue, const Person &person, const World &world, const Record &record) {
  if (!switched_on(catalogue, person)) {
    return false;
  }
  const bool visible = catalogue.visible(person, record.ref);
  const std::string own = catalogue.customer_of(person);
  const auto named_in = [&](const Conversation &conversation) {
    if (!may_see(catalogue, person, conversation)) {
      return false;
    }
    const bool person_of_it = Ref("users", conversation.owner) == record.ref ||
                              Ref("customerusers", conversation.customer_user) == record.ref;
    const auto participant = conversation.participants.find(record.ref);
    const bool takes_part =
        participant != conversation.participants.end() && (person.backoffice() || participant->second);
    if (person_of_it || takes_part || conversation.speakers.count(record.ref) > 0) {
      return true;
    }
    if (person.backoffice()) { // as text, whether one may see the record or not
      return conversation.source == record.ref || conversation.contexts.count(record.ref) > 0 ||
             Ref("customers", conversation.customer) == record.ref;
    }
    return (conversation.source == record.ref || Ref("customers", conversation.customer) == record.ref) &&
           !own.empty() && record.customer == own;
  };
  return visible || std::any_of(world.conversations.begin(), world.conversations.end(),
                                [&](const auto &each) { return named_in(each.second); });
}

} // namespace access_test
