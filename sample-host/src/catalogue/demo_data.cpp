#include "sample-host/src/catalogue/demo_data.h"

#include "sample-host/src/auth/secrets.h"
#include "sample-host/src/catalogue/database.h"
#include "sample-host/src/catalogue/rights.h"
#include "sample-host/src/catalogue/schema.h"
#include "sample-host/src/embedded.h"
#include "sample-host/src/times.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace host {
namespace {

using Json = nlohmann::json;

const Json &demo() {
  static const Json data = Json::parse(embedded_file("data/demo.json").value());
  return data;
}

Value text_of(const Json &object, const char *name) {
  return object.value(name, std::string());
}
Value number_of(const Json &object, const char *name) {
  return object.contains(name) && !object[name].is_null() ? Value(object[name].get<std::int64_t>()) : Value();
}
Value time_of(const Json &object, const char *name) {
  return object.contains(name) ? Value(parse_time(object[name].get<std::string>()).value()) : Value();
}

// "1249.00" -> 124900
std::int64_t cents(const Json &price) {
  return std::llround(price.get<double>() * 100);
}

std::int64_t sum(const Json &items) {
  std::int64_t total = 0;
  for (const Json &item : items) {
    total += cents(item.at("price")) * item.at("quantity").get<std::int64_t>();
  }
  return total;
}

void fill_organization(Connection &to) {
  for (const Json &row : demo().at("organizations")) {
    to.execute("insert into organizations (id, name) values (?, ?)", {number_of(row, "id"), text_of(row, "name")});
  }
  for (const Json &row : demo().at("websites")) {
    to.execute("insert into websites (id, name, address, organization_id) values (?, ?, ?, ?)",
               {number_of(row, "id"), text_of(row, "name"), text_of(row, "address"), number_of(row, "organization")});
  }
  for (const Json &row : demo().at("businessunits")) {
    to.execute("insert into businessunits (id, name, parent_id, organization_id) values (?, ?, ?, ?)",
               {number_of(row, "id"), text_of(row, "name"), number_of(row, "parent"), number_of(row, "organization")});
  }
}

void fill_roles(Connection &to) {
  for (const Json &role : demo().at("roles")) {
    to.execute("insert into roles (id, name, application) values (?, ?, ?)",
               {number_of(role, "id"), text_of(role, "name"), text_of(role, "application")});
    for (const auto &[subject, permissions] : role.at("permissions").items()) {
      for (const auto &[permission, level] : permissions.items()) {
        to.execute("insert into role_permissions (role_id, subject, permission, level) values (?, ?, ?, ?)",
                   {number_of(role, "id"), subject, permission,
                    static_cast<std::int64_t>(level_by_name(level.get<std::string>()))});
      }
    }
  }
}

void give_role(Connection &to, const char *actor_type, const Json &person) {
  to.execute("insert into actor_roles (actor_type, actor_id, role_id) select ?, ?, id from roles where name = ?",
             {std::string(actor_type), number_of(person, "id"), text_of(person, "role")});
}

void fill_people(Connection &to, const std::string &password_hash) {
  for (const Json &row : demo().at("users")) {
    to.execute("insert into users (id, username, first_name, last_name, email, password_hash, unit_id,"
               " organization_id, locale, time_zone, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
               {number_of(row, "id"), text_of(row, "username"), text_of(row, "firstName"), text_of(row, "lastName"),
                text_of(row, "email"), password_hash, number_of(row, "unit"), number_of(row, "organization"),
                text_of(row, "locale"), text_of(row, "timeZone"), time_of(row, "createdAt")});
    give_role(to, "users", row);
  }
  for (const Json &row : demo().at("customers")) {
    to.execute("insert into customers (id, name, parent_id, owner_id, unit_id, organization_id, created_at)"
               " select ?, ?, ?, u.id, u.unit_id, u.organization_id, ? from users u where u.id = ?",
               {number_of(row, "id"), text_of(row, "name"), number_of(row, "parent"), time_of(row, "createdAt"),
                number_of(row, "owner")});
  }
  for (const Json &row : demo().at("customerusers")) {
    to.execute("insert into customerusers (id, email, first_name, last_name, password_hash, customer_id, owner_id,"
               " website_id, organization_id, locale, time_zone, created_at)"
               " select ?, ?, ?, ?, ?, c.id, c.owner_id, ?, c.organization_id, ?, ?, ? from customers c where c.id = ?",
               {number_of(row, "id"), text_of(row, "email"), text_of(row, "firstName"), text_of(row, "lastName"),
                password_hash, number_of(row, "website"), text_of(row, "locale"), text_of(row, "timeZone"),
                time_of(row, "createdAt"), number_of(row, "customer")});
    give_role(to, "customerusers", row);
  }
}

// Orders, RFQs and quotes belong to a customer user; customer, owner, website and organization follow from it.
void fill_sales(Connection &to) {
  const std::string belongs = " cu.customer_id, cu.id, cu.owner_id, cu.website_id, cu.organization_id"
                              " from customerusers cu where cu.id = ?";
  for (const Json &row : demo().at("orders")) {
    to.execute("insert into orders (id, number, status, currency, total, po_number, created_at, customer_id,"
               " customer_user_id, owner_id, website_id, organization_id) select ?, ?, ?, ?, ?, ?, ?," +
                   belongs,
               {number_of(row, "id"), text_of(row, "number"), text_of(row, "status"), text_of(row, "currency"),
                sum(row.at("items")), text_of(row, "poNumber"), time_of(row, "createdAt"),
                number_of(row, "customerUser")});
    for (const Json &item : row.at("items")) {
      to.execute("insert into order_items (order_id, sku, name, quantity, price) values (?, ?, ?, ?, ?)",
                 {number_of(row, "id"), text_of(item, "sku"), text_of(item, "name"), number_of(item, "quantity"),
                  cents(item.at("price"))});
    }
  }
  for (const Json &row : demo().at("rfqs")) {
    to.execute("insert into rfqs (id, number, status, notes, created_at, customer_id, customer_user_id, owner_id,"
               " website_id, organization_id) select ?, ?, ?, ?, ?," +
                   belongs,
               {number_of(row, "id"), text_of(row, "number"), text_of(row, "status"), text_of(row, "notes"),
                time_of(row, "createdAt"), number_of(row, "customerUser")});
  }
  for (const Json &row : demo().at("quotes")) {
    to.execute("insert into quotes (id, number, status, currency, total, valid_until, created_at, customer_id,"
               " customer_user_id, owner_id, website_id, organization_id) select ?, ?, ?, ?, ?, ?, ?," +
                   belongs,
               {number_of(row, "id"), text_of(row, "number"), text_of(row, "status"), text_of(row, "currency"),
                cents(row.at("total")), time_of(row, "validUntil"), time_of(row, "createdAt"),
                number_of(row, "customerUser")});
  }
}

void fill_settings(Connection &to) {
  for (const auto &[name, value] : demo().at("settings").items()) {
    to.execute("insert into settings (name, scope, scope_id, value) values (?, 'system', '', ?)", {name, value.dump()});
  }
}

} // namespace

void fill_with_demo_data(Database &database) {
  if (number(database.rows("pragma user_version").at(0).at(0)) != 0) {
    database.write([](Connection &connection) { upgrade_schema(connection); });
    return;
  }
  const std::string password_hash = hash_password(demo_password());
  database.write([&](Connection &connection) {
    if (upgrade_schema(connection)) {
      return;
    }
    create_schema(connection);
    fill_organization(connection);
    fill_roles(connection);
    fill_people(connection, password_hash);
    fill_sales(connection);
    fill_settings(connection);
  });
}

std::vector<DemoLogin> demo_logins() {
  std::vector<DemoLogin> logins;
  for (const auto &[kind, login] : {std::pair("users", "username"), std::pair("customerusers", "email")}) {
    for (const Json &person : demo().at(kind)) {
      logins.push_back({person.at(login),
                        person.at("firstName").get<std::string>() + " " + person.at("lastName").get<std::string>(),
                        person.at("role"), std::string_view(kind) == "customerusers"});
    }
  }
  return logins;
}

std::string demo_password() {
  return demo().at("password");
}

} // namespace host
