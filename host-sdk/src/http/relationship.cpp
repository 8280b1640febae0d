#include "host-sdk/src/http/body.hpp"
#include "host-sdk/src/http/compose.hpp"
#include "host-sdk/src/http/conditions.hpp"
#include "host-sdk/src/http/handlers.hpp"
#include "host-sdk/src/http/percent.hpp"

#include <algorithm>
#include <map>

namespace parley::host {
namespace {

const Entity &paged_target(Exchange &exchange, const Relationship &relationship) {
  const Entity &target = exchange.entity(relationship.types.front());
  if (target.query == nullptr) {
    refuse_not_found();
  }
  return target;
}

// The references that a document of the owner carries.
std::vector<Ref> own_refs(Exchange &exchange, const Entity &entity, const std::string &id,
                          const Relationship &relationship) {
  const std::vector<std::string> fields{relationship.name};
  Answer owner;
  get_one(exchange, entity, id, &fields, owner);
  const auto *refs = owner.documents.front().refs(relationship.name);
  return refs == nullptr ? std::vector<Ref>{} : *refs;
}

// The rows of a paged relationship. The owner is looked at first: what one may not see has no rows.
void query_paged(Exchange &exchange, const Entity &entity, const std::string &id, const Relationship &relationship,
                 const Entity &target, Query &query, Answer &answer) {
  const std::vector<std::string> nothing;
  Answer owner;
  get_one(exchange, entity, id, &nothing, owner);
  query.filters.push_back(inverse_filter(entity, id, relationship, target));
  const QueryArgument argument(query, target);
  run(*target.owner, [&](const parley_error_sink *errors) {
    return target.query(target.context, &exchange.call, argument.get(), answer.sink(), errors);
  });
  check_sound(answer, target.type);
}

// Documents of several types, in the order of their references.
void fetch_refs(Exchange &exchange, const Query &query, const std::vector<Ref> &refs, Answer &answer) {
  std::map<std::string, std::vector<std::string>> ids;
  for (const auto &ref : refs) {
    ids[ref.type].push_back(ref.id);
  }
  std::map<Ref, Document> found;
  for (const auto &entry : ids) {
    const Entity *target = exchange.registry.entity(entry.first);
    if (!exchange.readable(target)) {
      continue;
    }
    Answer part;
    get_many(exchange, *target, entry.second, query.fields_of(entry.first), part);
    for (auto &document : part.documents) {
      found.emplace(document.ref, std::move(document));
    }
  }
  for (const auto &ref : refs) {
    const auto document = found.find(ref);
    if (document != found.end()) {
      answer.documents.push_back(std::move(document->second));
      found.erase(document);
    }
  }
}

std::string related_url(const Exchange &exchange, const Entity &entity, const std::string &id,
                        const Relationship &relationship) {
  return exchange.url({entity.type, id}) + "/" + percent_encode(relationship.name);
}

std::string allowed_changes(const Relationship &relationship) {
  std::string allow = "GET, HEAD";
  if ((relationship.flags & PARLEY_FIELD_UPDATE) != 0) {
    allow += ", PATCH";
  }
  if ((relationship.flags & PARLEY_RELATIONSHIP_MEMBERS) != 0) {
    allow += ", POST, DELETE";
  }
  return allow;
}

Response show_linkage(Exchange &exchange, const Entity &entity, const std::string &id,
                      const Relationship &relationship) {
  const std::string related = related_url(exchange, entity, id, relationship);
  if (!relationship.paged()) {
    const Query query = read_query(exchange, nullptr, 0);
    const auto refs = own_refs(exchange, entity, id, relationship);
    return compose_linkage(exchange, query, {refs, !relationship.to_many(), related}, nullptr);
  }
  const Entity &target = paged_target(exchange, relationship);
  Query query = read_query(exchange, &target, allow_filters | allow_sorts | allow_pages);
  query.fields[target.type] = {};
  Answer answer;
  query_paged(exchange, entity, id, relationship, target, query, answer);
  std::vector<Ref> refs;
  for (const auto &document : answer.documents) {
    refs.push_back(document.ref);
  }
  return compose_linkage(exchange, query, {refs, false, related}, &answer);
}

// Entities find faults in members of a resource. Here nothing but linkage was sent: that is where they lie.
std::string pointer_into_linkage(const std::string &pointer, const Relationship &relationship) {
  const auto starts = [&](const std::string &with) { return pointer.rfind(with, 0) == 0; };
  const std::string linkage = "/data/relationships/" + relationship.name + "/data/";
  if (starts(linkage)) {
    return "/data/" + pointer.substr(linkage.size());
  }
  return starts("/data/relationships/") || starts("/data/attributes/") ? "/data" : pointer;
}

Response change_linkage(Exchange &exchange, const Entity &entity, const std::string &id,
                        const Relationship &relationship, std::uint32_t kind) {
  const Query query = read_query(exchange, nullptr, 0);
  const auto refs = read_linkage(exchange, relationship);
  std::vector<parley_ref> borrowed;
  borrowed.reserve(refs.size());
  for (const auto &ref : refs) {
    borrowed.push_back(borrow(ref));
  }
  auto change = sized<parley_relationship_change>();
  change.change = kind;
  change.expected_version = expected_version(exchange, entity, id);
  change.id = str(id);
  change.relationship = str(relationship.name);
  change.refs = borrowed.data();
  change.ref_count = borrowed.size();
  Answer answer;
  try {
    run(*entity.owner, [&](const parley_error_sink *errors) {
      return entity.change_relationship(entity.context, &exchange.call, &change, answer.sink(), errors);
    });
  } catch (Refusal &refusal) {
    for (auto &fault : refusal.faults) {
      fault.pointer = pointer_into_linkage(fault.pointer, relationship);
    }
    throw;
  }
  check_sound(answer, entity.type);
  const auto *now = answer.documents.empty() ? nullptr : answer.documents.front().refs(relationship.name);
  Response response;
  if (now == nullptr) {
    response.status = 204;
  } else {
    const std::string related = related_url(exchange, entity, id, relationship);
    response = compose_linkage(exchange, query, {*now, !relationship.to_many(), related}, nullptr);
  }
  const std::string etag = answer.documents.empty() ? std::string() : etag_of(answer.documents.front(), response.body);
  if (!etag.empty()) {
    response.headers.emplace_back("ETag", etag);
  }
  return response;
}

} // namespace

Filter inverse_filter(const Entity &owner, const std::string &id, const Relationship &relationship,
                      const Entity &target) {
  Filter filter;
  filter.field = relationship.inverse;
  filter.values = {id};
  for (const auto &candidate : target.relationships) {
    if (candidate.name == relationship.inverse && candidate.polymorphic()) {
      filter.type = owner.type;
    }
  }
  return filter;
}

Response handle_related(Exchange &exchange, const Entity &entity, const std::string &id,
                        const Relationship &relationship) {
  if (!exchange.offers(entity, PARLEY_ACTION_GET)) {
    refuse_not_found();
  }
  if (exchange.request.method != "GET") {
    refuse_method("GET, HEAD");
  }
  Answer answer;
  if (relationship.paged()) {
    const Entity &target = paged_target(exchange, relationship);
    Query query = read_query(exchange, &target, allow_list);
    query_paged(exchange, entity, id, relationship, target, query, answer);
    return compose_list(exchange, query, answer);
  }
  std::vector<const Entity *> targets;
  for (const auto &type : relationship.types) {
    if (const Entity *target = exchange.registry.entity(type)) {
      targets.push_back(target);
    }
  }
  const Query query = read_query(exchange, targets, allow_representation);
  fetch_refs(exchange, query, own_refs(exchange, entity, id, relationship), answer);
  return compose_related(exchange, query, answer, !relationship.to_many());
}

Response handle_linkage(Exchange &exchange, const Entity &entity, const std::string &id,
                        const Relationship &relationship) {
  if (!exchange.offers(entity, PARLEY_ACTION_GET)) {
    refuse_not_found();
  }
  if (id.size() > PARLEY_REF_PART_MAX) {
    refuse_not_found();
  }
  const std::string &method = exchange.request.method;
  const bool replaceable = (relationship.flags & PARLEY_FIELD_UPDATE) != 0;
  const bool members = (relationship.flags & PARLEY_RELATIONSHIP_MEMBERS) != 0;
  if (method == "GET") {
    return show_linkage(exchange, entity, id, relationship);
  }
  const bool updates = exchange.offers(entity, PARLEY_ACTION_UPDATE);
  if (method == "PATCH" && replaceable && updates) {
    return change_linkage(exchange, entity, id, relationship, PARLEY_CHANGE_REPLACE);
  }
  if (method == "POST" && members && updates) {
    return change_linkage(exchange, entity, id, relationship, PARLEY_CHANGE_ADD);
  }
  if (method == "DELETE" && members && updates) {
    return change_linkage(exchange, entity, id, relationship, PARLEY_CHANGE_REMOVE);
  }
  refuse_method(updates ? allowed_changes(relationship) : "GET, HEAD");
}

} // namespace parley::host
