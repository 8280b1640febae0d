#include "host-sdk/src/openapi/paths.hpp"

#include <algorithm>
#include <set>

namespace parley::host::openapi {
namespace {

constexpr const char *media_type = "application/vnd.api+json";

// "mark-all-read" -> "MarkAllRead"
std::string pascal(std::string_view words) {
  std::string result;
  bool begins = true;
  for (const char c : words) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter) {
      result += begins && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    begins = !letter;
  }
  return result;
}

Json content(Json schema) {
  return {{media_type, {{"schema", std::move(schema)}}}};
}

const Entity *find(const std::vector<const Entity *> &entities, std::string_view type) {
  const auto found =
      std::find_if(entities.begin(), entities.end(), [&](const Entity *entity) { return entity->type == type; });
  return found == entities.end() ? nullptr : *found;
}

std::string one(const Entity &entity) {
  return entity.label.in("en");
}

Json id_parameter(const Entity &entity) {
  return Parameters::path("id", "Id of the " + one(entity) + ".");
}

const char *header_description(std::string_view name) {
  return name == "ETag"    ? "The version, for If-Match."
         : name == "Allow" ? "The methods that there are."
                           : "Address of what was created.";
}

Json parsed(const std::string &schema) {
  return schema.empty() ? Json{{"type", "object"}} : Json::parse(schema);
}

} // namespace

Json Paths::errors(const char *description, const std::vector<const char *> &headers) {
  return success(description, schemas_.errors(), headers);
}

Json Paths::success(const char *description, Json schema, const std::vector<const char *> &headers) {
  Json response{{"description", description}};
  for (const char *name : headers) {
    response["headers"][name] = components_.header(name, [&] {
      return Json{{"description", header_description(name)}, {"schema", Schemas::text()}};
    });
  }
  response["content"] = content(std::move(schema));
  return response;
}

void Paths::add(const std::string &path, const char *method, Action action) {
  const auto failure = [&](const char *status, const char *name, const char *description,
                           const std::vector<const char *> &headers = {}) {
    action.responses[status] = components_.response(name, [&] { return errors(description, headers); });
  };
  failure("400", "BadRequest", "The request was not understood, or a query parameter is wrong or unknown.");
  failure("401", "Unauthorized", "Nobody is logged in, or with a wrong name or password.");
  failure("403", "Forbidden", "You see it, and may not do this.");
  failure("404", "NotFound", "There is no such thing, or you may not see it.");
  failure("405", "MethodNotAllowed", "The address does not offer this method.", {"Allow"});
  failure("406", "NotAcceptable", "Accept asks for parameters or extensions that are not offered.");
  if (action.writes) {
    failure("409", "Conflict", "The present state does not allow this, or somebody was faster.");
    failure("412", "PreconditionFailed", "There is another version by now than If-Match names.");
    failure("413", "ContentTooLarge", "The body is too large.");
    failure("415", "UnsupportedMediaType", "The body is of another media type, or of one with parameters.");
    failure("422", "UnprocessableContent", "Members of the document are wrong; each is named.");
  }
  failure("429", "TooManyRequests", "Too many attempts to log in.");
  failure("500", "InternalServerError", "Something went wrong here; what, is in the log.");
  failure("503", "ServiceUnavailable", "It cannot be reached now; try again.");
  failure("504", "GatewayTimeout", "The time for the request is over.");
  Json operation{{"operationId", action.id},
                 {"summary", action.summary},
                 {"description", action.description},
                 {"tags", Json::array({action.tag})}};
  if (!action.parameters.empty()) {
    operation["parameters"] = std::move(action.parameters);
  }
  if (!action.body.is_null()) {
    operation["requestBody"] = {{"required", action.body_required}, {"content", content(std::move(action.body))}};
  }
  operation["responses"] = std::move(action.responses);
  paths_[path][method] = std::move(operation);
}

void Paths::collection(const Entity &entity) {
  const std::string path = "/" + entity.type;
  const std::string many = entity.plural_label.in("en");
  if (offers(entity, PARLEY_ACTION_LIST)) {
    Action list{"list" + pascal(entity.type), "List " + many, entity.type,
                "A page of what you may see, with cursors to its neighbours."};
    parameters_.filters(entity, list.parameters);
    parameters_.sort(entity, list.parameters);
    parameters_.pages(list.parameters);
    parameters_.representation({&entity}, list.parameters);
    list.responses["200"] = success("A page of them.", schemas_.page_document(schemas_.resource(entity)));
    add(path, "get", std::move(list));
  }
  if (offers(entity, PARLEY_ACTION_CREATE)) {
    Action create{"create" + pascal(entity.type), "Create: " + one(entity), entity.type,
                  "Creates it whole, or names every fault."};
    parameters_.representation({&entity}, create.parameters);
    parameters_.idempotency_key(create.parameters);
    create.body = schemas_.create_document(entity);
    create.responses["201"] =
        success("It was created.", schemas_.document(schemas_.resource(entity), true), {"Location", "ETag"});
    create.writes = true;
    add(path, "post", std::move(create));
  }
  if (offers(entity, PARLEY_ACTION_DELETE_MANY)) {
    Action remove{"deleteMany" + pascal(entity.type), "Delete all " + many + " that match", entity.type,
                  "All of them or none; needs a filter."};
    parameters_.filters(entity, remove.parameters);
    const Json removed = Schemas::object({{"removed", {{"type", "integer"}}}}, {"removed"});
    remove.responses["200"] = success("So many were deleted.", schemas_.meta_document(removed));
    remove.writes = true;
    add(path, "delete", std::move(remove));
  }
}

void Paths::resource(const Entity &entity) {
  const std::string path = "/" + entity.type + "/{id}";
  const auto answer = [&] { return schemas_.document(schemas_.resource(entity), true); };
  if (offers(entity, PARLEY_ACTION_GET)) {
    Action get{"get" + pascal(entity.type), "Get: " + one(entity), entity.type, "One, by its id."};
    get.parameters.push_back(id_parameter(entity));
    parameters_.representation({&entity}, get.parameters);
    parameters_.if_none_match(get.parameters);
    get.responses["200"] = success("It.", answer(), {"ETag"});
    get.responses["304"] = {{"description", "The answer is the one that If-None-Match names."}};
    add(path, "get", std::move(get));
  }
  if (offers(entity, PARLEY_ACTION_UPDATE)) {
    Action update{"update" + pascal(entity.type), "Change: " + one(entity), entity.type,
                  "Changes the members that are sent."};
    update.parameters.push_back(id_parameter(entity));
    parameters_.representation({&entity}, update.parameters);
    parameters_.if_match(update.parameters);
    update.body = schemas_.update_document(entity);
    update.responses["200"] = success("It, as it is now.", answer(), {"ETag"});
    update.writes = true;
    add(path, "patch", std::move(update));
  }
  if (offers(entity, PARLEY_ACTION_DELETE)) {
    Action remove{"delete" + pascal(entity.type), "Delete: " + one(entity), entity.type, "Deletes one."};
    remove.parameters.push_back(id_parameter(entity));
    parameters_.if_match(remove.parameters);
    remove.responses["204"] = {{"description", "It was deleted."}};
    remove.writes = true;
    add(path, "delete", std::move(remove));
  }
}

void Paths::linkage(const Entity &entity, const Relationship &relationship, const Entity *paged_target) {
  const std::string path = "/" + entity.type + "/{id}/relationships/" + relationship.name;
  const std::string ids = pascal(entity.type) + pascal(relationship.name) + "Linkage";
  const std::string what = relationship.label.in("en") + " of " + one(entity);
  const auto answer = [&] { return schemas_.linkage_answer(relationship); };
  Action get{"get" + ids, "Which: " + what, entity.type, "Type and id only."};
  get.parameters.push_back(id_parameter(entity));
  if (paged_target != nullptr) {
    parameters_.filters(*paged_target, get.parameters);
    parameters_.sort(*paged_target, get.parameters);
    parameters_.pages(get.parameters);
  }
  get.responses["200"] = success("Type and id of each.", answer());
  add(path, "get", std::move(get));
  if (!offers(entity, PARLEY_ACTION_UPDATE)) {
    return;
  }
  const auto change = [&](const char *method, const std::string &id, const std::string &summary) {
    Action action{id + ids, summary + ": " + what, entity.type, "Takes types and ids, and answers what there is now."};
    action.parameters.push_back(id_parameter(entity));
    parameters_.if_match(action.parameters);
    if (std::string_view(method) == "post") {
      parameters_.idempotency_key(action.parameters);
    }
    action.body = schemas_.linkage_document(relationship);
    action.responses["200"] = success("Type and id of each, as it is now.", answer(), {"ETag"});
    action.responses["204"] = {{"description", "It was done."}};
    action.writes = true;
    add(path, method, std::move(action));
  };
  if ((relationship.flags & PARLEY_FIELD_UPDATE) != 0) {
    change("patch", "replace", "Replace");
  }
  if ((relationship.flags & PARLEY_RELATIONSHIP_MEMBERS) != 0) {
    change("post", "add", "Add");
    change("delete", "remove", "Remove");
  }
}

void Paths::relationship(const Entity &entity, const Relationship &relationship,
                         const std::vector<const Entity *> &readable) {
  const Entity *paged_target = relationship.paged() ? find(readable, relationship.types.front()) : nullptr;
  if (relationship.paged() && (paged_target == nullptr || paged_target->query == nullptr)) {
    return;
  }
  linkage(entity, relationship, paged_target);
  Action get{"get" + pascal(entity.type) + pascal(relationship.name),
             relationship.label.in("en") + " of " + one(entity), entity.type, "Whole documents of what it points to."};
  get.parameters.push_back(id_parameter(entity));
  if (paged_target != nullptr) {
    parameters_.filters(*paged_target, get.parameters);
    parameters_.sort(*paged_target, get.parameters);
    parameters_.pages(get.parameters);
  }
  std::vector<const Entity *> targets;
  for (const auto &type : relationship.types) {
    if (const Entity *target = find(readable, type)) {
      targets.push_back(target);
    }
  }
  parameters_.representation(targets, get.parameters);
  Json target = schemas_.resource_of(relationship.types);
  Json answer = paged_target != nullptr ? schemas_.page_document(std::move(target))
                : relationship.to_many()
                    ? schemas_.list_document(std::move(target), true)
                    : schemas_.document({{"oneOf", Json::array({std::move(target), {{"type", "null"}}})}}, true);
  get.responses["200"] = success("What it points to.", std::move(answer));
  add("/" + entity.type + "/{id}/" + relationship.name, "get", std::move(get));
}

void Paths::operation(const Entity &entity, const Operation &operation) {
  const bool on_one = operation.target == PARLEY_OPERATION_ON_ONE;
  const std::string path = "/" + entity.type + (on_one ? "/{id}/" : "/") + operation.name;
  Action action{pascal(operation.name) + pascal(entity.type), operation.label.in("en"), entity.type,
                "An operation on " + (on_one ? "one." : entity.plural_label.in("en") + ".")};
  action.id.front() = static_cast<char>(action.id.front() - 'A' + 'a');
  if (on_one) {
    action.parameters.push_back(id_parameter(entity));
  }
  if (operation.answers_documents()) {
    parameters_.representation({&entity}, action.parameters);
  }
  if (!operation.safe()) {
    parameters_.if_match(action.parameters);
    parameters_.idempotency_key(action.parameters);
    if (!operation.input_schema.empty()) {
      action.body = Schemas::meta_request(parsed(operation.input_schema));
      action.body_required = Schemas::has_required(action.body);
    }
    action.writes = true;
  }
  const Json meta = parsed(operation.output_schema);
  const Json one = schemas_.resource(entity);
  const bool may_be_none = (operation.flags & PARLEY_OPERATION_DOCUMENTS) != 0;
  const Json data = !on_one       ? Schemas::array(one)
                    : may_be_none ? Json{{"oneOf", Json::array({one, {{"type", "null"}}})}}
                                  : one;
  if (operation.answers_documents()) {
    action.responses["200"] = success("What came of it.", schemas_.documents_with_meta(data, meta));
  } else {
    action.responses["200"] = success("What came of it.", schemas_.meta_document(meta));
    action.responses["204"] = {{"description", "It was done."}};
  }
  add(path, operation.safe() ? "get" : "post", std::move(action));
}

void Paths::entity(const Entity &entity, const std::vector<const Entity *> &readable) {
  collection(entity);
  const auto operations = [&](std::uint32_t target) {
    for (const auto &each : entity.operations) {
      if (each.target == target && (each.applications & application_) != 0) {
        operation(entity, each);
      }
    }
  };
  operations(PARLEY_OPERATION_ON_COLLECTION);
  resource(entity);
  if (offers(entity, PARLEY_ACTION_GET)) {
    for (const auto &each : entity.relationships) {
      if ((each.applications & application_) != 0 && (each.flags & PARLEY_FIELD_WRITE_ONLY) == 0) {
        relationship(entity, each, readable);
      }
    }
  }
  operations(PARLEY_OPERATION_ON_ONE);
}

void Paths::transitions(const Workflow &workflow, const Entity &entity) {
  const std::string path = "/" + workflow.entity + "/{id}/transitions";
  const std::string type = pascal(workflow.entity);
  const Json id = Parameters::path("id", "Id of what goes through the workflow.");
  Action list{"list" + type + "Transitions", "Transitions that are possible now", workflow.entity,
              "Those that you may perform, and the step it is in."};
  list.parameters.push_back(id);
  const Json transition = Schemas::object(
      {{"name", Schemas::text()}, {"label", Schemas::text()}, {"to", Schemas::text()}}, {"name", "label", "to"});
  list.responses["200"] =
      success("The step it is in, and the transitions.",
              schemas_.meta_document(Schemas::object({{"workflow", {{"const", workflow.name}}},
                                                      {"active", {{"type", "boolean"}}},
                                                      {"step", Schemas::text()},
                                                      {"transitions", Schemas::array(transition)}},
                                                     {"workflow", "active", "step", "transitions"})));
  add(path, "get", std::move(list));
  std::vector<std::string> names;
  for (const auto &each : workflow.transitions) {
    if ((each.flags & PARLEY_TRANSITION_AUTOMATIC) == 0) {
      names.push_back(each.name);
    }
  }
  Action perform{"perform" + type + "Transition", "Perform a transition", workflow.entity,
                 "409 where the present step does not allow it."};
  perform.parameters.push_back(id);
  perform.parameters.push_back(Parameters::path_choice("transition", "Which.", names));
  parameters_.if_match(perform.parameters);
  parameters_.idempotency_key(perform.parameters);
  parameters_.representation({&entity}, perform.parameters);
  perform.responses["200"] =
      success("It, as it is now.", schemas_.document(schemas_.resource_of({workflow.entity}), true), {"ETag"});
  perform.writes = true;
  add(path + "/{transition}", "post", std::move(perform));
}

void Paths::workflows(const std::vector<const Workflow *> &shown) {
  if (shown.empty()) {
    return;
  }
  std::vector<std::string> names;
  bool configurable = false;
  for (const auto *workflow : shown) {
    names.push_back(workflow->name);
    configurable = configurable || !workflow->configure_permission.empty();
  }
  const auto answer = [&] { return schemas_.document(schemas_.workflow(), false); };
  const Json name = Parameters::path_choice("name", "Name of the workflow.", names);
  Action list{"listWorkflows", "List workflows", "workflows", "With steps and transitions."};
  list.responses["200"] = success("All of them.", schemas_.list_document(schemas_.workflow(), false));
  add("/workflows", "get", std::move(list));
  Action get{"getWorkflow", "Get a workflow", "workflows", "With steps and transitions."};
  get.parameters.push_back(name);
  get.responses["200"] = success("It.", answer());
  add("/workflows/{name}", "get", std::move(get));
  for (const char *verb : {"activate", "deactivate"}) {
    if (!configurable) {
      break;
    }
    Action set{std::string(verb) + "Workflow", pascal(verb) + " a workflow", "workflows",
               "Needs the right to configure it."};
    set.parameters.push_back(name);
    parameters_.idempotency_key(set.parameters);
    set.responses["200"] = success("It, as it is now.", answer());
    set.writes = true;
    add(std::string("/workflows/{name}/") + verb, "post", std::move(set));
  }
}

void Paths::activity(const std::vector<const Panel *> &panels, const std::vector<const Entity *> &readable) {
  if (panels.empty()) {
    return;
  }
  std::set<std::string> record_types;
  std::vector<std::string> names;
  std::vector<std::string> entities;
  Action page{"listActivity", "A record's activities, page by page", "activity", "What its panel shows."};
  for (const auto *panel : panels) {
    record_types.insert(panel->record_types.begin(), panel->record_types.end());
    names.push_back(panel->name);
    entities.push_back(panel->entity);
  }
  page.parameters.push_back(
      Parameters::path_choice("recordType", "Type of the record.", {record_types.begin(), record_types.end()}));
  page.parameters.push_back(Parameters::path("recordId", "Id of the record."));
  parameters_.panel(names, page.parameters);
  std::vector<const Entity *> items;
  for (const auto &type : entities) {
    if (const Entity *entity = find(readable, type)) {
      parameters_.filters(*entity, page.parameters);
      items.push_back(entity);
    }
  }
  parameters_.pages(page.parameters);
  parameters_.representation(items, page.parameters);
  page.responses["200"] = success("A page of them.", schemas_.page_document(schemas_.resource_of(entities)));
  add("/activity/{recordType}/{recordId}", "get", std::move(page));
  Action count{"countActivity", "How many activities records have", "activity", "For up to 1000 records at once."};
  count.body = schemas_.counts_request();
  const Json numbers{{"type", "object"}, {"additionalProperties", {{"type", "integer"}}}};
  const Json record = Schemas::object({{"type", Schemas::text()}, {"id", Schemas::text()}, {"panels", numbers}},
                                      {"type", "id", "panels"});
  count.responses["200"] =
      success("The number of each panel, for each record, in the order of the request.",
              schemas_.meta_document(Schemas::object({{"counts", Schemas::array(record)}}, {"counts"})));
  count.writes = true;
  parameters_.idempotency_key(count.parameters);
  add("/activity/counts", "post", std::move(count));
}

} // namespace parley::host::openapi
