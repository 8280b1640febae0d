// One person at one door: what it asks, what it should get, and what came.
#pragma once

#include "tests/access/oracle.hpp"

#include <functional>

namespace access_test {

// Keeps every byte that came back.
class Visit {
public:
  Visit(const Shop &at, const Catalogue &all, const World &of, const Person &by)
      : shop(at), catalogue(all), world(of), person(by), allowed(seen(all, by, of)) {
    for (const int position : heard(all, by, of)) {
      allowed_gone.insert(of.events.at(position).conversation);
    }
  }

  Answer ask(const std::string &method, const std::string &target, const nlohmann::json &body = nullptr,
             const std::vector<std::pair<std::string, std::string>> &headers = {});
  nlohmann::json get(const std::string &target) { return ask("GET", target).json(); }
  // Walks a list through its links.next, and back by links.prev; answers the ids on the way there.
  std::vector<std::string> walk(const std::string &target, bool and_back = false);
  // What should be there against what was there.
  void expect(const std::string &what, const std::set<int> &expected, const std::vector<std::string> &ids);
  void expect(const std::string &what, std::int64_t expected, const nlohmann::json &number);
  void expect_status(const Answer &answer, const std::string &what, std::uint32_t status);
  // Allowed ones for which this holds.
  std::set<int> those(const std::function<bool(const Conversation &)> &holds) const;
  // Some of all the ids, the same for everybody: seen ones, hidden ones, and one that never was.
  std::vector<std::string> some_ids() const;
  // Nothing is answered here: the gate is closed.
  bool shut() const { return !switched_on(catalogue, person) || person.level("view") == PARLEY_LEVEL_NONE; }

  const Shop &shop;
  const Catalogue &catalogue;
  const World &world;
  const Person &person;
  const std::set<int> allowed;
  std::set<int> allowed_gone; // deleted ones that it is told of
  std::string transcript;
  std::vector<std::string> faults;
};

// Ids of the documents of a list.
std::vector<std::string> ids_of(const nlohmann::json &answer);

} // namespace access_test
