// Permissions and settings.
#include <string>
#include <vector>

#include "plugin/abi/registrar.hpp"
#include "plugin/app/authority.hpp"
#include "plugin/app/settings.hpp"
#include "plugin/jsonapi/json_writer.hpp"

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
     all_levels, 0},
    {app::permission::conversations, conversations_label, app::permission::remove, R"({"en":"Delete","de":"Löschen"})",
     all_levels, 0},
    {app::permission::conversations, conversations_label, app::permission::assign, R"({"en":"Assign","de":"Zuweisen"})",
     all_levels, 0},
    {app::permission::workflow, workflow_label, app::permission::perform,
     R"({"en":"Perform transitions","de":"Übergänge ausführen"})", all_levels, 0},
    {app::permission::workflow, workflow_label, app::permission::configure,
     R"({"en":"Activate and deactivate","de":"Aktivieren und deaktivieren"})", all_or_nothing, 0},
};

struct SettingText {
  std::string_view name;
  std::string_view label;
  std::string_view help;
  std::uint32_t scopes;
  std::int32_t order;
  std::string schema;
  std::string default_value;
};

std::string schema_of(const app::IntegerSetting &setting) {
  return R"({"type":"integer","minimum":)" + std::to_string(setting.minimum) + R"(,"maximum":)" +
         std::to_string(setting.maximum) + "}";
}

/// A JSON array.
std::string listed(const std::vector<std::string> &names) {
  std::string json;
  jsonapi::JsonWriter writer(json);
  writer.begin_array();
  for (const std::string &name : names) {
    writer.string(name);
  }
  writer.end_array();
  return json;
}

std::vector<SettingText> setting_texts(const Types &types) {
  constexpr std::uint32_t everywhere = PARLEY_SCOPE_SYSTEM | PARLEY_SCOPE_ORGANIZATION | PARLEY_SCOPE_WEBSITE;
  namespace setting = app::setting;
  return {
      {setting::enabled.name, R"({"en":"Enable Conversations","de":"Konversationen aktivieren"})",
       R"({"en":"Off hides conversations wherever this level holds; nothing is deleted.",)"
       R"("de":"Aus blendet Konversationen überall aus, wo diese Ebene gilt; gelöscht wird nichts."})",
       everywhere, 10, R"({"type":"boolean"})", setting::enabled.fallback ? "true" : "false"},
      {setting::record_types, R"({"en":"Records with Conversations","de":"Datensätze mit Konversationen"})",
       R"({"en":"Others have no Activity section and, in a shop, no Questions; nobody starts one. What there is stays.",)"
       R"("de":"Andere haben keinen Aktivitätsabschnitt, im Shop keine Fragen; niemand beginnt eine. Was es gibt, bleibt."})",
       everywhere, 15,
       R"({"type":"array","uniqueItems":true,"items":{"type":"string","enum":)" + listed(types.records) + "}}",
       listed(types.records)},
      {setting::inactivity_days.name, R"({"en":"Days until Inactive","de":"Tage bis zur Inaktivität"})",
       R"({"en":"An active conversation without a message for so many days becomes inactive. 0: never.",)"
       R"("de":"Eine aktive Konversation ohne Nachricht wird nach so vielen Tagen inaktiv. 0: nie."})",
       everywhere, 20, schema_of(setting::inactivity_days), std::to_string(setting::inactivity_days.fallback)},
      {setting::longest_message.name, R"({"en":"Longest Message in Bytes","de":"Längste Nachricht in Bytes"})",
       R"({"en":"A letter is one byte, an umlaut two, an emoji four or more. Longer ones that were written stay.",)"
       R"("de":"Ein Buchstabe ist ein Byte, ein Umlaut zwei, ein Emoji vier oder mehr. Längere, die es gibt, bleiben."})",
       everywhere, 25, schema_of(setting::longest_message), std::to_string(setting::longest_message.fallback)},
      {setting::event_retention_days.name,
       R"({"en":"Days to Keep the History","de":"Aufbewahrung des Verlaufs in Tagen"})",
       R"({"en":"Older events are deleted; conversations and messages stay. 0: nothing is deleted.",)"
       R"("de":"Ältere Ereignisse werden gelöscht; Konversationen und Nachrichten bleiben. 0: nichts wird gelöscht."})",
       PARLEY_SCOPE_SYSTEM, 30, schema_of(setting::event_retention_days),
       std::to_string(setting::event_retention_days.fallback)},
  };
}

} // namespace

std::int32_t register_authority(const Registrar &registrar) {
  const parley_registry &registry = registrar.host.registry();
  std::int32_t status = PARLEY_OK;
  for (const SettingText &each : setting_texts(registrar.types)) {
    if (status != PARLEY_OK) {
      return status;
    }
    auto setting = blank<parley_setting>();
    setting.scopes = each.scopes;
    setting.order = each.order;
    setting.name = cpp::str(each.name);
    setting.label = cpp::str(each.label);
    setting.help = cpp::str(each.help);
    setting.path = cpp::str(R"([{"en":"Commerce","de":"Commerce"},{"en":"Customer","de":"Kunde"},)"
                            R"({"en":"Interactions","de":"Interaktionen"}])");
    setting.schema = cpp::str(each.schema);
    setting.default_value = cpp::str(each.default_value);
    status = registry.add_setting(registrar.host.host(), &setting, registrar.errors);
  }
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
