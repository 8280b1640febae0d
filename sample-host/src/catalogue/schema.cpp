#include "sample-host/src/catalogue/schema.h"

#include "sample-host/src/catalogue/database.h"

namespace host {
namespace {

constexpr std::int64_t version = 4;

// Since version 2; with expires_at since version 3.
constexpr const char *api_tokens_table =
    "create table api_tokens (id integer primary key autoincrement, secret_hash text not null, name text not null,"
    " actor_type text not null, actor_id integer not null, made_by integer not null, created_at integer not null,"
    " used_at integer, expires_at integer)";

// Since version 4.
constexpr const char *preferences_table =
    "create table preferences (actor_type text not null, actor_id text not null, name text not null,"
    " value text not null, primary key (actor_type, actor_id, name)) without rowid";

constexpr const char *tables[] = {
    "create table organizations (id integer primary key, name text not null)",

    "create table websites (id integer primary key, name text not null, address text not null,"
    " organization_id integer not null references organizations (id))",

    "create table businessunits (id integer primary key, name text not null,"
    " parent_id integer references businessunits (id),"
    " organization_id integer not null references organizations (id))",
    "create index businessunits_parent on businessunits (parent_id)",

    "create table users (id integer primary key autoincrement, username text not null unique, first_name text not null,"
    " last_name text not null, email text not null, password_hash text not null, unit_id integer not null"
    " references businessunits (id), organization_id integer not null references organizations (id),"
    " locale text not null, time_zone text not null, created_at integer not null)",

    "create table customers (id integer primary key, name text not null,"
    " parent_id integer references customers (id), owner_id integer references users (id) on delete set null,"
    " unit_id integer references businessunits (id), organization_id integer not null references organizations (id),"
    " created_at integer not null)",
    "create index customers_parent on customers (parent_id)",

    "create table customerusers (id integer primary key autoincrement, email text not null unique,"
    " first_name text not null, last_name text not null, password_hash text not null,"
    " customer_id integer not null references customers (id), owner_id integer references users (id) on delete set "
    "null,"
    " website_id integer not null references websites (id), organization_id integer not null"
    " references organizations (id), locale text not null, time_zone text not null, created_at integer not null)",
    "create index customerusers_customer on customerusers (customer_id)",

    "create table orders (id integer primary key autoincrement, number text not null unique, status text not null,"
    " currency text not null, total integer not null, po_number text not null default '', customer_id integer not null"
    " references customers (id), customer_user_id integer references customerusers (id) on delete set null,"
    " owner_id integer references users (id) on delete set null, website_id integer not null references websites (id),"
    " organization_id integer not null references organizations (id), created_at integer not null)",
    "create index orders_customer on orders (customer_id)",
    "create index orders_customer_user on orders (customer_user_id)",

    "create table order_items (id integer primary key, order_id integer not null references orders (id)"
    " on delete cascade, sku text not null, name text not null, quantity integer not null, price integer not null)",
    "create index order_items_order on order_items (order_id)",

    "create table rfqs (id integer primary key autoincrement, number text not null unique, status text not null,"
    " notes text not null default '', customer_id integer not null references customers (id), customer_user_id integer"
    " references customerusers (id) on delete set null, owner_id integer references users (id) on delete set null,"
    " website_id integer not null references websites (id), organization_id integer not null"
    " references organizations (id), created_at integer not null)",
    "create index rfqs_customer on rfqs (customer_id)",

    "create table quotes (id integer primary key autoincrement, number text not null unique, status text not null,"
    " currency text not null, total integer not null, valid_until integer, customer_id integer not null"
    " references customers (id), customer_user_id integer references customerusers (id) on delete set null,"
    " owner_id integer references users (id) on delete set null, website_id integer not null references websites (id),"
    " organization_id integer not null references organizations (id), created_at integer not null)",
    "create index quotes_customer on quotes (customer_id)",

    "create table roles (id integer primary key, name text not null unique, application text not null"
    " check (application in ('backoffice', 'storefront')))",
    // '*' stands for every subject, every permission.
    "create table role_permissions (role_id integer not null references roles (id) on delete cascade,"
    " subject text not null, permission text not null, level integer not null check (level between 0 and 5),"
    " primary key (role_id, subject, permission)) without rowid",
    "create table actor_roles (actor_type text not null, actor_id integer not null, role_id integer not null"
    " references roles (id) on delete cascade, primary key (actor_type, actor_id, role_id)) without rowid",

    "create table settings (name text not null, scope text not null check (scope in ('system', 'organization',"
    " 'website')), scope_id text not null, value text not null, primary key (name, scope, scope_id)) without rowid",

    "create table sessions (token_hash text primary key, application text not null, actor_type text not null,"
    " actor_id integer not null, flash text not null default '', created_at integer not null,"
    " seen_at integer not null) without rowid",

    api_tokens_table,
    preferences_table,

    "create table counters (name text primary key, value integer not null) without rowid",
    "insert into counters (name, value) values ('rights', 1)",
};

void set_version(Connection &connection) {
  connection.execute("pragma user_version = " + std::to_string(version));
}

} // namespace

bool upgrade_schema(Connection &connection) {
  const std::int64_t found = number(connection.rows("pragma user_version").at(0).at(0));
  if (found > version) {
    throw DatabaseError("the data folder was made by a newer sample host");
  }
  if (found == 1) {
    connection.execute(api_tokens_table);
  } else if (found == 2) {
    connection.execute("alter table api_tokens add column expires_at integer");
  }
  if (found >= 1 && found < version) {
    connection.execute(preferences_table);
    set_version(connection);
  }
  return found != 0;
}

void create_schema(Connection &connection) {
  for (const char *sql : tables) {
    connection.execute(sql);
  }
  set_version(connection);
}

} // namespace host
