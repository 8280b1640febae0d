#include "sample-host/src/web/role_pages.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <vector>

#include <nlohmann/json.hpp>

#include <parley/ext/authority.h>
#include <parley/ext/host_events.h>

#include "sample-host/src/catalogue/roles.h"
#include "sample-host/src/contract/calls.h"
#include "sample-host/src/contract/plugins.h"

namespace host {
namespace {

using Json = nlohmann::json;

struct LevelName {
  const char *name;
  const char *backoffice;
  const char *storefront;
};
constexpr LevelName level_names[] = {{"none", word("None"), word("None")},
                                     {"user", word("Own"), word("Own")},
                                     {"unit", word("Business unit"), word("Customer")},
                                     {"division", word("Unit and below"), word("With subsidiaries")},
                                     {"organization", word("Organization"), word("Organization")},
                                     {"global", word("Everything"), word("Everything")}};

std::string name_of(std::uint32_t level) {
  return level < std::size(level_names) ? level_names[level].name : "none";
}

// What one has or has not.
bool is_yes_or_no(const Json &levels) {
  return levels.size() == 2 && has(levels, "none") && has(levels, "global");
}

std::string label_of(const Page &page, const std::string &level, Side side, bool yes_or_no) {
  if (yes_or_no) {
    return level == "none" ? page.words("No") : page.words("Yes");
  }
  for (const LevelName &one : level_names) {
    if (one.name == level) {
      return page.words(side == Side::storefront ? one.storefront : one.backoffice);
    }
  }
  return level;
}

const Json &levels_of(const Json &permission, Side side) {
  return permission.at(side == Side::storefront ? "storefrontLevels" : "backofficeLevels");
}

// As the fields of the form call it.
std::string key_of(const Json &permission) {
  return member(permission, "subject") + "." + member(permission, "name");
}

bool has_everything(const Grants &grants) {
  return grants.level("*", "*") == PARLEY_LEVEL_GLOBAL;
}

std::string chosen_level(const Json &permission, const Grants &grants, const Fields &form) {
  const std::string entered = field(form, "level." + key_of(permission));
  return entered.empty() ? name_of(grants.level(member(permission, "subject"), member(permission, "name"))) : entered;
}

Json options_of(const Page &page, const Json &levels, Side side, const std::string &chosen) {
  const bool yes_or_no = is_yes_or_no(levels);
  Json options = Json::array();
  for (const Json &level : levels) {
    const std::string name = level.get<std::string>();
    options.push_back({{"level", name},
                       {"levelLabel", label_of(page, name, side, yes_or_no)},
                       {"chosen", name == chosen},
                       {"usual", level == levels.back()}});
  }
  if (!has(levels, chosen)) { // what an older plugin offered, or came with the demo data, is not changed unasked
    options.push_back({{"level", chosen}, {"levelLabel", label_of(page, chosen, side, false)}, {"chosen", true}});
  }
  return options;
}

// The permissions by their subject, in the order in which they were registered.
Json subjects_of(Page &page, const Role &role, const Json &description, const Grants &grants, const Fields &form) {
  Json subjects = Json::array();
  for (const Json &permission : description.at("permissions")) {
    const Json &levels = levels_of(permission, role.side);
    if (levels.empty()) {
      continue;
    }
    const std::string subject = member(permission, "subject");
    auto found =
        std::find_if(subjects.begin(), subjects.end(), [&](const Json &one) { return one.at("subject") == subject; });
    if (found == subjects.end()) {
      subjects.push_back({{"subject", subject},
                          {"subjectLabel", page.label(permission.at("subjectLabel"))},
                          {"permissions", Json::array()}});
      found = std::prev(subjects.end());
    }
    const std::string now = name_of(grants.level(subject, member(permission, "name")));
    found->at("permissions")
        .push_back({{"key", key_of(permission)},
                    {"label", page.label(permission.at("label"))},
                    {"was", now},
                    {"options", options_of(page, levels, role.side, chosen_level(permission, grants, form))}});
  }
  return subjects;
}

std::string address_of(Page &page, const Role &role) {
  return page.site().base + roles_path + "/" + std::to_string(role.id);
}

Json role_model(Page &page, const Role &role) {
  return {{"title", role.name},
          {"href", address_of(page, role)},
          {"storefront", role.side == Side::storefront},
          {"people", std::to_string(role.people)}};
}

// form: what was entered and not saved; fault: why.
Response draw(Page &page, Roles &roles, const Role &role, const Fields &form, const std::string &fault) {
  const Json description = Json::parse(page.services().plugins.description());
  const Grants grants = roles.grants(role);
  Json model = role_model(page, role);
  model["list"] = page.site().base + roles_path;
  model["action"] = address_of(page, role);
  model["backoffice"] = role.side == Side::backoffice;
  model["everything"] = form.empty() ? has_everything(grants) : field(form, "everything") == "on";
  model["hadEverything"] = has_everything(grants);
  model["error"] = fault;
  model["subjects"] = subjects_of(page, role, description, grants, form);
  return page.show(role.name, "role", std::move(model), fault.empty() ? 200 : 422).with("Cache-Control", "no-store");
}

std::optional<Role> role_for(Page &page, Roles &roles, const std::string &id) {
  const auto number = parse_id(id);
  return page.manages(managed::roles) && number ? roles.find(*number) : std::nullopt;
}

// What the form changed: two people who edit different permissions do not undo each other's. Nothing where it has a level
// that is not offered.
std::optional<std::vector<Grant>> changed_grants(const Json &description, const Role &role, const Fields &form,
                                                 bool all_of_them) {
  std::vector<Grant> changed;
  for (const Json &permission : description.at("permissions")) {
    const std::string key = key_of(permission);
    const std::string level = field(form, "level." + key);
    if (level.empty() || (level == field(form, "was." + key) && !all_of_them)) {
      continue;
    }
    if (!has(levels_of(permission, role.side), level)) {
      return std::nullopt;
    }
    changed.push_back({member(permission, "subject"), member(permission, "name"), level_by_name(level)});
  }
  return changed;
}

} // namespace

const std::string roles_path = "/roles";

Response roles_page(Page &page, Roles &roles) {
  if (!page.manages(managed::roles)) {
    return page.not_found();
  }
  Json models = Json::array();
  for (const Role &role : roles.all()) {
    models.push_back(role_model(page, role));
  }
  return page.show(page.words("Roles"), "roles", {{"hasRoles", !models.empty()}, {"roles", models}});
}

Response role_page(Page &page, Roles &roles, const std::string &id) {
  const auto role = role_for(page, roles, id);
  return role ? draw(page, roles, *role, {}, "") : page.not_found();
}

Response save_role(Page &page, Roles &roles, const std::string &id, const Fields &form) {
  const auto role = role_for(page, roles, id);
  if (!role) {
    return page.not_found();
  }
  const bool asked = field(form, "everything") == "on";
  const bool had = has_everything(roles.grants(*role));
  const bool changed = asked != (field(form, "was.everything") == "on");
  const bool everything = role->side == Side::backoffice && (changed ? asked : had);
  const bool no_longer = !everything && had;
  const Json description = Json::parse(page.services().plugins.description());
  const auto grants = changed_grants(description, *role, form, no_longer);
  if (!grants) {
    return draw(page, roles, *role, {}, page.words("Choose among the levels. Nothing was saved."));
  }
  if (!roles.save(*role, {everything, *grants}, page.visitor().actor)) {
    return draw(page, roles, *role, form,
                page.words("Nothing was saved: you could no longer manage roles yourself. Leave that permission to one "
                           "of your roles."));
  }
  const Call call(page.visitor().actor, page.request().id);
  page.services().plugins.tell(call, PARLEY_HAPPENED_RIGHTS_CHANGED);
  return page.go(address_of(page, *role), page.words("The role has been saved"));
}

} // namespace host
