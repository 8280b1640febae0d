#include "sample-host/src/catalogue/entities.h"

#include <algorithm>

#include <parley/call.h>
#include <parley/ext/entity.h>

namespace host {
namespace {

constexpr std::uint32_t backoffice = PARLEY_APPLICATION_BACKOFFICE;
constexpr std::uint32_t both = PARLEY_APPLICATION_BACKOFFICE | PARLEY_APPLICATION_STOREFRONT;
constexpr std::uint32_t read = PARLEY_ACTION_LIST | PARLEY_ACTION_GET;
constexpr std::uint32_t found = PARLEY_FIELD_FILTER | PARLEY_FIELD_SORT;
constexpr std::uint32_t column = found | PARLEY_FIELD_GRID;
constexpr std::uint32_t searched_column = column | PARLEY_FIELD_SEARCH;
constexpr std::uint32_t title = searched_column | PARLEY_FIELD_TITLE;

// Attributes that several entities have; `applications`: who sees them.

const std::string person_name = "t.first_name || ' ' || t.last_name";

AttributeDescription name(std::string sql, std::uint32_t applications = both) {
  return {"name", {{"en", "Name"}, {"de", "Name"}}, PARLEY_TYPE_STRING, title, applications, std::move(sql)};
}

AttributeDescription first_name() {
  return {"firstName", {{"en", "First name"}, {"de", "Vorname"}}, PARLEY_TYPE_STRING, found, both, "t.first_name"};
}

AttributeDescription last_name() {
  return {"lastName", {{"en", "Last name"}, {"de", "Nachname"}}, PARLEY_TYPE_STRING, found, both, "t.last_name"};
}

AttributeDescription email(std::uint32_t applications) {
  return {"email", {{"en", "E-mail"}, {"de", "E-Mail"}}, PARLEY_TYPE_EMAIL, searched_column, applications, "t.email"};
}

AttributeDescription created_at(std::uint32_t applications = both) {
  return {
      "createdAt",  {{"en", "Created"}, {"de", "Erstellt"}}, PARLEY_TYPE_DATETIME, column, applications, "t.created_at",
      Storage::time};
}

AttributeDescription status() {
  return {"status", {{"en", "Status"}, {"de", "Status"}}, PARLEY_TYPE_STRING, searched_column, both, "t.status"};
}

RelationshipDescription organization() {
  return {"organization",
          {{"en", "Organization"}, {"de", "Organisation"}},
          "organizations",
          PARLEY_FIELD_FILTER,
          both,
          "t.organization_id",
          "(select name from organizations where id = t.organization_id)"};
}

RelationshipDescription website() {
  return {"website",
          {{"en", "Website"}, {"de", "Website"}},
          "websites",
          PARLEY_FIELD_FILTER,
          both,
          "t.website_id",
          "(select name from websites where id = t.website_id)"};
}

RelationshipDescription owner(std::uint32_t flags) {
  return {"owner",      {{"en", "Owner"}, {"de", "Zuständig"}},      "users", flags | PARLEY_FIELD_NULLABLE, both,
          "t.owner_id", "owner.first_name || ' ' || owner.last_name"};
}

RelationshipDescription customer() {
  return {"customer",     {{"en", "Customer"}, {"de", "Kunde"}}, "customers", column, both, "t.customer_id",
          "customer.name"};
}

RelationshipDescription customer_user() {
  return {"customerUser",
          {{"en", "Customer User"}, {"de", "Kundenbenutzer"}},
          "customerusers",
          column | PARLEY_FIELD_NULLABLE,
          both,
          "t.customer_user_id",
          "customer_user.first_name || ' ' || customer_user.last_name"};
}

// What orders, RFQs and quotes have in common.
const std::string sale_joins = " left join users owner on owner.id = t.owner_id"
                               " left join customers customer on customer.id = t.customer_id"
                               " left join customerusers customer_user on customer_user.id = t.customer_user_id";

EntityDescription sale(std::string type, Labels label, Labels plural_label, std::string icon) {
  EntityDescription entity;
  entity.table = type;
  entity.type = std::move(type);
  entity.label = std::move(label);
  entity.plural_label = std::move(plural_label);
  entity.icon = std::move(icon);
  entity.traits = PARLEY_TRAIT_RECORD;
  entity.backoffice_actions = read | PARLEY_ACTION_DELETE;
  entity.storefront_actions = read;
  entity.joins = sale_joins;
  entity.title_sql = "t.number";
  entity.full_title_has_label = true;
  entity.default_sort = "-createdAt";
  entity.ownership = {"t.owner_id",         "owner.unit_id",     "t.customer_id",
                      "t.customer_user_id", "t.organization_id", "t.website_id"};
  entity.attributes = {{"number", {{"en", "Number"}, {"de", "Nummer"}}, PARLEY_TYPE_STRING, title, both, "t.number"},
                       status()};
  entity.relationships = {customer(), customer_user(), owner(column), website(), organization()};
  return entity;
}

void add_money(EntityDescription &entity) {
  entity.attributes.push_back(
      {"total", {{"en", "Total"}, {"de", "Summe"}}, PARLEY_TYPE_DECIMAL, column, both, "t.total", Storage::cents});
  entity.attributes.push_back(
      {"currency", {{"en", "Currency"}, {"de", "Währung"}}, PARLEY_TYPE_STRING, column, both, "t.currency"});
}

EntityDescription organizations() {
  return {"organizations",
          {{"en", "Organization"}, {"de", "Organisation"}},
          {{"en", "Organizations"}, {"de", "Organisationen"}},
          "building-2",
          PARLEY_TRAIT_ORGANIZATION,
          read,
          PARLEY_ACTION_GET,
          "organizations",
          "",
          "t.name",
          false,
          "name",
          {"", "", "", "", "t.id", ""},
          {name("t.name")},
          {}};
}

EntityDescription websites() {
  return {"websites",
          {{"en", "Website"}, {"de", "Website"}},
          {{"en", "Websites"}, {"de", "Websites"}},
          "globe",
          PARLEY_TRAIT_WEBSITE,
          read,
          PARLEY_ACTION_GET,
          "websites",
          "",
          "t.name",
          false,
          "name",
          {"", "", "", "", "t.organization_id", "t.id"},
          {name("t.name"),
           {"address", {{"en", "Address"}, {"de", "Adresse"}}, PARLEY_TYPE_STRING, column, both, "t.address"}},
          {organization()}};
}

EntityDescription business_units() {
  return {"businessunits",
          {{"en", "Business Unit"}, {"de", "Geschäftseinheit"}},
          {{"en", "Business Units"}, {"de", "Geschäftseinheiten"}},
          "network",
          PARLEY_TRAIT_UNIT,
          read,
          0,
          "businessunits",
          " left join businessunits parent on parent.id = t.parent_id",
          "t.name",
          false,
          "name",
          {"", "t.id", "", "", "t.organization_id", ""},
          {name("t.name", backoffice)},
          {{"parent",
            {{"en", "Part of"}, {"de", "Teil von"}},
            "businessunits",
            column | PARLEY_FIELD_NULLABLE,
            backoffice,
            "t.parent_id",
            "parent.name"},
           organization()}};
}

EntityDescription users() {
  return {"users",
          {{"en", "User"}, {"de", "Benutzer"}},
          {{"en", "Users"}, {"de", "Benutzer"}},
          "user-round",
          PARLEY_TRAIT_USER | PARLEY_TRAIT_RECORD,
          read | PARLEY_ACTION_DELETE,
          PARLEY_ACTION_GET,
          "users",
          " join businessunits unit on unit.id = t.unit_id",
          person_name,
          false,
          "name",
          {"t.id", "t.unit_id", "", "", "t.organization_id", ""},
          {name(person_name),
           {"username",
            {{"en", "Username"}, {"de", "Benutzername"}},
            PARLEY_TYPE_STRING,
            searched_column,
            backoffice,
            "t.username"},
           first_name(),
           last_name(),
           email(backoffice),
           created_at(backoffice)},
          {{"businessUnit",
            {{"en", "Business Unit"}, {"de", "Geschäftseinheit"}},
            "businessunits",
            column,
            backoffice,
            "t.unit_id",
            "unit.name"},
           organization()}};
}

EntityDescription customers() {
  return {"customers",
          {{"en", "Customer"}, {"de", "Kunde"}},
          {{"en", "Customers"}, {"de", "Kunden"}},
          "building",
          PARLEY_TRAIT_CUSTOMER,
          read,
          PARLEY_ACTION_GET,
          "customers",
          " left join users owner on owner.id = t.owner_id left join customers parent on parent.id = t.parent_id",
          "t.name",
          false,
          "name",
          {"t.owner_id", "t.unit_id", "t.id", "", "t.organization_id", ""},
          {name("t.name"), created_at()},
          {{"parent",
            {{"en", "Parent customer"}, {"de", "Muttergesellschaft"}},
            "customers",
            column | PARLEY_FIELD_NULLABLE,
            both,
            "t.parent_id",
            "parent.name"},
           owner(column),
           organization()}};
}

EntityDescription customer_users() {
  return {"customerusers",
          {{"en", "Customer User"}, {"de", "Kundenbenutzer"}},
          {{"en", "Customer Users"}, {"de", "Kundenbenutzer"}},
          "contact-round",
          PARLEY_TRAIT_CUSTOMER_USER | PARLEY_TRAIT_RECORD,
          read | PARLEY_ACTION_DELETE,
          PARLEY_ACTION_GET,
          "customerusers",
          " left join users owner on owner.id = t.owner_id join customers customer on customer.id = t.customer_id",
          person_name,
          false,
          "name",
          {"t.owner_id", "owner.unit_id", "t.customer_id", "t.id", "t.organization_id", "t.website_id"},
          {name(person_name), first_name(), last_name(), email(both), created_at()},
          {customer(), owner(column), website(), organization()}};
}

EntityDescription orders() {
  EntityDescription entity =
      sale("orders", {{"en", "Order"}, {"de", "Bestellung"}}, {{"en", "Orders"}, {"de", "Bestellungen"}}, "package");
  add_money(entity);
  entity.attributes.push_back({"poNumber",
                               {{"en", "PO number"}, {"de", "Bestellnummer des Kunden"}},
                               PARLEY_TYPE_STRING,
                               found | PARLEY_FIELD_SEARCH,
                               both,
                               "t.po_number"});
  entity.attributes.push_back(created_at());
  entity.attributes.push_back(
      {"lineItems",
       {{"en", "Items"}, {"de", "Positionen"}},
       PARLEY_TYPE_OBJECT,
       0,
       both,
       "(select json_group_array(json_object('sku', sku, 'name', name, 'quantity', quantity,"
       " 'price', printf('%.2f', price / 100.0), 'total', printf('%.2f', price * quantity / 100.0)))"
       " from order_items where order_id = t.id)",
       Storage::json});
  return entity;
}

EntityDescription rfqs() {
  EntityDescription entity = sale("rfqs", {{"en", "Request for Quote"}, {"de", "Angebotsanfrage"}},
                                  {{"en", "Requests for Quote"}, {"de", "Angebotsanfragen"}}, "file-question");
  entity.attributes.push_back(
      {"notes", {{"en", "Notes"}, {"de", "Anmerkungen"}}, PARLEY_TYPE_TEXT, PARLEY_FIELD_SEARCH, both, "t.notes"});
  entity.attributes.push_back(created_at());
  return entity;
}

EntityDescription quotes() {
  EntityDescription entity =
      sale("quotes", {{"en", "Quote"}, {"de", "Angebot"}}, {{"en", "Quotes"}, {"de", "Angebote"}}, "file-text");
  add_money(entity);
  entity.attributes.push_back({"validUntil",
                               {{"en", "Valid until"}, {"de", "Gültig bis"}},
                               PARLEY_TYPE_DATETIME,
                               column | PARLEY_FIELD_NULLABLE,
                               both,
                               "t.valid_until",
                               Storage::time});
  entity.attributes.push_back(created_at());
  return entity;
}

} // namespace

const std::vector<EntityDescription> &entity_descriptions() {
  static const std::vector<EntityDescription> descriptions = {organizations(),  websites(),  users(),
                                                              business_units(), customers(), customer_users(),
                                                              orders(),         rfqs(),      quotes()};
  return descriptions;
}

const EntityDescription *find_entity(std::string_view type) {
  const auto &all = entity_descriptions();
  const auto found_entity =
      std::find_if(all.begin(), all.end(), [&](const auto &entity) { return entity.type == type; });
  return found_entity == all.end() ? nullptr : &*found_entity;
}

} // namespace host
