// Permissions and settings.
#include "plugin/abi/registrar.hpp"
#include "plugin/app/authority.hpp"

namespace parley::abi {
namespace {

constexpr std::uint32_t all_levels = PARLEY_LEVEL_BIT(PARLEY_LEVEL_NONE) | PARLEY_LEVEL_BIT(PARLEY_LEVEL_USER) |
                                     PARLEY_LEVEL_BIT(PARLEY_LEVEL_UNIT) | PARLEY_LEVEL_BIT(PARLEY_LEVEL_DIVISION) |
                                     PARLEY_LEVEL_BIT(PARLEY_LEVEL_ORGANIZATION) |
                                     PARLEY_LEVEL_BIT(PARLEY_LEVEL_GLOBAL);
constexpr std::uint32_t storefront_levels = PARLEY_LEVEL_BIT(PARLEY_LEVEL_NONE) | PARLEY_LEVEL_BIT(PARLEY_LEVEL_USER) |
                                            PARLEY_LEVEL_BIT(PARLEY_LEVEL_UNIT) |
                                            PARLEY_LEVEL_BIT(PARLEY_LEVEL_DIVISION);
/// A workflow belongs to nobody: one may configure it or not.
constexpr std::uint32_t all_or_nothing = PARLEY_LEVEL_BIT(PARLEY_LEVEL_NONE) | PARLEY_LEVEL_BIT(PARLEY_LEVEL_GLOBAL);

struct PermissionText {
  std::string_view subject;
  std::string_view subject_label;
  std::string_view name;
  std::string_view label;
  std::uint32_t backoffice;
  std::uint32_t storefront;
};

constexpr std::string_view conversations_label = R"({"en":"Conversations","de":"Konversationen"})";
constexpr std::string_view workflow_label = R"({"en":"Conversation Workflow","de":"Konversations-Workflow"})";

constexpr PermissionText permissions[] = {
    {app::permission::conversations, conversations_label, app::permission::view, R"({"en":"View","de":"Ansehen"})",
     all_levels, storefront_levels},
    {app::permission::conversations, conversations_label, app::permission::create, R"({"en":"Create","de":"Anlegen"})",
     all_levels, storefront_levels},
    {app::permission::conversations, conversations_label, app::permission::edit, R"({"en":"Edit","de":"Bearbeiten"})",
     all_levels, storefront_levels},
    {app::permission::conversations, conversations_label, app::permission::remove, R"({"en":"Delete","de":"Löschen"})",
     all_levels, 0},
    {app::permission::conversations, conversations_label, app::permission::assign, R"({"en":"Assign","de":"Zuweisen"})",
     all_levels, 0},
    {app::permission::workflow, workflow_label, app::permission::perform,
     R"({"en":"Perform transitions","de":"Übergänge ausführen"})", all_levels, 0},
    {app::permission::workflow, workflow_label, app::permission::configure,
     R"({"en":"Activate and deactivate","de":"Aktivieren und deaktivieren"})", all_or_nothing, 0},
};

} // namespace

std::int32_t register_authority(const Registrar &registrar) {
  auto setting = blank<parley_setting>();
  setting.scopes = PARLEY_SCOPE_SYSTEM | PARLEY_SCOPE_ORGANIZATION | PARLEY_SCOPE_WEBSITE;
  setting.order = 10;
  setting.name = cpp::str(app::setting::enabled);
  setting.label = cpp::str(R"({"en":"Enable Conversations","de":"Konversationen aktivieren"})");
  setting.help = cpp::str(R"({"en":"Off hides conversations everywhere; nothing is deleted.",)"
                          R"("de":"Aus blendet Konversationen überall aus; gelöscht wird nichts."})");
  setting.path = cpp::str(R"([{"en":"Commerce","de":"Commerce"},{"en":"Customer","de":"Kunde"},)"
                          R"({"en":"Interactions","de":"Interaktionen"}])");
  setting.schema = cpp::str(R"({"type":"boolean"})");
  setting.default_value = cpp::str(app::setting::enabled_by_default ? "true" : "false");
  const parley_registry &registry = registrar.host.registry();
  std::int32_t status = registry.add_setting(registrar.host.host(), &setting, registrar.errors);
  for (const PermissionText &each : permissions) {
    if (status != PARLEY_OK) {
      return status;
    }
    auto permission = blank<parley_permission>();
    permission.backoffice_levels = each.backoffice;
    permission.storefront_levels = each.storefront;
    permission.subject = cpp::str(each.subject);
    permission.name = cpp::str(each.name);
    permission.subject_label = cpp::str(each.subject_label);
    permission.label = cpp::str(each.label);
    status = registry.add_permission(registrar.host.host(), &permission, registrar.errors);
  }
  return status;
}

} // namespace parley::abi
