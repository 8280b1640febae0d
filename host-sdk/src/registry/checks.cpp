#include "host-sdk/src/registry/checks.hpp"

#include "host-sdk/src/json/parse.hpp"
#include "host-sdk/src/text.hpp"

#include <nlohmann/json.hpp>

namespace parley::host {

void DescriptorCheck::fault(std::int32_t status, std::string_view code, const std::string &detail) {
  Fault fault;
  fault.status = status;
  fault.code = code;
  fault.detail = (subject_.empty() ? std::string("a descriptor without name") : subject_) + ": " + detail;
  faults_.push_back(std::move(fault));
}

void DescriptorCheck::missing(const std::string &declared, std::string_view function) {
  fault(PARLEY_INCOMPATIBLE, "missing-function", declared + ", but " + std::string(function) + " is missing");
}

void DescriptorCheck::name(bool good, std::string_view what, std::string_view value) {
  if (!good) {
    invalid("invalid-name", "the " + std::string(what) + " \"" + std::string(value) + "\" is not valid");
  }
}

void DescriptorCheck::element(std::string_view value, bool required) {
  if (value.empty() ? required : !is_element_name(value)) {
    invalid("invalid-element", value.empty() ? std::string("the custom element is missing")
                                             : "\"" + std::string(value) + "\" is no name of a custom element");
  }
}

void DescriptorCheck::application(std::uint32_t value) {
  if (value != PARLEY_APPLICATION_BACKOFFICE && value != PARLEY_APPLICATION_STOREFRONT) {
    invalid("invalid-application", "the application must be exactly one of those there are");
  }
}

void DescriptorCheck::applications(std::uint32_t value, const std::string &what) {
  if ((value & (PARLEY_APPLICATION_BACKOFFICE | PARLEY_APPLICATION_STOREFRONT)) == 0) {
    invalid("invalid-application", what + " exists in no application");
  }
}

bool DescriptorCheck::array(const void *first, std::size_t count, std::uint32_t element_size, std::string_view what) {
  if (count == 0) {
    return true;
  }
  if (first == nullptr || element_size < sizeof(std::uint32_t) || element_size % alignof(void *) != 0) {
    fault(PARLEY_INCOMPATIBLE, "invalid-array",
          "the array of " + std::string(what) + " has no address or element size");
    return false;
  }
  return true;
}

Label DescriptorCheck::label(std::string_view json, const std::string &what) {
  Label label;
  nlohmann::json value;
  JsonProblem problem;
  if (!parse_json(json, value, problem) || !value.is_object()) {
    invalid("invalid-label", what + " is no JSON object of texts by locale");
    return label;
  }
  for (const auto &item : value.items()) {
    if (!item.value().is_string()) {
      invalid("invalid-label", what + " has a text that is no string: \"" + item.key() + "\"");
      return label;
    }
    label.texts.emplace_back(item.key(), item.value().get<std::string>());
  }
  if (!value.contains("en")) {
    invalid("invalid-label", what + " has no text in English (\"en\")");
  }
  label.json = trim(json);
  return label;
}

Gate DescriptorCheck::gate(const parley_gate *gate) {
  Gate result;
  if (gate == nullptr) {
    return result;
  }
  result.setting = text_of(gate, &parley_gate::setting);
  result.subject = text_of(gate, &parley_gate::permission_subject);
  result.permission = text_of(gate, &parley_gate::permission);
  result.record_types = text_of(gate, &parley_gate::record_types);
  if (result.subject.empty() != result.permission.empty()) {
    invalid("invalid-gate", "its gate has a permission without subject, or a subject without permission");
  }
  return result;
}

std::string DescriptorCheck::schema(std::string_view json, const std::string &what) {
  if (!json.empty() && !is_json_object(json)) {
    invalid("invalid-schema", what + " is no JSON object");
  }
  return std::string(trim(json));
}

} // namespace parley::host
