#include "host-sdk/src/json/parse.hpp"
#include "host-sdk/src/registry/checks.hpp"
#include "host-sdk/src/registry/copy.hpp"
#include "host-sdk/src/text.hpp"

#include <nlohmann/json.hpp>

namespace parley::host {
namespace {

void check_path(const std::string &path, DescriptorCheck &check) {
  nlohmann::json value;
  JsonProblem problem;
  if (!parse_json(path, value, problem) || !value.is_array() || value.empty()) {
    check.invalid("invalid-path", "the path is no JSON array of labels");
    return;
  }
  for (const auto &part : value) {
    check.label(part.dump(), "a part of the path");
  }
}

} // namespace

Permission copy(const parley_permission &descriptor, Faults &faults) {
  DescriptorCheck check(faults);
  Permission permission;
  if (!has(&descriptor, &parley_permission::name)) {
    check.fault(PARLEY_INCOMPATIBLE, "too-small", "parley_permission is too small");
    return permission;
  }
  permission.subject = view(descriptor.subject);
  permission.name = view(descriptor.name);
  check.about(permission.subject + "." + permission.name);
  check.name(is_registry_name(permission.subject), "subject", permission.subject);
  check.name(is_registry_name(permission.name), "name", permission.name);
  permission.subject_label =
      check.label(text_of(&descriptor, &parley_permission::subject_label), "the subject's label");
  permission.label = check.label(text_of(&descriptor, &parley_permission::label), "the label");
  permission.backoffice_levels = descriptor.backoffice_levels;
  permission.storefront_levels = descriptor.storefront_levels;
  if (permission.backoffice_levels == 0 && permission.storefront_levels == 0) {
    check.invalid("no-levels", "no role can have it at any level");
  }
  return permission;
}

Setting copy(const parley_setting &descriptor, Faults &faults) {
  DescriptorCheck check(faults);
  Setting setting;
  if (!has(&descriptor, &parley_setting::name)) {
    check.fault(PARLEY_INCOMPATIBLE, "too-small", "parley_setting is too small");
    return setting;
  }
  setting.name = view(descriptor.name);
  check.about(setting.name);
  check.name(is_registry_name(setting.name), "name", setting.name);
  setting.label = check.label(text_of(&descriptor, &parley_setting::label), "the label");
  const auto help = text_of(&descriptor, &parley_setting::help);
  if (!help.empty()) {
    setting.help = check.label(help, "the help");
  }
  setting.scopes = descriptor.scopes;
  if ((setting.scopes & (PARLEY_SCOPE_SYSTEM | PARLEY_SCOPE_ORGANIZATION | PARLEY_SCOPE_WEBSITE)) == 0) {
    check.invalid("no-scopes", "it can have a value in no scope");
  }
  setting.order = descriptor.order;
  setting.path = trim(text_of(&descriptor, &parley_setting::path));
  check_path(setting.path, check);
  setting.schema = check.schema(text_of(&descriptor, &parley_setting::schema), "the schema");
  if (setting.schema.empty()) {
    check.invalid("invalid-schema", "the schema is missing");
  }
  setting.default_value = trim(text_of(&descriptor, &parley_setting::default_value));
  if (!is_json(setting.default_value)) {
    check.invalid("invalid-default", "the default value is no JSON");
  }
  return setting;
}

} // namespace parley::host
