#include "c_host.h"

#include <ctype.h>
#include <parley/ext/access.h>
#include <parley/ext/clock.h>
#include <parley/ext/log.h>
#include <parley/ext/records.h>
#include <stdio.h>
#include <stdlib.h>
#include <threads.h>
#include <time.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define RULES_MAX 64
#define NOW INT64_C(1769846400000000)

/* --- data ------------------------------------------------------------------------------------------------------ */

/* One record of any type. Empty: none. */
typedef struct row {
  const char *type;
  const char *id;
  char title[64];
  const char *owner;
  const char *unit;
  const char *customer;
  const char *customer_user;
  int deleted;
} row;

static const row first_rows[] = {
    {"users", "1", "John Doe", "1", "1", "", "", 0},
    {"users", "2", "Charlie Stone", "2", "2", "", "", 0},
    {"users", "3", "Dana Reyes", "3", "3", "", "", 0},
    {"customers", "1", "Acme Industries", "2", "2", "1", "", 0},
    {"customers", "2", "Globex", "3", "3", "2", "", 0},
    {"customerusers", "1", "Amanda Cole", "2", "2", "1", "1", 0},
    {"customerusers", "2", "Brian Lee", "2", "2", "1", "2", 0},
    {"customerusers", "3", "Nora Falk", "3", "3", "2", "3", 0},
    {"orders", "1", "ORD-1001", "2", "2", "1", "1", 0},
    {"orders", "2", "ORD-1002", "2", "2", "1", "2", 0},
    {"orders", "3", "ORD-1003", "3", "3", "2", "3", 0},
};

/* A kind of records, registered as an entity. */
typedef struct kind {
  const char *type;
  const char *label;
  const char *plural_label;
  const char *word; /* before a title where the kind is not clear */
  const char *attribute;
  uint32_t traits;
} kind;

static const kind kinds[] = {
    {"users", "{\"en\":\"User\"}", "{\"en\":\"Users\"}", "", "name", PARLEY_TRAIT_RECORD | PARLEY_TRAIT_USER},
    {"customers", "{\"en\":\"Customer\"}", "{\"en\":\"Customers\"}", "", "name", PARLEY_TRAIT_CUSTOMER},
    {"customerusers", "{\"en\":\"Customer User\"}", "{\"en\":\"Customer Users\"}", "", "name",
     PARLEY_TRAIT_RECORD | PARLEY_TRAIT_CUSTOMER_USER},
    {"orders", "{\"en\":\"Order\"}", "{\"en\":\"Orders\"}", "Order ", "number", PARLEY_TRAIT_RECORD},
};

/* What an actor may do; the last rule that fits counts. NULL fits all. */
typedef struct rule {
  char *actor_type;
  char *actor_id;
  char *subject;
  char *permission;
  uint32_t level;
} rule;

/* One registered kind: `self` of its operations. */
typedef struct entity_of_kind {
  c_host *host;
  const kind *kind;
} entity_of_kind;

/* Bytes that grow; terminated. */
typedef struct text {
  char *data;
  size_t size;
} text;

struct c_host {
  parley_runtime *runtime;
  const c_host_table *tables;
  size_t table_count;
  entity_of_kind entities[COUNT_OF(kinds)];
  mtx_t mutex; /* guards what follows; never held while a plugin or a sink is called */
  row rows[COUNT_OF(first_rows)];
  rule rules[RULES_MAX];
  size_t rule_count;
  int64_t now;
  text log;
};

static int text_add(text *self, const void *bytes, size_t size) {
  char *data = realloc(self->data, self->size + size + 1);
  if (data == NULL) {
    return 0;
  }
  if (size > 0) {
    memcpy(data + self->size, bytes, size);
  }
  self->data = data;
  self->size += size;
  data[self->size] = '\0';
  return 1;
}

static int text_say(text *self, const char *words) {
  return text_add(self, words, strlen(words));
}

static char *copy_of(const char *words) {
  text copy = {NULL, 0};
  return words != NULL && text_say(&copy, words) ? copy.data : NULL;
}

static char *copy_of_str(const parley_str *words) {
  text copy = {NULL, 0};
  return text_add(&copy, words->data, words->size) ? copy.data : NULL;
}

static int is(const parley_str *words, const char *expected) {
  const parley_str other = parley_str_of(expected);
  return parley_str_equal(words, &other) == 1;
}

c_host *c_host_of(const parley_host *host) {
  return host->data;
}

/* Copies of rows leave the lock, never pointers into the array. */
static int find_row(c_host *self, const parley_ref *ref, row *found) {
  int result = 0;
  mtx_lock(&self->mutex);
  for (size_t i = 0; i < COUNT_OF(self->rows) && !result; ++i) {
    const row *candidate = &self->rows[i];
    if (!candidate->deleted && is(&ref->type, candidate->type) && is(&ref->id, candidate->id)) {
      *found = *candidate;
      result = 1;
    }
  }
  mtx_unlock(&self->mutex);
  return result;
}

static int row_at(c_host *self, size_t index, row *found) {
  mtx_lock(&self->mutex);
  *found = self->rows[index];
  mtx_unlock(&self->mutex);
  return !found->deleted;
}

static int contains(const char *words, const parley_str *part) {
  for (size_t start = 0; start + part->size <= strlen(words); ++start) {
    size_t same = 0;
    while (same < part->size &&
           tolower((unsigned char)words[start + same]) == tolower((unsigned char)part->data[same])) {
      ++same;
    }
    if (same == part->size) {
      return 1;
    }
  }
  return 0;
}

/* --- parley.access/1 ------------------------------------------------------------------------------------------- */

static int fits(const char *rule_part, const parley_str *asked) {
  return rule_part == NULL || is(asked, rule_part);
}

static uint32_t level_of(c_host *self, const parley_call *call, const parley_scope_request *request) {
  uint32_t level = PARLEY_LEVEL_USER;
  if (is(&call->actor.type, PARLEY_ACTOR_SYSTEM)) {
    return PARLEY_LEVEL_GLOBAL;
  }
  if (call->application == PARLEY_APPLICATION_BACKOFFICE) {
    level = PARLEY_LEVEL_GLOBAL;
  }
  mtx_lock(&self->mutex);
  for (size_t i = 0; i < self->rule_count; ++i) {
    const rule *each = &self->rules[i];
    if (fits(each->actor_type, &call->actor.type) && fits(each->actor_id, &call->actor.id) &&
        fits(each->subject, &request->subject) && fits(each->permission, &request->permission)) {
      level = each->level;
    }
  }
  mtx_unlock(&self->mutex);
  return level;
}

/* Units form a line: 1 above 2 above 3. Customers have no subsidiaries. */
static int32_t PARLEY_ABI access_scopes(const parley_host *host, const parley_call *call,
                                        const parley_scope_request *requests, size_t request_count,
                                        uint32_t request_size, const parley_scope_sink *result,
                                        const parley_error_sink *errors) {
  static const char *const units[] = {"1", "2", "3"};
  c_host *self = c_host_of(host);
  (void)errors;
  parley_str reached[COUNT_OF(units)];
  const parley_call *asking = call;
  for (size_t i = 0; i < request_count; ++i) {
    const parley_scope_request *request = PARLEY_AT(parley_scope_request, requests, request_size, i);
    const int named = PARLEY_HAS(request, parley_scope_request, listener) && request->listener != NULL;
    call = named ? request->listener : asking;
    row actor;
    memset(&actor, 0, sizeof actor);
    actor.unit = "";
    actor.customer = "";
    find_row(self, &call->actor, &actor);
    const parley_str customer = parley_str_of(actor.customer);
    parley_scope scope;
    memset(&scope, 0, sizeof scope);
    scope.size = sizeof scope;
    scope.version = 1;
    scope.level = level_of(self, call, request);
    if (call->application == PARLEY_APPLICATION_STOREFRONT && customer.size > 0) {
      scope.customer.type = parley_str_of("customers");
      scope.customer.id = customer;
    }
    if (scope.level == PARLEY_LEVEL_UNIT || scope.level == PARLEY_LEVEL_DIVISION) {
      for (size_t k = 0; k < COUNT_OF(units) && call->application == PARLEY_APPLICATION_BACKOFFICE; ++k) {
        const int order = strcmp(units[k], actor.unit);
        if (order == 0 || (order > 0 && scope.level == PARLEY_LEVEL_DIVISION)) {
          reached[scope.unit_count++] = parley_str_of(units[k]);
        }
      }
      scope.units = reached;
      scope.customers = &customer;
      scope.customer_count = call->application == PARLEY_APPLICATION_STOREFRONT && customer.size > 0 ? 1u : 0u;
    }
    if (result->put(result, i, &scope) != PARLEY_OK) {
      return PARLEY_SINK_REFUSED;
    }
  }
  return PARLEY_OK;
}

/* The back office sees all; the storefront what belongs to the actor's customer. */
static int may_see(c_host *self, const parley_call *call, const row *subject) {
  row actor;
  if (call->application == PARLEY_APPLICATION_BACKOFFICE) {
    return 1;
  }
  return find_row(self, &call->actor, &actor) && subject->customer[0] != '\0' &&
         strcmp(actor.customer, subject->customer) == 0;
}

static int32_t PARLEY_ABI access_visible(const parley_host *host, const parley_call *call, const parley_ref *refs,
                                         size_t ref_count, uint8_t *visible, const parley_error_sink *errors) {
  (void)errors;
  for (size_t i = 0; i < ref_count; ++i) {
    row found;
    visible[i] = find_row(c_host_of(host), &refs[i], &found) && may_see(c_host_of(host), call, &found) ? 1u : 0u;
  }
  return PARLEY_OK;
}

static const parley_access access_table = {sizeof access_table, PARLEY_ACCESS_LISTENERS, access_scopes, access_visible};

/* --- parley.records/1 ------------------------------------------------------------------------------------------ */

static parley_ref ref_of(const char *type, const char *id) {
  const parley_ref none = {{NULL, 0}, {NULL, 0}};
  const parley_ref ref = {parley_str_of(type), parley_str_of(id)};
  return id[0] != '\0' ? ref : none;
}

static const kind *kind_of(const char *type) {
  for (size_t i = 0; i < COUNT_OF(kinds); ++i) {
    if (strcmp(kinds[i].type, type) == 0) {
      return &kinds[i];
    }
  }
  return NULL;
}

static int32_t put_record(const row *found, const parley_record_sink *result) {
  const kind *about = kind_of(found->type);
  char full_title[96];
  snprintf(full_title, sizeof full_title, "%s%s", about->word, found->title);
  parley_record record;
  memset(&record, 0, sizeof record);
  record.size = sizeof record;
  record.flags = PARLEY_RECORD_EXISTS;
  record.flags |= (about->traits & PARLEY_TRAIT_RECORD) != 0 ? PARLEY_RECORD_HAS_PAGE : 0u;
  record.ref = ref_of(found->type, found->id);
  record.title = parley_str_of(found->title);
  record.full_title = parley_str_of(full_title);
  record.owner = ref_of("users", found->owner);
  record.unit = ref_of("businessunits", found->unit);
  record.customer = ref_of("customers", found->customer);
  record.customer_user = ref_of("customerusers", found->customer_user);
  return result->put(result, &record) == PARLEY_OK ? PARLEY_OK : PARLEY_SINK_REFUSED;
}

static int32_t PARLEY_ABI records_resolve(const parley_host *host, const parley_call *call, const parley_ref *refs,
                                          size_t ref_count, const parley_record_sink *result,
                                          const parley_error_sink *errors) {
  int32_t status = PARLEY_OK;
  (void)call;
  (void)errors;
  for (size_t i = 0; i < ref_count && status == PARLEY_OK; ++i) {
    row found;
    if (find_row(c_host_of(host), &refs[i], &found)) {
      status = put_record(&found, result);
    } else {
      parley_record record;
      memset(&record, 0, sizeof record);
      record.size = sizeof record;
      record.ref = refs[i];
      status = result->put(result, &record) == PARLEY_OK ? PARLEY_OK : PARLEY_SINK_REFUSED;
    }
  }
  return status;
}

static int32_t PARLEY_ABI records_search(const parley_host *host, const parley_call *call,
                                         const parley_record_search *search, const parley_record_sink *result,
                                         const parley_error_sink *errors) {
  c_host *self = c_host_of(host);
  uint32_t found_count = 0;
  int32_t status = PARLEY_OK;
  (void)errors;
  for (size_t i = 0; i < COUNT_OF(first_rows) && found_count < search->limit && status == PARLEY_OK; ++i) {
    row found;
    int wanted = 0;
    const int exists = row_at(self, i, &found);
    for (size_t k = 0; k < search->type_count; ++k) {
      wanted = wanted || is(&search->types[k], found.type);
    }
    if (exists && wanted && contains(found.title, &search->text) && may_see(self, call, &found)) {
      status = put_record(&found, result);
      ++found_count;
    }
  }
  return status;
}

static const parley_records records_table = {sizeof records_table, 0, records_resolve, records_search};

/* --- parley.clock/1, parley.log/1 ------------------------------------------------------------------------------ */

static int64_t PARLEY_ABI clock_now(const parley_host *host) {
  c_host *self = c_host_of(host);
  mtx_lock(&self->mutex);
  const int64_t now = self->now;
  mtx_unlock(&self->mutex);
  return now;
}

static const parley_clock clock_table = {sizeof clock_table, 0, clock_now};

static void PARLEY_ABI log_write(const parley_host *host, const parley_call *call, const parley_log_record *record) {
  c_host *self = c_host_of(host);
  (void)call;
  mtx_lock(&self->mutex);
  text_add(&self->log, record->event.data, record->event.size);
  text_say(&self->log, ": ");
  text_add(&self->log, record->message.data, record->message.size);
  if (record->fields.size > 0) {
    text_say(&self->log, " ");
    text_add(&self->log, record->fields.data, record->fields.size);
  }
  text_say(&self->log, "\n");
  mtx_unlock(&self->mutex);
}

static uint32_t PARLEY_ABI log_level(const parley_host *host) {
  (void)host;
  return PARLEY_LOG_INFO;
}

static const parley_log log_table = {sizeof log_table, 0, log_write, log_level};

static const void *PARLEY_ABI host_get_extension(const parley_host *host, const parley_str *id) {
  const struct {
    const char *id;
    const void *table;
  } own[] = {{PARLEY_ACCESS_ID, &access_table},
             {PARLEY_RECORDS_ID, &records_table},
             {PARLEY_CLOCK_ID, &clock_table},
             {PARLEY_LOG_ID, &log_table}};
  const c_host *self = c_host_of(host);
  for (size_t i = 0; i < self->table_count; ++i) {
    if (is(id, self->tables[i].id)) {
      return self->tables[i].table;
    }
  }
  for (size_t i = 0; i < COUNT_OF(own); ++i) {
    if (is(id, own[i].id)) {
      return own[i].table;
    }
  }
  return NULL;
}

/* --- entities -------------------------------------------------------------------------------------------------- */

static void add_linkage(text *json, const char *name, const char *type, const char *id, const char *comma) {
  text_say(json, comma);
  text_say(json, "\"");
  text_say(json, name);
  if (id[0] == '\0') {
    text_say(json, "\":{\"data\":null}");
    return;
  }
  text_say(json, "\":{\"data\":{\"type\":\"");
  text_say(json, type);
  text_say(json, "\",\"id\":\"");
  text_say(json, id);
  text_say(json, "\"}}");
}

/* Titles and ids of this host need no escapes. */
static int32_t put_document(const kind *about, const row *found, const parley_result_sink *result) {
  const parley_ref owner = ref_of("users", found->owner);
  const parley_ref customer = ref_of("customers", found->customer);
  const parley_related related[] = {
      {sizeof related[0], 0, parley_str_of("owner"), &owner, owner.id.size > 0 ? 1u : 0u},
      {sizeof related[0], 0, parley_str_of("customer"), &customer, customer.id.size > 0 ? 1u : 0u},
  };
  text json = {NULL, 0};
  text_say(&json, "{\"type\":\"");
  text_say(&json, found->type);
  text_say(&json, "\",\"id\":\"");
  text_say(&json, found->id);
  text_say(&json, "\",\"attributes\":{\"");
  text_say(&json, about->attribute);
  text_say(&json, "\":\"");
  text_say(&json, found->title);
  text_say(&json, "\"},\"relationships\":{");
  add_linkage(&json, "owner", "users", found->owner, "");
  add_linkage(&json, "customer", "customers", found->customer, ",");
  text_say(&json, "},\"meta\":{\"can\":{}}}");
  parley_document document;
  memset(&document, 0, sizeof document);
  document.size = sizeof document;
  document.related_size = sizeof related[0];
  document.ref = ref_of(found->type, found->id);
  document.json.data = json.data;
  document.json.size = json.size;
  document.cursor = document.ref.id;
  document.related = related;
  document.related_count = COUNT_OF(related);
  const int32_t status = result->document(result, &document) == PARLEY_OK ? PARLEY_OK : PARLEY_SINK_REFUSED;
  free(json.data);
  return status;
}

static int matches(const row *candidate, const parley_query *query) {
  for (size_t i = 0; i < query->filter_count; ++i) {
    const parley_filter *filter = PARLEY_AT(parley_filter, query->filters, query->filter_size, i);
    int found = 0;
    for (size_t k = 0; k < filter->value_count; ++k) {
      found = found || (filter->operation == PARLEY_FILTER_EQUAL ? is(&filter->values[k], candidate->title)
                                                                 : contains(candidate->title, &filter->values[k]));
    }
    if (!found) {
      return 0;
    }
  }
  return 1;
}

/* In order of id. Cursors are ids; lists here are never longer than a page. */
static int32_t PARLEY_ABI entity_query(void *self, const parley_call *call, const parley_query *query,
                                       const parley_result_sink *result, const parley_error_sink *errors) {
  const entity_of_kind *entity = self;
  parley_page_info page = {sizeof page, PARLEY_PAGE_HAS_TOTAL, 0};
  (void)errors;
  for (size_t i = 0; i < COUNT_OF(first_rows); ++i) {
    row found;
    if (!row_at(entity->host, i, &found) || strcmp(found.type, entity->kind->type) != 0 || !matches(&found, query) ||
        !may_see(entity->host, call, &found)) {
      continue;
    }
    if (++page.total > query->page_size) {
      page.flags |= PARLEY_PAGE_HAS_NEXT;
    } else if (put_document(entity->kind, &found, result) != PARLEY_OK) {
      return PARLEY_SINK_REFUSED;
    }
  }
  return result->page(result, &page) == PARLEY_OK ? PARLEY_OK : PARLEY_SINK_REFUSED;
}

static int32_t PARLEY_ABI entity_get_many(void *self, const parley_call *call, const parley_get *get,
                                          const parley_result_sink *result, const parley_error_sink *errors) {
  const entity_of_kind *entity = self;
  (void)errors;
  for (size_t i = 0; i < get->id_count; ++i) {
    const parley_ref ref = {parley_str_of(entity->kind->type), get->ids[i]};
    row found;
    if (find_row(entity->host, &ref, &found) && may_see(entity->host, call, &found) &&
        put_document(entity->kind, &found, result) != PARLEY_OK) {
      return PARLEY_SINK_REFUSED;
    }
  }
  return PARLEY_OK;
}

static int32_t add_entity(entity_of_kind *entity, const parley_host *host, const parley_registry *registry,
                          const parley_error_sink *errors) {
  const uint32_t both = PARLEY_APPLICATION_BACKOFFICE | PARLEY_APPLICATION_STOREFRONT;
  const kind *about = entity->kind;
  const parley_attribute attribute = {sizeof attribute,
                                      PARLEY_TYPE_STRING,
                                      PARLEY_FIELD_FILTER | PARLEY_FIELD_GRID | PARLEY_FIELD_TITLE,
                                      both,
                                      parley_str_of(about->attribute),
                                      parley_str_of("{\"en\":\"Name\"}"),
                                      0,
                                      0};
  const parley_str users = parley_str_of("users");
  const parley_str customers = parley_str_of("customers");
  const parley_str none = parley_str_of("");
  const parley_relationship relationships[] = {
      {sizeof relationships[0], 0, both, 0, parley_str_of("owner"), parley_str_of("{\"en\":\"Owner\"}"), &users, 1,
       none},
      {sizeof relationships[0], 0, both, 0, parley_str_of("customer"), parley_str_of("{\"en\":\"Customer\"}"),
       &customers, 1, none},
  };
  parley_entity descriptor;
  memset(&descriptor, 0, sizeof descriptor);
  descriptor.size = sizeof descriptor;
  descriptor.traits = about->traits;
  descriptor.backoffice_actions = PARLEY_ACTION_LIST | PARLEY_ACTION_GET;
  descriptor.storefront_actions = PARLEY_ACTION_LIST | PARLEY_ACTION_GET;
  descriptor.attribute_size = sizeof attribute;
  descriptor.relationship_size = sizeof relationships[0];
  descriptor.operation_size = sizeof(parley_operation);
  descriptor.type = parley_str_of(about->type);
  descriptor.label = parley_str_of(about->label);
  descriptor.plural_label = parley_str_of(about->plural_label);
  descriptor.attributes = &attribute;
  descriptor.attribute_count = 1;
  descriptor.relationships = relationships;
  descriptor.relationship_count = COUNT_OF(relationships);
  descriptor.context = entity;
  descriptor.query = entity_query;
  descriptor.get_many = entity_get_many;
  return registry->add_entity(host, &descriptor, errors);
}

static int32_t PARLEY_ABI register_own(void *context, const parley_host *host, const parley_registry *registry,
                                       const parley_error_sink *errors) {
  c_host *self = context;
  int32_t status = PARLEY_OK;
  for (size_t i = 0; i < COUNT_OF(kinds) && status == PARLEY_OK; ++i) {
    status = add_entity(&self->entities[i], host, registry, errors);
  }
  return status;
}

/* --- life ------------------------------------------------------------------------------------------------------ */

int32_t c_host_create(const char *settings, const c_host_table *tables, size_t table_count, c_host **host,
                      const parley_error_sink *errors) {
  c_host *self = calloc(1, sizeof *self);
  if (self == NULL || mtx_init(&self->mutex, mtx_plain) != thrd_success) {
    free(self);
    return PARLEY_INTERNAL;
  }
  self->tables = tables;
  self->table_count = table_count;
  self->now = NOW;
  memcpy(self->rows, first_rows, sizeof first_rows);
  for (size_t i = 0; i < COUNT_OF(kinds); ++i) {
    self->entities[i].host = self;
    self->entities[i].kind = &kinds[i];
  }
  parley_runtime_options options;
  memset(&options, 0, sizeof options);
  options.size = sizeof options;
  options.name = parley_str_of("C host");
  options.version = parley_str_of("1.0");
  options.settings = parley_str_of(settings);
  options.context = self;
  options.get_extension = host_get_extension;
  int32_t status = parley_runtime_create(&options, &self->runtime, errors);
  if (status == PARLEY_OK) {
    status = parley_runtime_register(self->runtime, register_own, self, errors);
  }
  if (status == PARLEY_OK) {
    *host = self;
  } else {
    c_host_destroy(self);
  }
  return status;
}

void c_host_destroy(c_host *self) {
  if (self == NULL) {
    return;
  }
  parley_runtime_destroy(self->runtime);
  for (size_t i = 0; i < self->rule_count; ++i) {
    free(self->rules[i].actor_type);
    free(self->rules[i].actor_id);
    free(self->rules[i].subject);
    free(self->rules[i].permission);
  }
  free(self->log.data);
  mtx_destroy(&self->mutex);
  free(self);
}

parley_runtime *c_host_runtime(c_host *self) {
  return self->runtime;
}

void c_host_set_time(c_host *self, int64_t microseconds) {
  mtx_lock(&self->mutex);
  self->now = microseconds;
  mtx_unlock(&self->mutex);
}

void c_host_grant(c_host *self, const char *actor_type, const char *actor_id, const char *subject,
                  const char *permission, uint32_t level) {
  mtx_lock(&self->mutex);
  if (self->rule_count < RULES_MAX) {
    rule *fresh = &self->rules[self->rule_count++];
    fresh->actor_type = copy_of(actor_type);
    fresh->actor_id = copy_of(actor_id);
    fresh->subject = copy_of(subject);
    fresh->permission = copy_of(permission);
    fresh->level = level;
  }
  mtx_unlock(&self->mutex);
}

/* title NULL: deletes. */
static void set_title(c_host *self, const char *type, const char *id, const char *title) {
  mtx_lock(&self->mutex);
  for (size_t i = 0; i < COUNT_OF(self->rows); ++i) {
    row *candidate = &self->rows[i];
    if (strcmp(candidate->type, type) == 0 && strcmp(candidate->id, id) == 0) {
      candidate->deleted = title == NULL;
      snprintf(candidate->title, sizeof candidate->title, "%s", title != NULL ? title : "");
    }
  }
  mtx_unlock(&self->mutex);
}

/* The change is over, and the lock free, when the plugins hear of it. */
static int32_t change_row(c_host *self, const char *type, const char *id, const char *title) {
  set_title(self, type, id, title);
  const parley_host_event event = {
      sizeof event, title != NULL ? PARLEY_HAPPENED_RECORD_CHANGED : PARLEY_HAPPENED_RECORD_DELETED, ref_of(type, id)};
  parley_call call;
  c_host_call(self, "users", "1", &call);
  return parley_runtime_notify(self->runtime, &call, &event, 1, sizeof event, NULL);
}

int32_t c_host_rename(c_host *self, const char *type, const char *id, const char *title) {
  return change_row(self, type, id, title);
}

int32_t c_host_delete(c_host *self, const char *type, const char *id) {
  return change_row(self, type, id, NULL);
}

void c_host_lose(c_host *self, const char *type, const char *id) {
  set_title(self, type, id, NULL);
}

/* --- jobs ------------------------------------------------------------------------------------------------------ */

#define JOBS_MAX 32

/* What has to be run: copies, since what a sink is given is gone when it returns. */
typedef struct job_list {
  char *plugins[JOBS_MAX];
  char *names[JOBS_MAX];
  size_t count;
} job_list;

static int32_t PARLEY_ABI keep_job(const parley_runtime_job_sink *sink, const parley_runtime_job *job) {
  job_list *list = sink->context;
  if (list->count == JOBS_MAX) {
    return PARLEY_INTERNAL;
  }
  list->plugins[list->count] = copy_of_str(&job->plugin);
  list->names[list->count] = copy_of_str(&job->name);
  ++list->count;
  return PARLEY_OK;
}

static int64_t clock_us(void) {
  struct timespec now = {0, 0};
  timespec_get(&now, TIME_UTC);
  return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int32_t c_host_run_job(c_host *self, const char *plugin, const char *job, int seconds, uint32_t *more,
                       const parley_error_sink *errors) {
  const parley_str plugin_name = parley_str_of(plugin);
  const parley_str job_name = parley_str_of(job);
  const int64_t end = clock_us() + (int64_t)seconds * 1000000;
  parley_call call;
  int32_t status = PARLEY_OK;
  c_host_call(self, PARLEY_ACTOR_SYSTEM, "", &call);
  call.application = PARLEY_APPLICATION_BACKOFFICE;
  do {
    call.time_left_us = end - clock_us();
    status = parley_runtime_run_job(self->runtime, &call, &plugin_name, &job_name, more, errors);
  } while (status == PARLEY_OK && *more != 0 && clock_us() < end);
  return status;
}

int32_t c_host_run_jobs(c_host *self, int seconds, const parley_error_sink *errors) {
  job_list jobs = {{NULL}, {NULL}, 0};
  const parley_runtime_job_sink sink = {sizeof sink, 0, &jobs, keep_job};
  int32_t status = parley_runtime_jobs(self->runtime, &sink);
  for (size_t i = 0; i < jobs.count; ++i) {
    uint32_t more = 0;
    const int32_t run = c_host_run_job(self, jobs.plugins[i], jobs.names[i], seconds, &more, errors);
    status = status == PARLEY_OK ? run : status;
    free(jobs.plugins[i]);
    free(jobs.names[i]);
  }
  return status;
}

char *c_host_log(c_host *self) {
  mtx_lock(&self->mutex);
  char *copy = copy_of(self->log.data != NULL ? self->log.data : "");
  mtx_unlock(&self->mutex);
  return copy;
}

/* --- requests -------------------------------------------------------------------------------------------------- */

void c_host_call(c_host *self, const char *actor_type, const char *actor_id, parley_call *call) {
  memset(call, 0, sizeof *call);
  call->size = sizeof *call;
  call->application = strcmp(actor_type, "users") == 0 ? PARLEY_APPLICATION_BACKOFFICE : PARLEY_APPLICATION_STOREFRONT;
  call->time_left_us = PARLEY_NO_DEADLINE;
  call->actor.type = parley_str_of(actor_type);
  call->actor.id = parley_str_of(actor_id);
  call->locale = parley_str_of("en");
  call->time_zone = parley_str_of("UTC");
  call->request_id = parley_str_of("c-host");
  call->host_context = self;
}

/* A response while it comes in. */
typedef struct incoming {
  c_host_response *response;
  text body;
} incoming;

static int is_header(const parley_http_header *header, const char *name) {
  if (header->name.size != strlen(name)) {
    return 0;
  }
  for (size_t i = 0; i < header->name.size; ++i) {
    if (tolower((unsigned char)header->name.data[i]) != tolower((unsigned char)name[i])) {
      return 0;
    }
  }
  return 1;
}

static int32_t PARLEY_ABI response_begin(const parley_http_sink *sink, uint32_t status,
                                         const parley_http_header *headers, size_t header_count) {
  c_host_response *response = ((incoming *)sink->context)->response;
  response->status = status;
  for (size_t i = 0; i < header_count; ++i) {
    char **kept = is_header(&headers[i], "content-type") ? &response->content_type
                  : is_header(&headers[i], "location")   ? &response->location
                  : is_header(&headers[i], "etag")       ? &response->etag
                                                         : NULL;
    if (kept != NULL) {
      free(*kept);
      *kept = copy_of_str(&headers[i].value);
    }
  }
  return PARLEY_OK;
}

static int32_t PARLEY_ABI response_write(const parley_http_sink *sink, const void *bytes, size_t size) {
  return text_add(&((incoming *)sink->context)->body, bytes, size) ? PARLEY_OK : PARLEY_INTERNAL;
}

int32_t c_host_request(c_host *self, const parley_call *call, const char *method, const char *target, const char *body,
                       const char *if_match, c_host_response *response) {
  const char *question = strchr(target, '?');
  const parley_http_header headers[] = {
      {parley_str_of("Accept"), parley_str_of("application/vnd.api+json")},
      {parley_str_of("Content-Type"), parley_str_of("application/vnd.api+json")},
      {parley_str_of("If-Match"), parley_str_of(if_match)},
  };
  parley_http_request request;
  memset(&request, 0, sizeof request);
  request.size = sizeof request;
  request.method = parley_str_of(method);
  request.base = parley_str_of(call->application == PARLEY_APPLICATION_BACKOFFICE ? "/admin/api" : "/api");
  request.path = parley_str_of(target);
  if (question != NULL) {
    request.path.size = (size_t)(question - target);
    request.query = parley_str_of(question + 1);
  }
  request.headers = headers;
  request.header_count = if_match != NULL ? 3 : 2;
  request.body = parley_str_of(body);
  memset(response, 0, sizeof *response);
  incoming in = {response, {NULL, 0}};
  const parley_http_sink sink = {sizeof sink, 0, &in, response_begin, response_write};
  const int32_t status = parley_http_handle(self->runtime, call, &request, &sink);
  response->body = in.body.data != NULL ? in.body.data : copy_of("");
  response->body_size = in.body.size;
  return status;
}

void c_host_response_free(c_host_response *response) {
  free(response->content_type);
  free(response->location);
  free(response->etag);
  free(response->body);
  memset(response, 0, sizeof *response);
}
