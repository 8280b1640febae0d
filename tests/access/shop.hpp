// A host of the access test's own: two organizations with trees of business units, customers with subsidiaries, their
// people and orders; and persons, each with a level for every permission. It knows nothing of what a level means.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <parley/runtime.h>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace access_test {

using Ref = std::pair<std::string, std::string>; // type, id; both empty: none

struct Record {
  Ref ref;
  std::string title; // a word that occurs nowhere else
  std::string owner; // id of a user
  std::string unit;
  std::string customer; // of a customer: itself
  std::string customer_user;
  std::string organization;
  bool secret = false; // nobody may see it
};

// Somebody who asks: an actor at a place with certain rights.
struct Person {
  std::string name; // of the test's row
  Ref actor;
  std::uint32_t application = PARLEY_APPLICATION_BACKOFFICE;
  std::string organization = "o1";
  std::map<std::string, std::uint32_t> levels; // by permission; missing: none
  std::string website;

  // "users.view" is of that entity alone, "view" of all others.
  std::uint32_t level(const std::string &permission, const std::string &entity = {}) const {
    auto found = levels.find(entity + "." + permission);
    found = found != levels.end() ? found : levels.find(permission);
    return found != levels.end() ? found->second : PARLEY_LEVEL_NONE;
  }
  bool backoffice() const { return application == PARLEY_APPLICATION_BACKOFFICE; }
};

struct Answer {
  std::uint32_t status = 0;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;

  std::string header(const std::string &name) const;
  nlohmann::json json() const { return body.empty() ? nlohmann::json() : nlohmann::json::parse(body); }
  // Everything that came, as one text.
  std::string bytes() const;
};

// An event of the feed, and the listeners that are told of it.
struct Told {
  std::uint64_t position = 0;
  std::string cursor;
  std::string json;
  std::vector<std::uint32_t> listeners;
};

// What the host knows. Worlds that are compared share one.
struct Catalogue {
  std::map<Ref, Record> records;
  std::map<std::string, std::string> unit_above;
  std::map<std::string, std::string> customer_above;
  std::string dark_website = "dark"; // conversations are switched off there

  const Record *find(const Ref &ref) const;
  std::string unit_of(const Person &person) const;
  std::string customer_of(const Person &person) const;
  // This one and all below it; nothing for "".
  static std::set<std::string> below(const std::map<std::string, std::string> &above, const std::string &top);
  bool visible(const Person &person, const Ref &ref) const;
};

// The catalogue of the test.
Catalogue catalogue();

// A running host with the plugin on one database.
class Shop {
public:
  Shop(Catalogue &catalogue, const std::string &connection);
  ~Shop();
  Shop(const Shop &) = delete;
  Shop &operator=(const Shop &) = delete;

  Answer request(const Person &person, const std::string &method, const std::string &target,
                 const nlohmann::json &body = nullptr,
                 const std::vector<std::pair<std::string, std::string>> &headers = {}) const;
  // Tells the plugin that a record changed.
  void changed(const Ref &ref) const;
  std::string surface(const Person &person) const;
  // Everything that these are told from the beginning, in one read a page.
  std::vector<Told> feed(const std::vector<const Person *> &listeners) const;

  const std::string database;               // its connection string
  std::int64_t now = 1'769'846'400'000'000; // the time stands still until it is set

private:
  struct Thunks;
  friend struct Thunks;
  struct Kind;

  const std::vector<std::string> &reached(bool backoffice, const std::string &top);

  Catalogue &catalogue_;
  std::vector<std::unique_ptr<Kind>> kinds_;
  parley_runtime *runtime_ = nullptr;
  const parley_plugin *plugin_ = nullptr;
  // Trees do not change while a shop runs; they may be large.
  std::map<std::pair<bool, std::string>, std::vector<std::string>> reached_;
};

} // namespace access_test
