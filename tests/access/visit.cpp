#include "tests/access/visit.hpp"

#include <algorithm>

namespace access_test {
namespace {

using nlohmann::json;

std::string joined(const std::set<int> &ids) {
  std::string text;
  for (const int id : ids) {
    text += (text.empty() ? "" : " ") + std::to_string(id);
  }
  return text;
}

std::string link(const json &answer, const char *name) {
  if (!answer.is_object() || !answer.contains("links") || !answer["links"].contains(name) ||
      !answer["links"][name].is_string()) {
    return {};
  }
  return answer["links"][name].get<std::string>().substr(std::string("/api").size());
}

} // namespace

std::vector<std::string> ids_of(const json &answer) {
  std::vector<std::string> ids;
  const json data = answer.is_object() ? answer.value("data", json::array()) : json::array();
  for (const json &each : data.is_array() ? data : json::array()) {
    ids.push_back(each["id"]);
  }
  return ids;
}

Answer Visit::ask(const std::string &method, const std::string &target, const json &body,
                  const std::vector<std::pair<std::string, std::string>> &headers) {
  Answer answer = shop.request(person, method, target, body, headers);
  transcript += "> " + method + " " + target + "\n" + answer.bytes();
  return answer;
}

std::vector<std::string> Visit::walk(const std::string &target, bool and_back) {
  std::vector<std::string> ids;
  std::string last;
  for (std::string next = target; !next.empty();) {
    const json answer = get(next);
    for (std::string &id : ids_of(answer)) {
      ids.push_back(std::move(id));
    }
    last = link(answer, "prev");
    next = link(answer, "next");
  }
  while (and_back && !last.empty()) {
    last = link(get(last), "prev");
  }
  return ids;
}

void Visit::expect(const std::string &what, const std::set<int> &expected, const std::vector<std::string> &ids) {
  std::set<int> there;
  for (const std::string &id : ids) {
    if (!there.insert(std::stoi(id)).second) {
      faults.push_back(what + ": " + id + " is there twice");
    }
  }
  if (there != expected) {
    faults.push_back(what + ": there is " + joined(there) + ", not " + joined(expected));
  }
}

void Visit::expect(const std::string &what, std::int64_t expected, const json &number) {
  if (number != expected) {
    faults.push_back(what + ": " + number.dump() + ", not " + std::to_string(expected));
  }
}

void Visit::expect_status(const Answer &answer, const std::string &what, std::uint32_t status) {
  if (status == 0 ? answer.status < 400 : answer.status != status) {
    faults.push_back(what + ": not " + std::to_string(status) + " but " + answer.bytes());
  }
}

std::set<int> Visit::those(const std::function<bool(const Conversation &)> &holds) const {
  std::set<int> ids;
  for (const int id : allowed) {
    if (holds(world.conversations.at(id))) {
      ids.insert(id);
    }
  }
  return ids;
}

std::vector<std::string> Visit::some_ids() const {
  std::vector<std::string> ids;
  for (const auto &[id, conversation] : world.conversations) {
    if (world.conversations.size() < 40 || id % 13 == 0 || id == 11 || id == 14 || id == 16 || id == 21 || id == 30 ||
        id == 32 || id == 80 || id > 198) {
      ids.push_back(std::to_string(id));
    }
  }
  ids.emplace_back("999999");
  return ids;
}

} // namespace access_test
