// What an actor gets to see: gates, panels, workflows, languages.
#include "shop.hpp"

#include <algorithm>

namespace parley::tests {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::uint32_t flow_active = 1;

// The shop with a page, a panel and a workflow behind one setting and one permission.
// On by default.
parley_setting notes_switch() {
  parley_setting setting{};
  setting.size = sizeof setting;
  setting.scopes = PARLEY_SCOPE_SYSTEM;
  setting.name = text("notes.enabled");
  setting.label = label("Enable");
  setting.path = text(R"([{"en":"System"}])");
  setting.schema = text(R"({"type":"boolean"})");
  setting.default_value = text("true");
  return setting;
}

class Surface : public Shop {
protected:
  void SetUp() override {
    flow_active = 1;
    gate.size = sizeof gate;
    gate.setting = text("notes.enabled");
    gate.permission_subject = text("notes");
    gate.permission = text("view");
    for (std::size_t i = 0; i < 2; ++i) {
      needed[i].size = sizeof needed[i];
      needed[i].action = i == 0 ? PARLEY_ACTION_CREATE : PARLEY_ACTION_DELETE;
      needed[i].permission = text("write");
    }
    parley_entity &descriptor = notes.descriptor();
    descriptor.gate = &gate;
    descriptor.permission_size = sizeof needed[0];
    descriptor.permissions = needed;
    descriptor.permission_count = 2;
    lines.descriptor().traits = PARLEY_TRAIT_LOOKUP;
    const std::int32_t status =
        host.register_own([&](const parley_host *self, const parley_registry *registry,
                              const parley_error_sink *errors) { return add(self, registry, errors); });
    ASSERT_EQ(status, PARLEY_OK) << host.reported();
  }

  std::int32_t add(const parley_host *self, const parley_registry *registry, const parley_error_sink *errors) {
    std::int32_t worst = PARLEY_OK;
    const auto take = [&](std::int32_t status) { worst = status == PARLEY_OK ? worst : status; };
    for (auto *entity : {&orders, &users, &notes, &lines}) {
      take(registry->add_entity(self, &entity->descriptor(), errors));
    }
    for (const char *name : {"view", "write", "configure"}) {
      parley_permission permission{};
      permission.size = sizeof permission;
      permission.backoffice_levels = 1;
      permission.subject = text(std::string(name) == "configure" ? "note_flow" : "notes");
      permission.name = text(name);
      permission.subject_label = label("Note");
      permission.label = label(name);
      take(registry->add_permission(self, &permission, errors));
    }
    parley_setting setting = notes_switch();
    take(registry->add_setting(self, &setting, errors));
    setting.name = text("notes.records");
    setting.schema = text(R"({"type":"array","items":{"type":"string"}})");
    setting.default_value = text(R"(["orders"])");
    take(registry->add_setting(self, &setting, errors));
    parley_page page{};
    page.size = sizeof page;
    page.application = PARLEY_APPLICATION_BACKOFFICE;
    page.name = text("notes");
    page.title = text(R"({"en":"Notes","de":"Notizen","de-AT":"Notizn"})");
    page.entity = text("notes");
    page.gate = &gate;
    take(registry->add_page(self, &page, errors));
    for (const char *name : {"second", "first"}) {
      parley_menu_item item{};
      item.size = sizeof item;
      item.order = std::string(name) == "first" ? 1 : 2;
      item.slot = text(PARLEY_SLOT_BACKOFFICE_ACTIVITIES);
      item.name = text(name);
      item.label = label(name);
      item.page = text("notes");
      take(registry->add_menu_item(self, &item, errors));
    }
    take(registry->add_panel(self, &make_panel(), errors));
    take(registry->add_workflow(self, &make_workflow(), errors));
    return worst;
  }

  parley_panel &make_panel() {
    record_type = text("orders");
    panel.size = sizeof panel;
    panel.application = PARLEY_APPLICATION_BACKOFFICE;
    panel.name = text("notes");
    panel.title = label("Notes");
    panel.element = text("note-panel");
    panel.entity = text("notes");
    panel.record_types = &record_type;
    panel.record_type_count = 1;
    panel_gate = gate;
    panel_gate.record_types = text("notes.records");
    panel.gate = &panel_gate;
    panel.context = &notes;
    panel.page = [](void *self, const parley_call *call, const parley_ref *record, const parley_query *query,
                    const parley_result_sink *result, const parley_error_sink *errors) -> std::int32_t {
      if (std::string(record->id.data, record->id.size) != "17") {
        return PARLEY_NOT_FOUND;
      }
      return static_cast<MemoryEntity *>(self)->descriptor().query(self, call, query, result, errors);
    };
    panel.count = [](void *, const parley_call *, const parley_ref *records, std::size_t count, std::uint64_t *counts,
                     const parley_error_sink *) -> std::int32_t {
      for (std::size_t i = 0; i < count; ++i) {
        counts[i] = records[i].id.size;
      }
      return PARLEY_OK;
    };
    return panel;
  }

  parley_workflow &make_workflow() {
    for (std::size_t i = 0; i < 2; ++i) {
      steps[i].size = sizeof(parley_step);
      steps[i].name = text(i == 0 ? "open" : "done");
      steps[i].label = label(i == 0 ? "Open" : "Done");
      steps[i].flags = i == 0 ? PARLEY_STEP_INITIAL : PARLEY_STEP_FINAL;
    }
    from = text("open");
    transition.size = sizeof transition;
    transition.name = text("finish");
    transition.label = label("Finish");
    transition.from = &from;
    transition.from_count = 1;
    transition.to = text("done");
    workflow.size = sizeof workflow;
    workflow.flags = PARLEY_WORKFLOW_SYSTEM;
    workflow.step_size = sizeof(parley_step);
    workflow.transition_size = sizeof(parley_transition);
    workflow.applications = PARLEY_APPLICATION_BACKOFFICE;
    workflow.name = text("note_flow");
    workflow.label = label("Note Workflow");
    workflow.entity = text("notes");
    workflow.steps = steps;
    workflow.step_count = 2;
    workflow.transitions = &transition;
    workflow.transition_count = 1;
    workflow.gate = &gate;
    workflow.configure_permission = text("configure");
    workflow.context = &notes;
    workflow.available = [](void *, const parley_call *, const parley_str *ids, std::size_t,
                            const parley_availability_sink *result, const parley_error_sink *) -> std::int32_t {
      if (std::string(ids[0].data, ids[0].size) != "n1") {
        return PARLEY_OK;
      }
      const parley_str may = text("finish");
      parley_availability availability{};
      availability.size = sizeof availability;
      availability.id = ids[0];
      availability.step = text("open");
      availability.transitions = &may;
      availability.transition_count = 1;
      return result->put(result, &availability);
    };
    workflow.perform = [](void *self, const parley_call *call, const parley_transition_call *wanted,
                          const parley_result_sink *result, const parley_error_sink *errors) -> std::int32_t {
      parley_get get{};
      get.size = sizeof get;
      get.flags = PARLEY_QUERY_ALL_FIELDS;
      get.ids = &wanted->id;
      get.id_count = 1;
      return static_cast<MemoryEntity *>(self)->descriptor().get_many(self, call, &get, result, errors);
    };
    workflow.is_active = [](void *, const parley_call *, std::uint32_t *active, const parley_error_sink *) {
      *active = flow_active;
      return PARLEY_OK;
    };
    workflow.set_active = [](void *, const parley_call *, std::uint32_t active, const parley_error_sink *) {
      flow_active = active;
      return PARLEY_OK;
    };
    return workflow;
  }

  // Of a list in the surface, by one member.
  nlohmann::json find(const char *list, const char *member, const char *value) {
    const auto surface = host.surface();
    for (const auto &item : surface.at(list)) {
      if (item.at(member) == value) {
        return item;
      }
    }
    return nullptr;
  }

  parley_action_permission needed[2]{};
  parley_gate gate{};
  parley_gate panel_gate{};
  parley_panel panel{};
  parley_str record_type{};
  parley_workflow workflow{};
  parley_step steps[2]{};
  parley_transition transition{};
  parley_str from{};
};

TEST_F(Surface, ShowsWhatIsOpen) {
  host.rights = {"notes.view"};
  const auto surface = host.surface();
  EXPECT_EQ(surface["pages"][0]["name"], "notes");
  EXPECT_EQ(surface["panels"]["orders"][0]["element"], "note-panel");
  EXPECT_EQ(surface["entities"].size(), 4u);
  EXPECT_EQ(surface["workflows"][0]["mayPerform"], true);
  EXPECT_EQ(surface["workflows"][0]["mayConfigure"], false);
}

TEST_F(Surface, LeavesOutActionsWithoutTheirPermission) {
  host.rights = {"notes.view"};
  EXPECT_EQ(find("entities", "type", "notes")["actions"], nlohmann::json({"list", "get", "update", "deleteMany"}));
  host.rights = {"notes.view", "notes.write"};
  EXPECT_EQ(find("entities", "type", "notes")["actions"],
            nlohmann::json({"list", "get", "create", "update", "delete", "deleteMany"}));
}

TEST_F(Surface, DescribesThePermissionsOfActions) {
  const auto description = host.describe();
  ASSERT_EQ(description["entities"].size(), 4u);
  for (const auto &entity : description["entities"]) {
    EXPECT_EQ(entity["permissions"], entity["type"] != "notes"
                                         ? nlohmann::json::array()
                                         : nlohmann::json::parse(R"([{"action":"create","permission":"write"},
                                                                     {"action":"delete","permission":"write"}])"));
  }
}

TEST_F(Surface, NamesLookupsAndDecimals) {
  host.rights = {"notes.view"};
  EXPECT_EQ(find("entities", "type", "lines")["traits"], nlohmann::json({"lookup"}));
  const auto notes_here = find("entities", "type", "notes");
  const auto &attributes = notes_here["attributes"];
  EXPECT_TRUE(std::any_of(attributes.begin(), attributes.end(), [](const nlohmann::json &attribute) {
    return attribute["name"] == "price" && attribute["type"] == "decimal";
  }));
}

TEST_F(Surface, NamesOnlyTypesOfRelationshipsThatOneSees) {
  const auto types = [&] { return find("entities", "type", "orders")["relationships"][1]["types"]; };
  EXPECT_EQ(types(), nlohmann::json::array());
  host.rights = {"notes.view"};
  EXPECT_EQ(types(), nlohmann::json({"notes"}));
}

TEST_F(Surface, SaysWhoseElementsTheyAre) {
  host.rights = {"notes.view"};
  const auto surface = host.surface();
  EXPECT_EQ(surface["pages"][0].value("plugin", "?"), "") << "the host's own";
  EXPECT_EQ(surface["panels"]["orders"][0].value("plugin", "?"), "");
  EXPECT_EQ(surface["entities"][0].value("plugin", "?"), "");
}

TEST_F(Surface, AsksSettingsForItsCall) {
  host.has_settings = true;
  host.surface();
  EXPECT_NE(host.settings_call, nullptr);
}

TEST_F(Surface, SortsMenusByOrder) {
  host.rights = {"notes.view"};
  const auto menu = host.surface()["menus"]["backoffice.activities"];
  EXPECT_EQ(menu[0]["name"], "first");
  EXPECT_EQ(menu[1]["name"], "second");
}

TEST_F(Surface, HidesWhatOneMayNotSee) {
  const auto surface = host.surface();
  EXPECT_THAT(surface["pages"], IsEmpty());
  EXPECT_THAT(surface["menus"], IsEmpty());
  EXPECT_EQ(surface["entities"].size(), 3u);
}

TEST_F(Surface, HasEveryCollection) {
  host.application = PARLEY_APPLICATION_STOREFRONT;
  const auto surface = host.surface();
  for (const char *name : {"assets", "pages", "indicators", "workflows"}) {
    EXPECT_EQ(surface[name], nlohmann::json::array()) << name;
  }
  for (const char *name : {"menus", "recordActions", "panels"}) {
    EXPECT_EQ(surface[name], nlohmann::json::object()) << name;
  }
}

TEST_F(Surface, AsksRightsAndSettingsOnce) {
  host.has_settings = true;
  host.surface();
  EXPECT_EQ(host.rights_asked, 1u);
  EXPECT_EQ(host.settings_asked, 1u);
}

TEST_F(Surface, SpeaksTheLanguageOfTheCall) {
  host.rights = {"notes.view"};
  const auto title = [&](const char *locale) {
    host.locale = locale;
    return host.surface()["pages"][0]["title"].get<std::string>();
  };
  EXPECT_EQ(title("de-AT"), "Notizn");
  EXPECT_EQ(title("de-CH"), "Notizen");
  EXPECT_EQ(title("fr"), "Notes");
  EXPECT_EQ(title(""), "Notes");
}

TEST_F(Surface, TakesTheValueOfTheHostBeforeTheDefault) {
  host.rights = {"notes.view"};
  host.has_settings = true;
  EXPECT_EQ(host.surface()["pages"].size(), 1u);
  host.settings["notes.enabled"] = "false";
  EXPECT_THAT(host.surface()["pages"], IsEmpty());
  EXPECT_THAT(host.surface()["workflows"], IsEmpty());
  EXPECT_EQ(get("/notes").status, 404u);
  EXPECT_EQ(get("/activity/orders/17").status, 404u);
  EXPECT_EQ(get("/workflows/note_flow").status, 404u);
}

TEST_F(Surface, C3ShowsAPanelOnTheRecordsThatASettingNames) {
  host.rights = {"notes.view"};
  host.has_settings = true;
  const auto counted = [&] {
    return host.send("POST", "/activity/counts", R"({"data":[{"type":"orders","id":"17"}]})").json()["meta"]["counts"];
  };
  for (const char *on :
       {"", R"(["users","orders"])", "7", "not JSON", R"(["users",1])"}) { // what cannot be used leaves the default
    host.settings["notes.records"] = on;
    EXPECT_EQ(host.surface()["panels"]["orders"].size(), 1u) << on;
    EXPECT_EQ(get("/activity/orders/17").status, 200u) << on;
    EXPECT_EQ(counted()[0]["panels"], nlohmann::json({{"notes", 2}})) << on;
  }
  for (const char *off : {"[]", R"(["users"])"}) {
    host.settings["notes.records"] = off;
    EXPECT_THAT(host.surface()["panels"], IsEmpty()) << off;
    EXPECT_EQ(get("/activity/orders/17").status, 404u) << off;
    EXPECT_THAT(counted()[0]["panels"], IsEmpty()) << off;
  }
}

TEST_F(Surface, SaysWhenSettingsCannotBeReached) {
  host.has_settings = true;
  host.settings_status = PARLEY_UNAVAILABLE;
  EXPECT_EQ(host.surface(), PARLEY_UNAVAILABLE);
  EXPECT_EQ(get("/notes").status, 503u);
}

TEST_F(Surface, HidesAnEntityFromTheApiToo) {
  EXPECT_EQ(get("/notes").status, 404u);
  EXPECT_EQ(get("/orders/17?include=notes").status, 400u);
  host.rights = {"notes.view"};
  EXPECT_EQ(get("/notes").status, 200u);
}

TEST_F(Surface, DescribesEverythingToEveryone) {
  const auto description = host.describe();
  EXPECT_EQ(description["pages"][0]["title"]["de"], "Notizen");
  EXPECT_EQ(description["pages"][0]["gate"]["setting"], "notes.enabled");
  EXPECT_EQ(description["settings"][0]["default"], true);
  EXPECT_EQ(description["permissions"][0]["name"], "view");
  EXPECT_EQ(description["plugins"], nlohmann::json::array());
}

TEST_F(Surface, ShowsAPanelPage) {
  host.rights = {"notes.view"};
  EXPECT_THAT(ids(get("/activity/orders/17?page[size]=2").json()), ElementsAre("n1", "n2"));
  EXPECT_EQ(get("/activity/orders/18").status, 404u);
  EXPECT_EQ(get("/activity/users/1").status, 404u);
  EXPECT_THAT(get("/activity/orders/17?filter[panel]=others").faults(), ElementsAre("filter[panel]: unknown-panel"));
}

TEST_F(Surface, CountsForManyRecords) {
  host.rights = {"notes.view"};
  const auto reply =
      host.send("POST", "/activity/counts",
                R"({"data":[{"type":"orders","id":"17"},{"type":"users","id":"1"},{"type":"orders","id":"5"}]})");
  EXPECT_EQ(reply.json()["meta"]["counts"], nlohmann::json::parse(R"([{"type":"orders","id":"17","panels":{"notes":2}},
    {"type":"users","id":"1","panels":{}},{"type":"orders","id":"5","panels":{"notes":1}}])"));
}

TEST_F(Surface, OffersTransitions) {
  host.rights = {"notes.view"};
  EXPECT_EQ(get("/notes/n1/transitions").json()["meta"], nlohmann::json::parse(R"({"workflow":"note_flow","active":true,
    "step":"open","transitions":[{"name":"finish","label":"Finish","to":"done"}]})"));
  EXPECT_EQ(get("/notes/n2/transitions").status, 404u);
}

TEST_F(Surface, OffersNoTransitionsOfAnInactiveWorkflow) {
  host.rights = {"notes.view"};
  flow_active = 0;
  EXPECT_THAT(get("/notes/n1/transitions").json()["meta"]["transitions"], IsEmpty());
}

TEST_F(Surface, PerformsATransition) {
  host.rights = {"notes.view"};
  EXPECT_EQ(host.send("POST", "/notes/n1/transitions/finish").json()["data"]["id"], "n1");
  EXPECT_EQ(host.send("POST", "/notes/n1/transitions/explode").status, 404u);
}

TEST_F(Surface, ListsWorkflows) {
  host.rights = {"notes.view"};
  const auto workflows = get("/workflows").json()["data"];
  EXPECT_EQ(workflows[0]["id"], "note_flow");
  EXPECT_EQ(workflows[0]["attributes"]["steps"][0]["initial"], true);
}

TEST_F(Surface, W5TellsOfAWorkflowOnlyThoseWhoSeeWhatGoesThroughItOrMayConfigureIt) {
  host.rights = {"orders.view"};
  EXPECT_THAT(host.surface()["workflows"], IsEmpty());
  EXPECT_EQ(get("/workflows").status, 404u);
  EXPECT_EQ(get("/workflows/note_flow").status, 404u);
  EXPECT_THAT(get("/openapi.json").body, Not(HasSubstr("/workflows")));
  host.rights = {"note_flow.configure"};
  EXPECT_EQ(host.surface()["workflows"][0]["mayConfigure"], true);
  EXPECT_EQ(get("/workflows/note_flow").status, 200u);
  EXPECT_THAT(get("/openapi.json").body, HasSubstr("/workflows"));
}

TEST_F(Surface, LetsOnlyThoseConfigureWhoMay) {
  host.rights = {"notes.view"};
  EXPECT_EQ(host.send("POST", "/workflows/note_flow/deactivate").status, 403u);
  host.rights = {"notes.view", "note_flow.configure"};
  EXPECT_EQ(host.send("POST", "/workflows/note_flow/deactivate").json()["data"]["attributes"]["active"], false);
  EXPECT_EQ(flow_active, 0u);
}

TEST(GateOfRecords, NamesASettingThatListsTypesAndIsForPanelsAndRecordActionsAlone) {
  TestHost host;
  MemoryEntity notes("notes", PARLEY_ACTION_GET);
  parley_gate gate{};
  gate.size = sizeof gate;
  gate.record_types = text("notes.enabled");
  const parley_str types = text("notes");
  const std::int32_t status =
      host.register_own([&](const parley_host *self, const parley_registry *registry, const parley_error_sink *errors) {
        const parley_setting setting = notes_switch();
        registry->add_setting(self, &setting, errors);
        notes.descriptor().gate = &gate;
        registry->add_entity(self, &notes.descriptor(), errors);
        parley_record_action action{};
        action.size = sizeof action;
        action.application = PARLEY_APPLICATION_BACKOFFICE;
        action.placement = PARLEY_PLACEMENT_MENU;
        action.name = text("write");
        action.label = label("Write");
        action.element = text("note-form");
        action.record_types = &types;
        action.record_type_count = 1;
        action.gate = &gate;
        return registry->add_record_action(self, &action, errors);
      });
  EXPECT_EQ(status, PARLEY_INVALID);
  EXPECT_THAT(host.reported(), HasSubstr("notes: its gate names a setting of record types"));
  EXPECT_THAT(host.reported(), HasSubstr("write: the setting \"notes.enabled\" is to list record types"));
}

TEST(FixedSettings, SwitchGatesForHostsWithoutSettings) {
  // The table answers from the options; its values win over defaults.
  TestHost host(R"({"notes.enabled":false})");
  MemoryEntity notes("notes", PARLEY_ACTION_GET);
  notes.row("1", {{{"name", "x"}}, {}, 1});
  parley_gate gate{};
  gate.size = sizeof gate;
  gate.setting = text("notes.enabled");
  host.register_own([&](const parley_host *self, const parley_registry *registry, const parley_error_sink *errors) {
    const parley_setting setting = notes_switch();
    registry->add_setting(self, &setting, errors);
    notes.descriptor().gate = &gate;
    return registry->add_entity(self, &notes.descriptor(), errors);
  });
  EXPECT_EQ(host.send("GET", "/notes/1").status, 404u);
}

} // namespace
} // namespace parley::tests
