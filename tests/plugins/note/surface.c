/* What the plugin registers. The registry copies all of it, so that everything here may live on the stack. */
#include "note.h"

#define LEVELS_BACKOFFICE 0x3Fu /* every level */
#define LEVELS_STOREFRONT (PARLEY_LEVEL_BIT(PARLEY_LEVEL_NONE) | PARLEY_LEVEL_BIT(PARLEY_LEVEL_USER))
#define BOTH (PARLEY_APPLICATION_BACKOFFICE | PARLEY_APPLICATION_STOREFRONT)
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
/* A parley_str of a literal, for initializers. */
#define STR(literal) \
  { literal, sizeof(literal) - 1 }

static parley_gate gate_of(const char *permission) {
  const parley_gate gate = {.size = sizeof gate,
                            .setting = parley_str_of("notes.enabled"),
                            .permission_subject = parley_str_of("notes"),
                            .permission = parley_str_of(permission)};
  return gate;
}

static int32_t add_setting(instance *self, const parley_error_sink *errors) {
  const parley_setting setting = {
      .size = sizeof setting,
      .scopes = PARLEY_SCOPE_SYSTEM | PARLEY_SCOPE_ORGANIZATION | PARLEY_SCOPE_WEBSITE,
      .order = 10,
      .name = STR("notes.enabled"),
      .label = STR("{\"en\":\"Enable Notes\",\"de\":\"Notizen einschalten\"}"),
      .path = STR("[{\"en\":\"Activities\"},{\"en\":\"Notes\"}]"),
      .schema = STR("{\"type\":\"boolean\"}"),
      .default_value = STR("true"),
  };
  return self->registry->add_setting(self->host, &setting, errors);
}

static int32_t add_permission(instance *self, const char *subject, const char *subject_label, const char *name,
                              const char *label, uint32_t storefront, const parley_error_sink *errors) {
  const parley_permission permission = {
      .size = sizeof permission,
      .backoffice_levels = LEVELS_BACKOFFICE,
      .storefront_levels = storefront,
      .subject = parley_str_of(subject),
      .name = parley_str_of(name),
      .subject_label = parley_str_of(subject_label),
      .label = parley_str_of(label),
  };
  return self->registry->add_permission(self->host, &permission, errors);
}

static int32_t add_permissions(instance *self, const parley_error_sink *errors) {
  static const struct {
    const char *subject;
    const char *subject_label;
    const char *name;
    const char *label;
    uint32_t storefront;
  } permissions[] = {
      {"notes", "{\"en\":\"Note\"}", "view", "{\"en\":\"View\"}", LEVELS_STOREFRONT},
      {"notes", "{\"en\":\"Note\"}", "create", "{\"en\":\"Create\"}", 0},
      {"notes", "{\"en\":\"Note\"}", "edit", "{\"en\":\"Edit\"}", 0},
      {"notes", "{\"en\":\"Note\"}", "delete", "{\"en\":\"Delete\"}", 0},
      {"note_flow", "{\"en\":\"Note Workflow\"}", "perform", "{\"en\":\"Perform\"}", 0},
      {"note_flow", "{\"en\":\"Note Workflow\"}", "configure", "{\"en\":\"Configure\"}", 0},
  };
  int32_t status = PARLEY_OK;
  for (size_t i = 0; i < COUNT_OF(permissions) && status == PARLEY_OK; ++i) {
    status = add_permission(self, permissions[i].subject, permissions[i].subject_label, permissions[i].name,
                            permissions[i].label, permissions[i].storefront, errors);
  }
  return status;
}

static int32_t add_entity(instance *self, const parley_error_sink *errors) {
  const uint32_t size = sizeof(parley_attribute);
  const uint32_t same = PARLEY_FILTER_BIT(PARLEY_FILTER_EQUAL) | PARLEY_FILTER_BIT(PARLEY_FILTER_NOT_EQUAL);
  const parley_attribute attributes[] = {
      {size, PARLEY_TYPE_TEXT,
       PARLEY_FIELD_CREATE | PARLEY_FIELD_UPDATE | PARLEY_FIELD_REQUIRED | PARLEY_FIELD_FILTER | PARLEY_FIELD_SORT |
           PARLEY_FIELD_GRID | PARLEY_FIELD_TITLE | PARLEY_FIELD_SEARCH | PARLEY_FIELD_INLINE,
       BOTH, STR("text"), STR("{\"en\":\"Text\"}"), same | PARLEY_FILTER_BIT(PARLEY_FILTER_CONTAINS), 0},
      {size, PARLEY_TYPE_BOOLEAN,
       PARLEY_FIELD_CREATE | PARLEY_FIELD_UPDATE | PARLEY_FIELD_FILTER | PARLEY_FIELD_SORT | PARLEY_FIELD_GRID |
           PARLEY_FIELD_HIGHLIGHT | PARLEY_FIELD_INLINE,
       BOTH, STR("pinned"), STR("{\"en\":\"Pinned\",\"de\":\"Angeheftet\"}"), same, 0},
#ifdef NOTE_WITH_PRIORITY
      {size, PARLEY_TYPE_STRING,
       PARLEY_FIELD_CREATE | PARLEY_FIELD_UPDATE | PARLEY_FIELD_FILTER | PARLEY_FIELD_SORT | PARLEY_FIELD_GRID, BOTH,
       STR("priority"), STR("{\"en\":\"Priority\",\"de\":\"Dringlichkeit\"}"), same, 0},
#endif
      {size, PARLEY_TYPE_DATETIME, PARLEY_FIELD_FILTER | PARLEY_FIELD_SORT | PARLEY_FIELD_GRID, BOTH, STR("createdAt"),
       STR("{\"en\":\"Created\",\"de\":\"Erstellt\"}"), 0, 0},
  };
  parley_relationship relationships[2];
  size_t relationship_count = 0;
  memset(relationships, 0, sizeof relationships);
  if (self->records.count > 0) {
    parley_relationship *record = &relationships[relationship_count++];
    record->size = sizeof *record;
    record->flags = PARLEY_FIELD_CREATE | PARLEY_FIELD_FILTER | PARLEY_FIELD_GRID | PARLEY_FIELD_NULLABLE;
    record->applications = BOTH;
    record->name = parley_str_of("record");
    record->label = parley_str_of("{\"en\":\"Record\"}");
    record->types = self->records.items;
    record->type_count = self->records.count;
  }
  if (self->users.count > 0) {
    parley_relationship *author = &relationships[relationship_count++];
    author->size = sizeof *author;
    author->flags = PARLEY_FIELD_FILTER;
    author->applications = PARLEY_APPLICATION_BACKOFFICE;
    author->name = parley_str_of("author");
    author->label = parley_str_of("{\"en\":\"Author\"}");
    author->types = self->users.items;
    author->type_count = self->users.count;
  }
  const parley_operation operations[] = {
      {sizeof operations[0], PARLEY_OPERATION_ON_ONE, 0, PARLEY_APPLICATION_BACKOFFICE, STR("pin"),
       STR("{\"en\":\"Pin\",\"de\":\"Anheften\"}"), STR(""), STR("")},
      {sizeof operations[0], PARLEY_OPERATION_ON_COLLECTION, PARLEY_OPERATION_SAFE, BOTH, STR("pinned"),
       STR("{\"en\":\"Number of pinned notes\"}"), STR(""),
       STR("{\"type\":\"object\",\"properties\":{\"count\":{\"type\":\"integer\"}}}")},
  };
  const parley_action_permission permissions[] = {
      {sizeof permissions[0], PARLEY_ACTION_CREATE, STR("create")},
      {sizeof permissions[0], PARLEY_ACTION_UPDATE, STR("edit")},
      {sizeof permissions[0], PARLEY_ACTION_DELETE, STR("delete")},
  };
  const parley_gate gate = gate_of("view");
  const parley_entity entity = {
      .size = sizeof entity,
      .backoffice_actions =
          PARLEY_ACTION_LIST | PARLEY_ACTION_GET | PARLEY_ACTION_CREATE | PARLEY_ACTION_UPDATE | PARLEY_ACTION_DELETE,
      .storefront_actions = PARLEY_ACTION_LIST | PARLEY_ACTION_GET,
      .attribute_size = sizeof attributes[0],
      .relationship_size = sizeof relationships[0],
      .operation_size = sizeof operations[0],
      .permission_size = sizeof permissions[0],
      .type = STR("notes"),
      .label = STR("{\"en\":\"Note\",\"de\":\"Notiz\"}"),
      .plural_label = STR("{\"en\":\"Notes\",\"de\":\"Notizen\"}"),
      .icon = STR("sticky-note"),
      .attributes = attributes,
      .attribute_count = COUNT_OF(attributes),
      .relationships = relationships,
      .relationship_count = relationship_count,
      .operations = operations,
      .operation_count = COUNT_OF(operations),
      .permissions = permissions,
      .permission_count = COUNT_OF(permissions),
      .gate = &gate,
      .default_sort = STR("-createdAt"),
      .form_element = STR("note-form"),
      .context = self,
      .query = entity_query,
      .get_many = entity_get_many,
      .count = entity_count,
      .create = entity_create,
      .update = entity_update,
      .remove = entity_remove,
      .invoke = entity_invoke,
  };
  return self->registry->add_entity(self->host, &entity, errors);
}

static int32_t add_workflow(instance *self, const parley_error_sink *errors) {
  const parley_step steps[] = {
      {sizeof steps[0], PARLEY_STEP_INITIAL, STR("open"), STR("{\"en\":\"Open\",\"de\":\"Offen\"}")},
      {sizeof steps[0], PARLEY_STEP_FINAL, STR("done"), STR("{\"en\":\"Done\",\"de\":\"Erledigt\"}")},
  };
  const parley_transition transition = {
      sizeof transition, 0, STR("finish"), STR("{\"en\":\"Finish\",\"de\":\"Erledigen\"}"),
      &steps[0].name,    1, STR("done")};
  const parley_gate gate = {.size = sizeof gate,
                            .setting = STR("notes.enabled"),
                            .permission_subject = STR("note_flow"),
                            .permission = STR("perform")};
  const parley_workflow workflow = {
      .size = sizeof workflow,
      .flags = PARLEY_WORKFLOW_SYSTEM | PARLEY_WORKFLOW_ACTIVE_BY_DEFAULT,
      .step_size = sizeof steps[0],
      .transition_size = sizeof transition,
      .applications = PARLEY_APPLICATION_BACKOFFICE,
      .name = STR("note_flow"),
      .label = STR("{\"en\":\"Note Workflow\",\"de\":\"Ablauf der Notizen\"}"),
      .entity = STR("notes"),
      .steps = steps,
      .step_count = COUNT_OF(steps),
      .transitions = &transition,
      .transition_count = 1,
      .gate = &gate,
      .configure_permission = STR("configure"),
      .context = self,
      .available = workflow_available,
      .perform = workflow_perform,
      .is_active = workflow_is_active,
      .set_active = workflow_set_active,
  };
  return self->registry->add_workflow(self->host, &workflow, errors);
}

/* The panel and the action that stand on the host's records. */
static int32_t add_to_records(instance *self, const parley_error_sink *errors) {
  const parley_gate view = gate_of("view");
  const parley_gate create = gate_of("create");
  const parley_panel panel = {
      .size = sizeof panel,
      .application = PARLEY_APPLICATION_BACKOFFICE,
      .name = STR("notes"),
      .title = STR("{\"en\":\"Notes\",\"de\":\"Notizen\"}"),
      .icon = STR("sticky-note"),
      .element = STR("note-panel"),
      .entity = STR("notes"),
      .record_types = self->records.items,
      .record_type_count = self->records.count,
      .gate = &view,
      .context = self,
      .page = panel_page,
      .count = panel_count,
  };
  const parley_record_action action = {
      .size = sizeof action,
      .application = PARLEY_APPLICATION_BACKOFFICE,
      .placement = PARLEY_PLACEMENT_MENU,
      .order = 50,
      .name = STR("add-note"),
      .label = STR("{\"en\":\"Add Note\",\"de\":\"Notiz anlegen\"}"),
      .icon = STR("sticky-note"),
      .element = STR("note-form"),
      .record_types = self->records.items,
      .record_type_count = self->records.count,
      .gate = &create,
  };
  const int32_t status = self->registry->add_panel(self->host, &panel, errors);
  return status == PARLEY_OK ? self->registry->add_record_action(self->host, &action, errors) : status;
}

static int32_t add_page(instance *self, const parley_error_sink *errors) {
  const parley_gate view = gate_of("view");
  const parley_gate create = gate_of("create");
  const parley_header_action action = {sizeof action,    0,      STR("new"), STR("{\"en\":\"Create Note\"}"),
                                       STR("note-form"), &create};
  const parley_page page = {
      .size = sizeof page,
      .application = PARLEY_APPLICATION_BACKOFFICE,
      .action_size = sizeof action,
      .name = STR("notes"),
      .title = STR("{\"en\":\"Notes\",\"de\":\"Notizen\"}"),
      .entity = STR("notes"),
      .actions = &action,
      .action_count = 1,
      .gate = &view,
  };
  parley_page pinned = page;
  pinned.name = parley_str_of("pinned-notes");
  pinned.title = parley_str_of("{\"en\":\"Pinned Notes\",\"de\":\"Angeheftete Notizen\"}");
  pinned.query = parley_str_of("filter[pinned]=true");
  const parley_menu_item item = {
      .size = sizeof item,
      .order = 50,
      .slot = STR(PARLEY_SLOT_BACKOFFICE_ACTIVITIES),
      .name = STR("notes"),
      .label = STR("{\"en\":\"Notes\",\"de\":\"Notizen\"}"),
      .icon = STR("sticky-note"),
      .page = STR("notes"),
      .gate = &view,
  };
  parley_menu_item pinned_item = item;
  pinned_item.slot = parley_str_of(PARLEY_SLOT_BACKOFFICE_USER);
  pinned_item.name = pinned.name;
  pinned_item.label = pinned.title;
  pinned_item.page = pinned.name;
  const parley_indicator indicator = {
      .size = sizeof indicator,
      .application = PARLEY_APPLICATION_BACKOFFICE,
      .order = 50,
      .name = STR("pinned-notes"),
      .label = STR("{\"en\":\"Pinned notes\",\"de\":\"Angeheftete Notizen\"}"),
      .element = STR("note-indicator"),
      .gate = &view,
  };
  int32_t status = self->registry->add_page(self->host, &page, errors);
  if (status == PARLEY_OK) {
    status = self->registry->add_page(self->host, &pinned, errors);
  }
  if (status == PARLEY_OK) {
    status = self->registry->add_menu_item(self->host, &item, errors);
  }
  if (status == PARLEY_OK) {
    status = self->registry->add_menu_item(self->host, &pinned_item, errors);
  }
  return status == PARLEY_OK ? self->registry->add_indicator(self->host, &indicator, errors) : status;
}

int32_t register_all(instance *self, const parley_error_sink *errors) {
  int32_t status = add_setting(self, errors);
  if (status == PARLEY_OK) {
    status = add_permissions(self, errors);
  }
  if (status == PARLEY_OK) {
    status = add_entity(self, errors);
  }
  if (status == PARLEY_OK) {
    status = add_workflow(self, errors);
  }
  if (status == PARLEY_OK && self->records.count > 0) {
    status = add_to_records(self, errors);
  }
  return status == PARLEY_OK ? add_page(self, errors) : status;
}
