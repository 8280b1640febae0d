#include "sample-host/src/web/configuration_pages.h"

#include <algorithm>
#include <optional>
#include <vector>

#include <nlohmann/json.hpp>

#include <parley/ext/host_events.h>

#include "sample-host/src/catalogue/rights.h"
#include "sample-host/src/catalogue/settings.h"
#include "sample-host/src/contract/calls.h"
#include "sample-host/src/contract/plugins.h"
#include "sample-host/src/web/setting_fields.h"

namespace host {
namespace {

using Json = nlohmann::json;

// A place in the tree as addresses name it: "Commerce/Customer/Interactions".
std::string key_of(const Json &path, std::size_t depth) {
  std::string key;
  for (std::size_t i = 0; i < depth; ++i) {
    std::string label = member(path[i], "en");
    std::replace(label.begin(), label.end(), '/', '-');
    key += (key.empty() ? "" : "/") + label;
  }
  return key;
}

std::string group_of(const Json &setting) {
  return key_of(setting.at("path"), setting.at("path").size());
}

std::string address_of(const SettingLevel &level) {
  return level.scope == "system" ? level.scope : level.scope + ":" + level.id;
}

std::string title_of(const Page &page, const SettingLevel &level) {
  return level.scope == "system" ? page.words("System") : level.name;
}

// What the page speaks of: everything that is registered, and the chosen level and group.
struct Chosen {
  Json description;
  std::vector<SettingLevel> levels;
  std::vector<SettingLevel> wider; // whose values hold where the level has none, the nearest first
  SettingLevel level;
  std::string group;
  std::vector<const Json *> settings; // of the group that can be set here, in their order
};

// By the tree, then by their order in it.
std::vector<const Json *> sorted_settings(const Json &description) {
  std::vector<const Json *> settings;
  for (const Json &setting : description.at("settings")) {
    settings.push_back(&setting);
  }
  std::stable_sort(settings.begin(), settings.end(), [](const Json *a, const Json *b) {
    const std::string left = group_of(*a);
    const std::string right = group_of(*b);
    return left != right ? left < right : a->at("order").get<int>() < b->at("order").get<int>();
  });
  return settings;
}

std::vector<SettingLevel> wider_than(const SettingLevel &level, const std::vector<SettingLevel> &levels) {
  std::vector<SettingLevel> wider;
  for (const SettingLevel &other : levels) {
    if (level.scope == "website" && other.scope == "organization" && other.id == level.organization) {
      wider.push_back(other);
    }
  }
  if (level.scope != "system") {
    wider.push_back(levels.front());
  }
  return wider;
}

// Nothing where there is no such level or group.
std::optional<Chosen> choose(Page &page, Settings &settings, const Fields &query) {
  Chosen chosen;
  chosen.description = Json::parse(page.services().plugins.description());
  chosen.levels = settings.levels();
  const std::string wanted = field(query, "level");
  const auto level = std::find_if(chosen.levels.begin(), chosen.levels.end(),
                                  [&](const SettingLevel &one) { return wanted.empty() || address_of(one) == wanted; });
  if (level == chosen.levels.end()) {
    return std::nullopt;
  }
  chosen.level = *level;
  chosen.wider = wider_than(*level, chosen.levels);
  const std::vector<const Json *> all = sorted_settings(chosen.description);
  chosen.group = field(query, "group");
  if (chosen.group.empty()) {
    chosen.group = group_of(*all.front());
  }
  bool known = false;
  for (const Json *setting : all) {
    if (group_of(*setting) == chosen.group) {
      known = true;
      if (has(setting->at("scopes"), chosen.level.scope)) {
        chosen.settings.push_back(setting);
      }
    }
  }
  return known ? std::optional(std::move(chosen)) : std::nullopt;
}

std::string url_of(Page &page, const SettingLevel &level, const std::string &group) {
  return page.site().base + configuration_path + "?" + write_fields({{"level", address_of(level)}, {"group", group}});
}

Json levels_model(Page &page, const Chosen &chosen) {
  Json levels = Json::array();
  for (const SettingLevel &level : chosen.levels) {
    levels.push_back({{"label", title_of(page, level)},
                      {"organization", level.scope == "organization"},
                      {"website", level.scope == "website"},
                      {"href", url_of(page, level, chosen.group)},
                      {"current", address_of(level) == address_of(chosen.level)}});
  }
  return levels;
}

// The tree as lines, each with how deep it stands; those that have settings are links.
Json groups_model(Page &page, const Chosen &chosen) {
  Json lines = Json::array();
  std::vector<std::string> drawn;
  for (const Json *setting : sorted_settings(chosen.description)) {
    const Json &path = setting->at("path");
    for (std::size_t depth = 1; depth <= path.size(); ++depth) {
      const std::string key = key_of(path, depth);
      const bool leads = depth == path.size();
      const auto known = std::find(drawn.begin(), drawn.end(), key);
      if (known == drawn.end()) {
        drawn.push_back(key);
        lines.push_back({{"label", page.label(path[depth - 1])}, {"depth", std::to_string(depth)}});
      }
      if (leads) {
        Json &line = lines[static_cast<std::size_t>(std::find(drawn.begin(), drawn.end(), key) - drawn.begin())];
        line["href"] = url_of(page, chosen.level, key);
        line["current"] = key == chosen.group;
      }
    }
  }
  return lines;
}

// Of the group: "Commerce", "Customer", "Interactions".
Json trail_model(Page &page, const Chosen &chosen) {
  Json trail = Json::array();
  for (const Json *setting : sorted_settings(chosen.description)) {
    if (group_of(*setting) == chosen.group) {
      for (const Json &label : setting->at("path")) {
        trail.push_back(page.label(label));
      }
      break;
    }
  }
  return trail;
}

// What somebody entered: by the setting's name.
struct Entry {
  Json entry;
  bool uses_default;
  std::string fault;
};
using Entries = std::map<std::string, Entry>;

SettingField::Names names_in(Page &page, const Json &description) {
  return [&page, &description](const std::string &value) {
    for (const Json &entity : description.at("entities")) {
      if (entity.at("type") == value) {
        return page.label(entity.at("pluralLabel"));
      }
    }
    return std::string();
  };
}

// A value that was kept; one that cannot be read is shown as it stands.
Json kept(const std::string &json) {
  Json value = Json::parse(json, nullptr, false);
  return value.is_discarded() ? Json(json) : value;
}

struct Default {
  Json value;
  std::string from; // which level; empty: it is built in
};

Default default_of(const Page &page, Settings &settings, const Chosen &chosen, const Json &setting) {
  for (const SettingLevel &level : chosen.wider) {
    const auto own = settings.own(level);
    if (const auto found = own.find(member(setting, "name")); found != own.end()) {
      return {kept(found->second), title_of(page, level)};
    }
  }
  return {setting.at("default"), ""};
}

// What a field holds, in one line: two people who change different settings do not undo each other's.
std::string state_of(const Entry &entry) {
  return entry.uses_default ? "default" : entry.entry.dump();
}

Json settings_model(Page &page, Settings &settings, const Chosen &chosen, const Entries &entries) {
  const auto own = settings.own(chosen.level);
  const SettingField::Names names = names_in(page, chosen.description);
  Json models = Json::array();
  for (const Json *setting : chosen.settings) {
    const std::string name = member(*setting, "name");
    const SettingField drawn(setting->at("schema"), names, page.visitor().actor.locale);
    const Default usual = default_of(page, settings, chosen, *setting);
    const auto value = own.find(name);
    Entry entry{drawn.entry_of(value == own.end() ? usual.value : kept(value->second)), value == own.end(), ""};
    const std::string was = state_of(entry);
    if (const auto entered = entries.find(name); entered != entries.end()) {
      entry = entered->second;
      if (entry.uses_default) {
        entry.entry = drawn.entry_of(usual.value);
      }
    }
    Json model = drawn.model(entry.entry, drawn.entry_of(usual.value));
    model["name"] = name;
    model["was"] = was;
    model["label"] = page.label(setting->at("label"));
    model["help"] = page.label(setting->at("help"));
    model["usesDefault"] = entry.uses_default;
    model["default"] = drawn.words(usual.value);
    model["from"] = usual.from;
    model["error"] = entry.fault;
    models.push_back(std::move(model));
  }
  return models;
}

Response draw(Page &page, Settings &settings, const Chosen &chosen, const Entries &entries, int status) {
  const Json trail = trail_model(page, chosen);
  const Json models = settings_model(page, settings, chosen, entries);
  return page
      .show(page.words("Configuration"), "configuration",
            {{"action", url_of(page, chosen.level, chosen.group)},
             {"levels", levels_model(page, chosen)},
             {"groups", groups_model(page, chosen)},
             {"trail", trail},
             {"levelName", title_of(page, chosen.level)},
             {"organizationLevel", chosen.level.scope == "organization"},
             {"websiteLevel", chosen.level.scope == "website"},
             {"failed", status != 200},
             {"hasSettings", !models.empty()},
             {"settings", models}},
            status)
      .with("Cache-Control", "no-store");
}

// What the form brought of the settings that it showed.
Entries read(Page &page, const Chosen &chosen, const Fields &form, SettingChanges &changes) {
  const SettingField::Names names = names_in(page, chosen.description);
  Entries entries;
  for (const Json *setting : chosen.settings) {
    const std::string name = member(*setting, "name");
    const bool shown = std::find(form.begin(), form.end(), std::pair<std::string, std::string>("shown", name)) !=
                       form.end(); // one that was registered since then is not in the form
    if (!shown) {
      continue;
    }
    const SettingField drawn(setting->at("schema"), names, page.visitor().actor.locale);
    Entry entry{drawn.entry_from(form, "value." + name), field(form, "default." + name) == "on", ""};
    if (state_of(entry) == field(form, "was." + name)) {
      continue; // as it was drawn
    }
    if (entry.uses_default) {
      changes[name] = std::nullopt;
    } else if (const Json value = drawn.value_of(entry.entry, entry.fault); entry.fault.empty()) {
      changes[name] = value.dump();
    }
    entries.emplace(name, std::move(entry));
  }
  return entries;
}

} // namespace

const std::string configuration_path = "/configuration";

Response configuration_page(Page &page, Settings &settings) {
  const auto query = parse_fields(page.request().query);
  const auto chosen = page.manages(managed::settings) && query ? choose(page, settings, *query) : std::nullopt;
  return chosen ? draw(page, settings, *chosen, {}, 200) : page.not_found();
}

Response save_configuration(Page &page, Settings &settings, const Fields &form) {
  const auto query = parse_fields(page.request().query);
  const auto chosen = page.manages(managed::settings) && query ? choose(page, settings, *query) : std::nullopt;
  if (!chosen) {
    return page.not_found();
  }
  SettingChanges changes;
  const Entries entries = read(page, *chosen, form, changes);
  if (std::any_of(entries.begin(), entries.end(), [](const auto &entry) { return !entry.second.fault.empty(); })) {
    return draw(page, settings, *chosen, entries, 422);
  }
  settings.save(chosen->level, changes);
  const Call call(page.visitor().actor, page.request().id);
  const bool system = chosen->level.scope == "system";
  page.services().plugins.tell(call, PARLEY_HAPPENED_SETTINGS_CHANGED, system ? "" : chosen->level.scope + "s",
                               chosen->level.id);
  return page.go(url_of(page, chosen->level, chosen->group), page.words("The configuration has been saved"));
}

} // namespace host
