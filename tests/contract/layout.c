/*
 * The layout of every public struct on 64-bit data models, as numbers. Compiled as C11 and as C++17; nothing runs.
 *
 * What is released never changes here (version.h). A struct that grew gets lines for its new members and a new size; any
 * other change of a number breaks plugins and hosts that exist.
 */
#include <parley/call.h>
#include <parley/entry.h>
#include <parley/ext/access.h>
#include <parley/ext/assets.h>
#include <parley/ext/authority.h>
#include <parley/ext/clock.h>
#include <parley/ext/configure.h>
#include <parley/ext/draft/events.h>
#include <parley/ext/draft/health.h>
#include <parley/ext/draft/metrics.h>
#include <parley/ext/entity.h>
#include <parley/ext/feed.h>
#include <parley/ext/host_events.h>
#include <parley/ext/info.h>
#include <parley/ext/jobs.h>
#include <parley/ext/log.h>
#include <parley/ext/migrations.h>
#include <parley/ext/panel.h>
#include <parley/ext/records.h>
#include <parley/ext/registry.h>
#include <parley/ext/result.h>
#include <parley/ext/settings.h>
#include <parley/ext/surface.h>
#include <parley/ext/workflow.h>
#include <parley/host.h>
#include <parley/plugin.h>
#include <parley/runtime.h>
#include <parley/status.h>
#include <parley/types.h>

#ifdef __cplusplus
#define LAYOUT_ASSERT static_assert
#else
#define LAYOUT_ASSERT _Static_assert
#endif
#define SIZE(type, bytes) LAYOUT_ASSERT(sizeof(type) == (bytes), "size of " #type)
#define AT(type, member, bytes) LAYOUT_ASSERT(offsetof(type, member) == (bytes), #type "::" #member)

LAYOUT_ASSERT(sizeof(void *) == 8 && sizeof(size_t) == 8, "pinned for 64 bits");

/* parley/types.h */
SIZE(parley_str, 16);
AT(parley_str, data, 0);
AT(parley_str, size, 8);

SIZE(parley_ref, 32);
AT(parley_ref, type, 0);
AT(parley_ref, id, 16);

SIZE(parley_sink, 24);
AT(parley_sink, size, 0);
AT(parley_sink, reserved0, 4);
AT(parley_sink, context, 8);
AT(parley_sink, write, 16);

SIZE(parley_str_sink, 24);
AT(parley_str_sink, size, 0);
AT(parley_str_sink, reserved0, 4);
AT(parley_str_sink, context, 8);
AT(parley_str_sink, put, 16);

/* parley/call.h */
SIZE(parley_call, 176);
AT(parley_call, size, 0);
AT(parley_call, application, 4);
AT(parley_call, time_left_us, 8);
AT(parley_call, actor, 16);
AT(parley_call, organization, 48);
AT(parley_call, website, 64);
AT(parley_call, locale, 80);
AT(parley_call, time_zone, 96);
AT(parley_call, request_id, 112);
AT(parley_call, trace_parent, 128);
AT(parley_call, idempotency_key, 144);
AT(parley_call, host_context, 160);
AT(parley_call, cancelled, 168);

/* parley/status.h */
SIZE(parley_error, 88);
AT(parley_error, size, 0);
AT(parley_error, status, 4);
AT(parley_error, code, 8);
AT(parley_error, detail, 24);
AT(parley_error, pointer, 40);
AT(parley_error, parameter, 56);
AT(parley_error, meta, 72);

SIZE(parley_error_sink, 24);
AT(parley_error_sink, size, 0);
AT(parley_error_sink, reserved0, 4);
AT(parley_error_sink, context, 8);
AT(parley_error_sink, report, 16);

/* parley/host.h */
SIZE(parley_host, 64);
AT(parley_host, size, 0);
AT(parley_host, reserved0, 4);
AT(parley_host, abi_major, 8);
AT(parley_host, abi_minor, 12);
AT(parley_host, name, 16);
AT(parley_host, version, 32);
AT(parley_host, data, 48);
AT(parley_host, get_extension, 56);

/* parley/plugin.h */
SIZE(parley_plugin, 48);
AT(parley_plugin, size, 0);
AT(parley_plugin, reserved0, 4);
AT(parley_plugin, data, 8);
AT(parley_plugin, start, 16);
AT(parley_plugin, stop, 24);
AT(parley_plugin, destroy, 32);
AT(parley_plugin, get_extension, 40);

/* parley/entry.h */
SIZE(parley_entry_point, 24);
AT(parley_entry_point, size, 0);
AT(parley_entry_point, abi_major, 4);
AT(parley_entry_point, abi_minor, 8);
AT(parley_entry_point, needs_minor, 12);
AT(parley_entry_point, create, 16);

/* parley/runtime.h */
SIZE(parley_runtime_options, 104);
AT(parley_runtime_options, size, 0);
AT(parley_runtime_options, reserved0, 4);
AT(parley_runtime_options, name, 8);
AT(parley_runtime_options, version, 24);
AT(parley_runtime_options, settings, 40);
AT(parley_runtime_options, context, 56);
AT(parley_runtime_options, get_extension, 64);
AT(parley_runtime_options, security_schemes, 72);
AT(parley_runtime_options, storefront_security_schemes, 88);

SIZE(parley_runtime_job, 64);
AT(parley_runtime_job, size, 0);
AT(parley_runtime_job, reserved0, 4);
AT(parley_runtime_job, plugin, 8);
AT(parley_runtime_job, name, 24);
AT(parley_runtime_job, label, 40);
AT(parley_runtime_job, interval_us, 56);

SIZE(parley_runtime_job_sink, 24);
AT(parley_runtime_job_sink, size, 0);
AT(parley_runtime_job_sink, reserved0, 4);
AT(parley_runtime_job_sink, context, 8);
AT(parley_runtime_job_sink, put, 16);

SIZE(parley_http_header, 32);
AT(parley_http_header, name, 0);
AT(parley_http_header, value, 16);

SIZE(parley_http_request, 104);
AT(parley_http_request, size, 0);
AT(parley_http_request, reserved0, 4);
AT(parley_http_request, method, 8);
AT(parley_http_request, base, 24);
AT(parley_http_request, path, 40);
AT(parley_http_request, query, 56);
AT(parley_http_request, headers, 72);
AT(parley_http_request, header_count, 80);
AT(parley_http_request, body, 88);

SIZE(parley_http_sink, 32);
AT(parley_http_sink, size, 0);
AT(parley_http_sink, reserved0, 4);
AT(parley_http_sink, context, 8);
AT(parley_http_sink, begin, 16);
AT(parley_http_sink, write, 24);

/* parley/ext/access.h */
SIZE(parley_scope_request, 48);
AT(parley_scope_request, size, 0);
AT(parley_scope_request, reserved0, 4);
AT(parley_scope_request, subject, 8);
AT(parley_scope_request, permission, 24);
AT(parley_scope_request, listener, 40);

SIZE(parley_scope, 96);
AT(parley_scope, size, 0);
AT(parley_scope, level, 4);
AT(parley_scope, version, 8);
AT(parley_scope, organization, 16);
AT(parley_scope, units, 32);
AT(parley_scope, unit_count, 40);
AT(parley_scope, customers, 48);
AT(parley_scope, customer_count, 56);
AT(parley_scope, customer, 64);

SIZE(parley_scope_sink, 24);
AT(parley_scope_sink, size, 0);
AT(parley_scope_sink, reserved0, 4);
AT(parley_scope_sink, context, 8);
AT(parley_scope_sink, put, 16);

SIZE(parley_access, 24);
AT(parley_access, size, 0);
AT(parley_access, flags, 4);
AT(parley_access, scopes, 8);
AT(parley_access, visible, 16);

/* parley/ext/assets.h */
SIZE(parley_asset, 72);
AT(parley_asset, size, 0);
AT(parley_asset, kind, 4);
AT(parley_asset, path, 8);
AT(parley_asset, content_type, 24);
AT(parley_asset, etag, 40);
AT(parley_asset, bytes, 56);

SIZE(parley_asset_sink, 24);
AT(parley_asset_sink, size, 0);
AT(parley_asset_sink, reserved0, 4);
AT(parley_asset_sink, context, 8);
AT(parley_asset_sink, put, 16);

SIZE(parley_assets, 16);
AT(parley_assets, size, 0);
AT(parley_assets, reserved0, 4);
AT(parley_assets, list, 8);

/* parley/ext/authority.h */
SIZE(parley_permission, 80);
AT(parley_permission, size, 0);
AT(parley_permission, backoffice_levels, 4);
AT(parley_permission, storefront_levels, 8);
AT(parley_permission, reserved0, 12);
AT(parley_permission, subject, 16);
AT(parley_permission, name, 32);
AT(parley_permission, subject_label, 48);
AT(parley_permission, label, 64);

SIZE(parley_setting, 112);
AT(parley_setting, size, 0);
AT(parley_setting, scopes, 4);
AT(parley_setting, order, 8);
AT(parley_setting, reserved0, 12);
AT(parley_setting, name, 16);
AT(parley_setting, label, 32);
AT(parley_setting, help, 48);
AT(parley_setting, path, 64);
AT(parley_setting, schema, 80);
AT(parley_setting, default_value, 96);

/* parley/ext/clock.h */
SIZE(parley_clock, 16);
AT(parley_clock, size, 0);
AT(parley_clock, reserved0, 4);
AT(parley_clock, now_us, 8);

/* parley/ext/configure.h */
SIZE(parley_configure, 24);
AT(parley_configure, size, 0);
AT(parley_configure, reserved0, 4);
AT(parley_configure, schema, 8);
AT(parley_configure, validate, 16);

/* parley/ext/entity.h */
SIZE(parley_attribute, 56);
AT(parley_attribute, size, 0);
AT(parley_attribute, type, 4);
AT(parley_attribute, flags, 8);
AT(parley_attribute, applications, 12);
AT(parley_attribute, name, 16);
AT(parley_attribute, label, 32);
AT(parley_attribute, filter_operators, 48);
AT(parley_attribute, reserved0, 52);

SIZE(parley_relationship, 80);
AT(parley_relationship, size, 0);
AT(parley_relationship, flags, 4);
AT(parley_relationship, applications, 8);
AT(parley_relationship, filter_operators, 12);
AT(parley_relationship, name, 16);
AT(parley_relationship, label, 32);
AT(parley_relationship, types, 48);
AT(parley_relationship, type_count, 56);
AT(parley_relationship, inverse, 64);

SIZE(parley_filter, 56);
AT(parley_filter, size, 0);
AT(parley_filter, operation, 4);
AT(parley_filter, field, 8);
AT(parley_filter, type, 24);
AT(parley_filter, values, 40);
AT(parley_filter, value_count, 48);

SIZE(parley_sort, 24);
AT(parley_sort, size, 0);
AT(parley_sort, descending, 4);
AT(parley_sort, field, 8);

SIZE(parley_query, 104);
AT(parley_query, size, 0);
AT(parley_query, flags, 4);
AT(parley_query, filter_size, 8);
AT(parley_query, sort_size, 12);
AT(parley_query, filters, 16);
AT(parley_query, filter_count, 24);
AT(parley_query, sorts, 32);
AT(parley_query, sort_count, 40);
AT(parley_query, fields, 48);
AT(parley_query, field_count, 56);
AT(parley_query, after, 64);
AT(parley_query, before, 80);
AT(parley_query, page_size, 96);
AT(parley_query, page_number, 100);

SIZE(parley_get, 40);
AT(parley_get, size, 0);
AT(parley_get, flags, 4);
AT(parley_get, ids, 8);
AT(parley_get, id_count, 16);
AT(parley_get, fields, 24);
AT(parley_get, field_count, 32);

SIZE(parley_write, 48);
AT(parley_write, size, 0);
AT(parley_write, flags, 4);
AT(parley_write, expected_version, 8);
AT(parley_write, id, 16);
AT(parley_write, json, 32);

SIZE(parley_removal, 32);
AT(parley_removal, size, 0);
AT(parley_removal, reserved0, 4);
AT(parley_removal, expected_version, 8);
AT(parley_removal, id, 16);

SIZE(parley_removal_many, 24);
AT(parley_removal_many, size, 0);
AT(parley_removal_many, reserved0, 4);
AT(parley_removal_many, expected_count, 8);
AT(parley_removal_many, query, 16);

SIZE(parley_relationship_change, 64);
AT(parley_relationship_change, size, 0);
AT(parley_relationship_change, change, 4);
AT(parley_relationship_change, expected_version, 8);
AT(parley_relationship_change, id, 16);
AT(parley_relationship_change, relationship, 32);
AT(parley_relationship_change, refs, 48);
AT(parley_relationship_change, ref_count, 56);

SIZE(parley_operation, 80);
AT(parley_operation, size, 0);
AT(parley_operation, target, 4);
AT(parley_operation, flags, 8);
AT(parley_operation, applications, 12);
AT(parley_operation, name, 16);
AT(parley_operation, label, 32);
AT(parley_operation, input_schema, 48);
AT(parley_operation, output_schema, 64);

SIZE(parley_operation_call, 64);
AT(parley_operation_call, size, 0);
AT(parley_operation_call, reserved0, 4);
AT(parley_operation_call, expected_version, 8);
AT(parley_operation_call, name, 16);
AT(parley_operation_call, id, 32);
AT(parley_operation_call, input, 48);

SIZE(parley_action_permission, 24);
AT(parley_action_permission, size, 0);
AT(parley_action_permission, action, 4);
AT(parley_action_permission, permission, 8);

SIZE(parley_entity, 320);
AT(parley_entity, size, 0);
AT(parley_entity, traits, 4);
AT(parley_entity, backoffice_actions, 8);
AT(parley_entity, storefront_actions, 12);
AT(parley_entity, attribute_size, 16);
AT(parley_entity, relationship_size, 20);
AT(parley_entity, operation_size, 24);
AT(parley_entity, permission_size, 28);
AT(parley_entity, default_page_size, 32);
AT(parley_entity, reserved0, 36);
AT(parley_entity, type, 40);
AT(parley_entity, label, 56);
AT(parley_entity, plural_label, 72);
AT(parley_entity, icon, 88);
AT(parley_entity, attributes, 104);
AT(parley_entity, attribute_count, 112);
AT(parley_entity, relationships, 120);
AT(parley_entity, relationship_count, 128);
AT(parley_entity, operations, 136);
AT(parley_entity, operation_count, 144);
AT(parley_entity, permissions, 152);
AT(parley_entity, permission_count, 160);
AT(parley_entity, gate, 168);
AT(parley_entity, default_sort, 176);
AT(parley_entity, view_element, 192);
AT(parley_entity, form_element, 208);
AT(parley_entity, context, 224);
AT(parley_entity, query, 232);
AT(parley_entity, get_many, 240);
AT(parley_entity, count, 248);
AT(parley_entity, create, 256);
AT(parley_entity, update, 264);
AT(parley_entity, remove, 272);
AT(parley_entity, remove_many, 280);
AT(parley_entity, change_relationship, 288);
AT(parley_entity, invoke, 296);
AT(parley_entity, columns, 304);

/* parley/ext/feed.h */
SIZE(parley_feed_event, 80);
AT(parley_feed_event, size, 0);
AT(parley_feed_event, reserved0, 4);
AT(parley_feed_event, position, 8);
AT(parley_feed_event, kind, 16);
AT(parley_feed_event, cursor, 32);
AT(parley_feed_event, json, 48);
AT(parley_feed_event, listeners, 64);
AT(parley_feed_event, listener_count, 72);

SIZE(parley_feed_sink, 24);
AT(parley_feed_sink, size, 0);
AT(parley_feed_sink, reserved0, 4);
AT(parley_feed_sink, context, 8);
AT(parley_feed_sink, put, 16);

SIZE(parley_feed_state, 16);
AT(parley_feed_state, size, 0);
AT(parley_feed_state, flags, 4);
AT(parley_feed_state, position, 8);

SIZE(parley_feed, 32);
AT(parley_feed, size, 0);
AT(parley_feed, reserved0, 4);
AT(parley_feed, read, 8);
AT(parley_feed, wait, 16);
AT(parley_feed, locate, 24);

/* parley/ext/host_events.h */
SIZE(parley_host_event, 40);
AT(parley_host_event, size, 0);
AT(parley_host_event, kind, 4);
AT(parley_host_event, record, 8);

SIZE(parley_host_events, 16);
AT(parley_host_events, size, 0);
AT(parley_host_events, reserved0, 4);
AT(parley_host_events, notify, 8);

/* parley/ext/info.h */
SIZE(parley_info, 104);
AT(parley_info, size, 0);
AT(parley_info, reserved0, 4);
AT(parley_info, name, 8);
AT(parley_info, title, 24);
AT(parley_info, version, 40);
AT(parley_info, vendor, 56);
AT(parley_info, build, 72);
AT(parley_info, needs, 88);
AT(parley_info, need_count, 96);

/* parley/ext/log.h */
SIZE(parley_log_record, 56);
AT(parley_log_record, size, 0);
AT(parley_log_record, level, 4);
AT(parley_log_record, event, 8);
AT(parley_log_record, message, 24);
AT(parley_log_record, fields, 40);

SIZE(parley_log, 24);
AT(parley_log, size, 0);
AT(parley_log, reserved0, 4);
AT(parley_log, write, 8);
AT(parley_log, level, 16);

/* parley/ext/migrations.h */
SIZE(parley_schema_status, 16);
AT(parley_schema_status, size, 0);
AT(parley_schema_status, state, 4);
AT(parley_schema_status, current, 8);
AT(parley_schema_status, target, 12);

SIZE(parley_migrations, 40);
AT(parley_migrations, size, 0);
AT(parley_migrations, reserved0, 4);
AT(parley_migrations, status, 8);
AT(parley_migrations, plan, 16);
AT(parley_migrations, apply, 24);
AT(parley_migrations, verify, 32);

/* parley/ext/panel.h */
SIZE(parley_panel, 136);
AT(parley_panel, size, 0);
AT(parley_panel, application, 4);
AT(parley_panel, name, 8);
AT(parley_panel, title, 24);
AT(parley_panel, icon, 40);
AT(parley_panel, element, 56);
AT(parley_panel, entity, 72);
AT(parley_panel, record_types, 88);
AT(parley_panel, record_type_count, 96);
AT(parley_panel, gate, 104);
AT(parley_panel, context, 112);
AT(parley_panel, page, 120);
AT(parley_panel, count, 128);

/* parley/ext/records.h */
SIZE(parley_record, 280);
AT(parley_record, size, 0);
AT(parley_record, flags, 4);
AT(parley_record, ref, 8);
AT(parley_record, title, 40);
AT(parley_record, full_title, 56);
AT(parley_record, sort_key, 72);
AT(parley_record, owner, 88);
AT(parley_record, unit, 120);
AT(parley_record, customer, 152);
AT(parley_record, customer_user, 184);
AT(parley_record, organization, 216);
AT(parley_record, website, 248);

SIZE(parley_record_sink, 24);
AT(parley_record_sink, size, 0);
AT(parley_record_sink, reserved0, 4);
AT(parley_record_sink, context, 8);
AT(parley_record_sink, put, 16);

SIZE(parley_record_search, 40);
AT(parley_record_search, size, 0);
AT(parley_record_search, limit, 4);
AT(parley_record_search, types, 8);
AT(parley_record_search, type_count, 16);
AT(parley_record_search, text, 24);

SIZE(parley_records, 24);
AT(parley_records, size, 0);
AT(parley_records, reserved0, 4);
AT(parley_records, resolve, 8);
AT(parley_records, search, 16);

/* parley/ext/registry.h */
SIZE(parley_registry, 88);
AT(parley_registry, size, 0);
AT(parley_registry, reserved0, 4);
AT(parley_registry, add_entity, 8);
AT(parley_registry, add_panel, 16);
AT(parley_registry, add_workflow, 24);
AT(parley_registry, add_page, 32);
AT(parley_registry, add_menu_item, 40);
AT(parley_registry, add_record_action, 48);
AT(parley_registry, add_indicator, 56);
AT(parley_registry, add_permission, 64);
AT(parley_registry, add_setting, 72);
AT(parley_registry, types, 80);

/* parley/ext/result.h */
SIZE(parley_related, 40);
AT(parley_related, size, 0);
AT(parley_related, reserved0, 4);
AT(parley_related, name, 8);
AT(parley_related, refs, 24);
AT(parley_related, ref_count, 32);

SIZE(parley_document, 96);
AT(parley_document, size, 0);
AT(parley_document, related_size, 4);
AT(parley_document, version, 8);
AT(parley_document, ref, 16);
AT(parley_document, json, 48);
AT(parley_document, cursor, 64);
AT(parley_document, related, 80);
AT(parley_document, related_count, 88);

SIZE(parley_page_info, 16);
AT(parley_page_info, size, 0);
AT(parley_page_info, flags, 4);
AT(parley_page_info, total, 8);

SIZE(parley_result_sink, 40);
AT(parley_result_sink, size, 0);
AT(parley_result_sink, reserved0, 4);
AT(parley_result_sink, context, 8);
AT(parley_result_sink, document, 16);
AT(parley_result_sink, page, 24);
AT(parley_result_sink, meta, 32);

/* parley/ext/surface.h */
SIZE(parley_gate, 72);
AT(parley_gate, size, 0);
AT(parley_gate, reserved0, 4);
AT(parley_gate, setting, 8);
AT(parley_gate, permission_subject, 24);
AT(parley_gate, permission, 40);
AT(parley_gate, record_types, 56);

SIZE(parley_header_action, 64);
AT(parley_header_action, size, 0);
AT(parley_header_action, reserved0, 4);
AT(parley_header_action, name, 8);
AT(parley_header_action, label, 24);
AT(parley_header_action, element, 40);
AT(parley_header_action, gate, 56);

SIZE(parley_page, 120);
AT(parley_page, size, 0);
AT(parley_page, application, 4);
AT(parley_page, reserved0, 8);
AT(parley_page, action_size, 12);
AT(parley_page, name, 16);
AT(parley_page, title, 32);
AT(parley_page, entity, 48);
AT(parley_page, element, 64);
AT(parley_page, actions, 80);
AT(parley_page, action_count, 88);
AT(parley_page, gate, 96);
AT(parley_page, query, 104);

SIZE(parley_menu_item, 96);
AT(parley_menu_item, size, 0);
AT(parley_menu_item, order, 4);
AT(parley_menu_item, slot, 8);
AT(parley_menu_item, name, 24);
AT(parley_menu_item, label, 40);
AT(parley_menu_item, icon, 56);
AT(parley_menu_item, page, 72);
AT(parley_menu_item, gate, 88);

SIZE(parley_record_action, 120);
AT(parley_record_action, size, 0);
AT(parley_record_action, application, 4);
AT(parley_record_action, placement, 8);
AT(parley_record_action, order, 12);
AT(parley_record_action, name, 16);
AT(parley_record_action, label, 32);
AT(parley_record_action, icon, 48);
AT(parley_record_action, element, 64);
AT(parley_record_action, record_types, 80);
AT(parley_record_action, record_type_count, 88);
AT(parley_record_action, gate, 96);
AT(parley_record_action, can, 104);

SIZE(parley_indicator, 72);
AT(parley_indicator, size, 0);
AT(parley_indicator, application, 4);
AT(parley_indicator, reserved0, 8);
AT(parley_indicator, order, 12);
AT(parley_indicator, name, 16);
AT(parley_indicator, label, 32);
AT(parley_indicator, element, 48);
AT(parley_indicator, gate, 64);

/* parley/ext/workflow.h */
SIZE(parley_step, 40);
AT(parley_step, size, 0);
AT(parley_step, flags, 4);
AT(parley_step, name, 8);
AT(parley_step, label, 24);

SIZE(parley_transition, 72);
AT(parley_transition, size, 0);
AT(parley_transition, flags, 4);
AT(parley_transition, name, 8);
AT(parley_transition, label, 24);
AT(parley_transition, from, 40);
AT(parley_transition, from_count, 48);
AT(parley_transition, to, 56);

SIZE(parley_availability, 56);
AT(parley_availability, size, 0);
AT(parley_availability, reserved0, 4);
AT(parley_availability, id, 8);
AT(parley_availability, step, 24);
AT(parley_availability, transitions, 40);
AT(parley_availability, transition_count, 48);

SIZE(parley_availability_sink, 24);
AT(parley_availability_sink, size, 0);
AT(parley_availability_sink, reserved0, 4);
AT(parley_availability_sink, context, 8);
AT(parley_availability_sink, put, 16);

SIZE(parley_transition_call, 48);
AT(parley_transition_call, size, 0);
AT(parley_transition_call, reserved0, 4);
AT(parley_transition_call, expected_version, 8);
AT(parley_transition_call, id, 16);
AT(parley_transition_call, transition, 32);

SIZE(parley_workflow, 168);
AT(parley_workflow, size, 0);
AT(parley_workflow, flags, 4);
AT(parley_workflow, step_size, 8);
AT(parley_workflow, transition_size, 12);
AT(parley_workflow, applications, 16);
AT(parley_workflow, reserved0, 20);
AT(parley_workflow, name, 24);
AT(parley_workflow, label, 40);
AT(parley_workflow, entity, 56);
AT(parley_workflow, steps, 72);
AT(parley_workflow, step_count, 80);
AT(parley_workflow, transitions, 88);
AT(parley_workflow, transition_count, 96);
AT(parley_workflow, gate, 104);
AT(parley_workflow, configure_permission, 112);
AT(parley_workflow, context, 128);
AT(parley_workflow, available, 136);
AT(parley_workflow, perform, 144);
AT(parley_workflow, is_active, 152);
AT(parley_workflow, set_active, 160);

/* parley/ext/jobs.h */
SIZE(parley_job, 48);
AT(parley_job, size, 0);
AT(parley_job, reserved0, 4);
AT(parley_job, name, 8);
AT(parley_job, label, 24);
AT(parley_job, interval_us, 40);

SIZE(parley_job_sink, 24);
AT(parley_job_sink, size, 0);
AT(parley_job_sink, reserved0, 4);
AT(parley_job_sink, context, 8);
AT(parley_job_sink, put, 16);

SIZE(parley_jobs, 24);
AT(parley_jobs, size, 0);
AT(parley_jobs, reserved0, 4);
AT(parley_jobs, list, 8);
AT(parley_jobs, run, 16);

/* parley/ext/settings.h */
SIZE(parley_setting_request, 56);
AT(parley_setting_request, size, 0);
AT(parley_setting_request, reserved0, 4);
AT(parley_setting_request, name, 8);
AT(parley_setting_request, organization, 24);
AT(parley_setting_request, website, 40);

SIZE(parley_settings, 16);
AT(parley_settings, size, 0);
AT(parley_settings, reserved0, 4);
AT(parley_settings, values, 8);

/* parley/ext/draft/events.h */
SIZE(parley_events, 16);
AT(parley_events, size, 0);
AT(parley_events, reserved0, 4);
AT(parley_events, hint, 8);

/* parley/ext/draft/health.h */
SIZE(parley_health, 16);
AT(parley_health, size, 0);
AT(parley_health, reserved0, 4);
AT(parley_health, ready, 8);

/* parley/ext/draft/metrics.h */
SIZE(parley_metrics, 16);
AT(parley_metrics, size, 0);
AT(parley_metrics, reserved0, 4);
AT(parley_metrics, write, 8);
