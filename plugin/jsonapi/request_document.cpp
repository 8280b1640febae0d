#include "plugin/jsonapi/request_document.hpp"

#include <algorithm>

namespace parley::jsonapi {
namespace {

using nlohmann::json;

constexpr std::size_t reference_part_max = 64; // bytes

constexpr const char *type_fault = "wrong-type";

bool usable_part(const json &value) {
  if (!value.is_string()) {
    return false;
  }
  const auto &text = value.get_ref<const std::string &>();
  return !text.empty() && text.size() <= reference_part_max && text.find('\0') == std::string::npos;
}

} // namespace

std::string pointer_part(std::string_view name) {
  std::string part;
  part.reserve(name.size());
  for (const char character : name) {
    if (character == '~') {
      part += "~0";
    } else if (character == '/') {
      part += "~1";
    } else {
      part += character;
    }
  }
  return part;
}

RequestDocument::RequestDocument(json tree, std::string_view type, std::string_view id) : tree_(std::move(tree)) {
  if (!tree_.is_object()) {
    fault(type_fault, "A document is an object.", "");
    return;
  }
  const auto data = tree_.find("data");
  if (data == tree_.end()) {
    fault("missing", "This member is required.", "/data");
    return;
  }
  if (!data->is_object()) {
    fault(type_fault, "This value should be a resource object.", "/data");
    return;
  }
  const auto sent_type = data->find("type");
  if (sent_type == data->end()) {
    fault("missing", "This member is required.", "/data/type");
  } else if (!sent_type->is_string()) {
    fault(type_fault, "This value should be a string.", "/data/type");
  } else if (sent_type->get_ref<const std::string &>() != type) {
    fault("wrong-resource-type", "This value should be \"" + std::string(type) + "\".", "/data/type");
  }
  const auto sent_id = data->find("id");
  if (sent_id != data->end()) {
    if (id.empty()) {
      fault("client-id", "The id is made here; none may be sent.", "/data/id");
    } else if (!sent_id->is_string() || sent_id->get_ref<const std::string &>() != id) {
      fault("wrong-id", "This value should be the id of the resource.", "/data/id");
    }
  }
  attributes_ = section("attributes");
  relationships_ = section("relationships");
}

void RequestDocument::fault(std::string code, std::string detail, std::string pointer) {
  faults_.push_back(domain::Fault{std::move(code), std::move(detail), std::move(pointer), {}, {}});
}

std::string RequestDocument::attribute_pointer(std::string_view name) {
  return "/data/attributes/" + pointer_part(name);
}

std::string RequestDocument::relationship_pointer(std::string_view name) {
  return "/data/relationships/" + pointer_part(name);
}

const json *RequestDocument::section(std::string_view name) {
  const json &data = tree_.at("data");
  const auto found = data.find(std::string(name));
  if (found == data.end()) {
    return nullptr;
  }
  if (!found->is_object()) {
    fault(type_fault, "This value should be an object.", "/data/" + std::string(name));
    return nullptr;
  }
  return &*found;
}

bool RequestDocument::sent(std::string_view name) const {
  const std::string key(name);
  return (attributes_ != nullptr && attributes_->contains(key)) ||
         (relationships_ != nullptr && relationships_->contains(key));
}

std::optional<std::string> RequestDocument::text(std::string_view name) {
  if (attributes_ == nullptr) {
    return std::nullopt;
  }
  const auto found = attributes_->find(std::string(name));
  if (found == attributes_->end()) {
    return std::nullopt;
  }
  taken_.emplace_back(name);
  if (!found->is_string()) {
    fault(type_fault, "This value should be a string.", attribute_pointer(name));
    return std::nullopt;
  }
  const auto &value = found->get_ref<const std::string &>();
  if (value.find('\0') != std::string::npos) {
    fault("nul-character", "This value must not contain a NUL character.", attribute_pointer(name));
    return std::nullopt;
  }
  return value;
}

const json *RequestDocument::linkage(std::string_view name) {
  if (relationships_ == nullptr) {
    return nullptr;
  }
  const auto found = relationships_->find(std::string(name));
  if (found == relationships_->end()) {
    return nullptr;
  }
  taken_.emplace_back(name);
  if (!found->is_object()) {
    fault(type_fault, "This value should be an object.", relationship_pointer(name));
    return nullptr;
  }
  const auto data = found->find("data");
  if (data == found->end()) {
    fault("missing", "This member is required.", relationship_pointer(name) + "/data");
    return nullptr;
  }
  return &*data;
}

std::optional<domain::Reference> RequestDocument::identifier(const json &value, const std::string &pointer) {
  if (!value.is_object()) {
    fault(type_fault, "This value should be a resource identifier.", pointer);
    return std::nullopt;
  }
  bool usable = true;
  for (const char *part : {"type", "id"}) {
    const auto found = value.find(part);
    if (found == value.end()) {
      fault("missing", "This member is required.", pointer + "/" + part);
      usable = false;
    } else if (!usable_part(*found)) {
      fault(type_fault, "This value should be a string of 1 to 64 bytes.", pointer + "/" + part);
      usable = false;
    }
  }
  if (!usable) {
    return std::nullopt;
  }
  return domain::Reference{value.at("type").get<std::string>(), value.at("id").get<std::string>()};
}

std::optional<domain::Reference> RequestDocument::to_one(std::string_view name, bool nullable) {
  const json *data = linkage(name);
  if (data == nullptr) {
    return std::nullopt;
  }
  const std::string pointer = relationship_pointer(name) + "/data";
  if (data->is_null()) {
    if (!nullable) {
      fault("not-null", "This value should not be null.", pointer);
      return std::nullopt;
    }
    return domain::Reference{};
  }
  return identifier(*data, pointer);
}

std::optional<std::vector<domain::Reference>> RequestDocument::to_many(std::string_view name) {
  const json *data = linkage(name);
  if (data == nullptr) {
    return std::nullopt;
  }
  const std::string pointer = relationship_pointer(name) + "/data";
  if (!data->is_array()) {
    fault(type_fault, "This value should be a list of resource identifiers.", pointer);
    return std::nullopt;
  }
  std::vector<domain::Reference> references;
  for (std::size_t index = 0; index < data->size(); ++index) {
    auto reference = identifier((*data)[index], pointer + "/" + std::to_string(index));
    if (reference) {
      references.push_back(std::move(*reference));
    }
  }
  return references;
}

void RequestDocument::ignore(std::initializer_list<std::string_view> names) {
  taken_.insert(taken_.end(), names.begin(), names.end());
}

void RequestDocument::complain_of_untaken(const json *members, const std::string &pointer) {
  if (members == nullptr) {
    return;
  }
  for (const auto &member : members->items()) {
    // "@-Members" are as if they were not there (JSON:API 1.1).
    const bool at_member = !member.key().empty() && member.key().front() == '@';
    if (!at_member && std::find(taken_.begin(), taken_.end(), member.key()) == taken_.end()) {
      fault("unknown-member", "There is no such member, or it cannot be written.",
            pointer + "/" + pointer_part(member.key()));
    }
  }
}

std::vector<domain::Fault> RequestDocument::finish() {
  complain_of_untaken(attributes_, "/data/attributes");
  complain_of_untaken(relationships_, "/data/relationships");
  return std::move(faults_);
}

} // namespace parley::jsonapi
