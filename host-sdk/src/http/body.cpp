#include "host-sdk/src/http/body.hpp"

#include "host-sdk/src/json/parse.hpp"
#include "host-sdk/src/text.hpp"

#include <nlohmann/json.hpp>

namespace parley::host {
namespace {

using nlohmann::json;

json read_body(const Exchange &exchange) {
  check_content_type(exchange.request);
  json value;
  JsonProblem problem;
  if (!parse_json(exchange.request.body, value, problem)) {
    refuse(PARLEY_MALFORMED, problem.code, problem.detail);
  }
  if (!value.is_object()) {
    refuse(PARLEY_MALFORMED, "not-an-object", "The document is no JSON object.");
  }
  return value;
}

// JSON:API 1.1, "@-Members": they may stand anywhere, and are as if they were not there.
bool is_at_member(const std::string &name) {
  return !name.empty() && name.front() == '@';
}

// A step of a JSON pointer.
std::string step(std::string_view name) {
  std::string result = "/";
  for (const char c : name) {
    result += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  }
  return result;
}

bool is_integer(const json &value) {
  if (value.is_number_unsigned()) {
    return value.get<std::uint64_t>() <= static_cast<std::uint64_t>(INT64_MAX);
  }
  return value.is_number_integer();
}

// Why a value does not fit its attribute; empty: it fits.
std::string type_complaint(const Attribute &attribute, const json &value) {
  switch (attribute.type) {
  case PARLEY_TYPE_INTEGER:
    return is_integer(value) ? "" : "This value should be a whole number.";
  case PARLEY_TYPE_BOOLEAN:
    return value.is_boolean() ? "" : "This value should be true or false.";
  case PARLEY_TYPE_OBJECT:
    return "";
  case PARLEY_TYPE_DECIMAL:
    return value.is_string() && is_decimal(value.get_ref<const std::string &>())
               ? ""
               : "This value should be a decimal number in a text, like \"978.00\".";
  case PARLEY_TYPE_DATETIME:
    return value.is_string() && utc_datetime(value.get_ref<const std::string &>())
               ? ""
               : "This value should be a time like \"2026-01-31T08:00:00Z\".";
  default:
    return value.is_string() ? "" : "This value should be a text.";
  }
}

class DocumentCheck {
public:
  DocumentCheck(const Exchange &exchange, const Entity &entity, std::string id)
      : entity_(entity), application_(exchange.application), id_(std::move(id)) {}

  Faults check(const json &document) {
    const auto data = document.find("data");
    if (data == document.end() || !data->is_object()) {
      refuse(PARLEY_INVALID, "no-data", "The document has no resource object as its data.", "/data");
    }
    check_type(*data);
    check_id(*data);
    if (const json *attributes = object(*data, "attributes")) {
      for (const auto &item : attributes->items()) {
        if (!is_at_member(item.key())) {
          attribute(item.key(), item.value());
        }
      }
    }
    if (const json *relationships = object(*data, "relationships")) {
      for (const auto &item : relationships->items()) {
        if (!is_at_member(item.key())) {
          relationship(item.key(), item.value());
        }
      }
    }
    if (creating()) {
      check_required(*data);
    }
    return std::move(faults_);
  }

private:
  bool creating() const { return id_.empty(); }

  void fault(std::int32_t status, std::string_view code, std::string detail, std::string pointer) {
    faults_.push_back(make_fault(status, code, std::move(detail), std::move(pointer)));
  }

  void check_type(const json &data) {
    const auto type = data.find("type");
    if (type == data.end() || !type->is_string()) {
      fault(PARLEY_INVALID, "no-type", "The type is missing.", "/data/type");
    } else if (type->get_ref<const std::string &>() != entity_.type) {
      fault(PARLEY_CONFLICT, "type-mismatch", "The type should be \"" + entity_.type + "\".", "/data/type");
    }
  }

  void check_id(const json &data) {
    const auto local = data.find("lid");
    if (local != data.end() && !local->is_string()) {
      fault(PARLEY_INVALID, "wrong-type", "This value should be a text.", "/data/lid");
    }
    const auto id = data.find("id");
    if (creating()) {
      if (id != data.end()) {
        fault(PARLEY_FORBIDDEN, "client-id", "Ids are given here, not by clients.", "/data/id");
      }
    } else if (id == data.end() || !id->is_string()) {
      fault(PARLEY_INVALID, "no-id", "The id is missing.", "/data/id");
    } else if (id->get_ref<const std::string &>() != id_) {
      fault(PARLEY_CONFLICT, "id-mismatch", "The id is not that of the address.", "/data/id");
    }
  }

  const json *object(const json &data, const char *name) {
    const auto found = data.find(name);
    if (found == data.end()) {
      return nullptr;
    }
    if (!found->is_object()) {
      fault(PARLEY_INVALID, "not-an-object", "This should be an object.", std::string("/data/") + name);
      return nullptr;
    }
    return &*found;
  }

  // True where the field may be sent and has to be looked at.
  bool writable(std::uint32_t flags, const std::string &pointer) {
    if ((flags & (creating() ? PARLEY_FIELD_CREATE : PARLEY_FIELD_UPDATE)) != 0) {
      return true;
    }
    if ((flags & PARLEY_FIELD_IGNORED) == 0) {
      fault(PARLEY_INVALID, "not-writable", "This value cannot be written.", pointer);
    }
    return false;
  }

  // True where the value is null; a fault where it may not be.
  bool is_null(const json &value, std::uint32_t flags, const std::string &pointer) {
    if (!value.is_null()) {
      return false;
    }
    if ((flags & PARLEY_FIELD_NULLABLE) == 0) {
      fault(PARLEY_INVALID, "not-null", "This value should not be null.", pointer);
    }
    return true;
  }

  void attribute(const std::string &name, const json &value) {
    const std::string pointer = "/data/attributes" + step(name);
    const Attribute *found = entity_.attribute(name, application_);
    if (found == nullptr) {
      fault(PARLEY_INVALID, "unknown-member", "There is no such attribute.", pointer);
      return;
    }
    if (!writable(found->flags, pointer)) {
      return;
    }
    if (value.is_null() && found->type == PARLEY_TYPE_OBJECT) {
      return;
    }
    if (!is_null(value, found->flags, pointer)) {
      const std::string complaint = type_complaint(*found, value);
      if (!complaint.empty()) {
        fault(PARLEY_INVALID, "wrong-type", complaint, pointer);
      }
    }
  }

  void relationship(const std::string &name, const json &value) {
    const std::string pointer = "/data/relationships" + step(name);
    const Relationship *found = entity_.relationship(name, application_);
    if (found == nullptr) {
      fault(PARLEY_INVALID, "unknown-member", "There is no such relationship.", pointer);
      return;
    }
    if (!writable(found->flags, pointer)) {
      return;
    }
    const auto data = value.is_object() ? value.find("data") : value.end();
    if (!value.is_object() || data == value.end()) {
      fault(PARLEY_INVALID, "no-linkage", "This should be an object with \"data\".", pointer);
      return;
    }
    linkage(*found, *data, pointer + "/data", faults_, nullptr);
  }

  void check_required(const json &data) {
    const auto need = [&](const char *part, const std::string &name) {
      const auto members = data.find(part);
      if (members == data.end() || !members->is_object() || !members->contains(name)) {
        fault(PARLEY_INVALID, "required", "This value is missing.", "/data/" + std::string(part) + step(name));
      }
    };
    for (const auto &item : entity_.attributes) {
      if ((item.flags & PARLEY_FIELD_REQUIRED) != 0 && (item.applications & application_) != 0) {
        need("attributes", item.name);
      }
    }
    for (const auto &item : entity_.relationships) {
      if ((item.flags & PARLEY_FIELD_REQUIRED) != 0 && (item.applications & application_) != 0) {
        need("relationships", item.name);
      }
    }
  }

public:
  static void identifier(const Relationship *relationship, const json &value, const std::string &pointer,
                         Faults &faults, std::vector<Ref> *refs) {
    const auto complain = [&](std::int32_t status, const char *code, std::string detail, const char *member) {
      faults.push_back(make_fault(status, code, std::move(detail), pointer + member));
    };
    if (!value.is_object()) {
      complain(PARLEY_INVALID, "no-identifier", "This should be an object with type and id.", "");
      return;
    }
    const auto type = value.find("type");
    const auto id = value.find("id");
    Ref ref;
    if (type == value.end() || !type->is_string()) {
      complain(PARLEY_INVALID, "no-type", "The type is missing.", "/type");
    } else if (relationship != nullptr && !relationship->points_to(type->get_ref<const std::string &>())) {
      complain(PARLEY_INVALID, "wrong-target", "It cannot point to this type.", "/type");
    } else {
      ref.type = type->get<std::string>();
    }
    if (id == value.end() || !id->is_string() || id->get_ref<const std::string &>().empty() ||
        id->get_ref<const std::string &>().size() > PARLEY_REF_PART_MAX) {
      complain(PARLEY_INVALID, "no-id", "The id is missing or not valid.", "/id");
    } else {
      ref.id = id->get<std::string>();
    }
    if (refs != nullptr) {
      refs->push_back(std::move(ref));
    }
  }

  static void linkage(const Relationship &relationship, const json &data, const std::string &pointer, Faults &faults,
                      std::vector<Ref> *refs) {
    if (relationship.to_many()) {
      if (!data.is_array()) {
        faults.push_back(make_fault(PARLEY_INVALID, "wrong-linkage", "This should be an array.", pointer));
        return;
      }
      for (std::size_t i = 0; i < data.size(); ++i) {
        identifier(&relationship, data[i], pointer + "/" + std::to_string(i), faults, refs);
      }
      return;
    }
    if (data.is_null()) {
      if ((relationship.flags & PARLEY_FIELD_NULLABLE) == 0) {
        faults.push_back(make_fault(PARLEY_INVALID, "not-null", "This value should not be null.", pointer));
      }
      return;
    }
    identifier(&relationship, data, pointer, faults, refs);
  }

private:
  const Entity &entity_;
  std::uint32_t application_;
  std::string id_;
  Faults faults_;
};

} // namespace

Faults check_document(const Exchange &exchange, const Entity &entity, const std::string &id) {
  return DocumentCheck(exchange, entity, id).check(read_body(exchange));
}

std::vector<Ref> read_linkage(const Exchange &exchange, const Relationship &relationship) {
  const json document = read_body(exchange);
  const auto data = document.find("data");
  if (data == document.end()) {
    refuse(PARLEY_INVALID, "no-data", "The document has no data.", "/data");
  }
  std::vector<Ref> refs;
  Faults faults;
  DocumentCheck::linkage(relationship, *data, "/data", faults, &refs);
  // Here the type is that of what the address holds, as for a resource object sent to a collection of another type.
  for (auto &fault : faults) {
    fault.status = fault.code == "wrong-target" ? PARLEY_CONFLICT : fault.status;
  }
  if (!faults.empty()) {
    throw Refusal{std::move(faults), 0, {}};
  }
  return refs;
}

std::vector<Ref> read_identifiers(const Exchange &exchange, std::size_t most) {
  const json document = read_body(exchange);
  const auto data = document.find("data");
  if (data == document.end() || !data->is_array()) {
    refuse(PARLEY_INVALID, "no-data", "The document has no array of identifiers as its data.", "/data");
  }
  if (data->size() > most) {
    refuse(PARLEY_INVALID, "too-many", "These are more than " + std::to_string(most) + ".", "/data");
  }
  std::vector<Ref> refs;
  Faults faults;
  for (std::size_t i = 0; i < data->size(); ++i) {
    DocumentCheck::identifier(nullptr, (*data)[i], "/data/" + std::to_string(i), faults, &refs);
  }
  if (!faults.empty()) {
    throw Refusal{std::move(faults), 0, {}};
  }
  return refs;
}

std::string read_meta(const Exchange &exchange) {
  if (trim(exchange.request.body).empty()) {
    if (exchange.request.content_type && !trim(*exchange.request.content_type).empty()) {
      check_content_type(exchange.request); // an empty form of another site is no request of ours
    }
    return {};
  }
  const json document = read_body(exchange);
  const auto meta = document.find("meta");
  if (meta == document.end()) {
    return {};
  }
  if (!meta->is_object()) {
    refuse(PARLEY_INVALID, "not-an-object", "This should be an object.", "/meta");
  }
  return meta->dump();
}

} // namespace parley::host
