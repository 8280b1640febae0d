// Many rows of a grid at once: asked about first, with what they are called, then deleted one after the other. Each is deleted or kept on
// its own right; what stays is said.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "sample-host/src/web/documents.h"
#include "sample-host/src/web/pages.h"

namespace host {
namespace {

using Json = nlohmann::json;

std::vector<std::string> chosen_rows(const Fields &form) {
  std::vector<std::string> ids;
  for (const auto &[name, value] : form) {
    if (name == "row" && std::find(ids.begin(), ids.end(), value) == ids.end()) {
      ids.push_back(value);
    }
  }
  return ids;
}

// "1 order", "3 orders"
std::string counted(Page &page, const Json &entity, std::size_t count) {
  const std::string label = member(entity, count == 1 ? "label" : "pluralLabel");
  return std::to_string(count) + " " + label_in_a_sentence(page.visitor().actor.locale, label);
}

Response ask(Page &page, const Json &entity, const std::vector<std::string> &ids, const std::string &back) {
  Json rows = Json::array();
  for (const std::string &id : ids) {
    const Page::Reply reply = page.api("GET", "/" + percent_encode(member(entity, "type")) + "/" + percent_encode(id));
    if (reply.ok()) {
      rows.push_back({{"id", id}, {"title", title_of(entity, reply.document->at("data"))}});
    }
  }
  if (rows.empty()) {
    return page.go(back, page.words("They are not there any more"));
  }
  const std::string question = page.words("Delete {records}?", {{"records", counted(page, entity, rows.size())}});
  return page.show(question, "delete_rows",
                   {{"title", question}, {"rows", rows}, {"action", page.request().path}, {"back", back}});
}

} // namespace

Response delete_rows(Page &page, const std::string &type, const Fields &form) {
  const Json *entity = page.drawn_entity(type);
  if (entity == nullptr || !has(entity->at("actions"), "delete")) {
    return page.not_found();
  }
  const std::string back = page.site().own_address(field(form, "back"));
  const auto ids = chosen_rows(form);
  if (ids.empty()) {
    return page.go(back, page.words("No row was chosen"));
  }
  if (field(form, "confirmed") != "yes") {
    return ask(page, *entity, ids, back);
  }
  std::size_t deleted = 0;
  std::string kept;
  for (const std::string &id : ids) {
    const Page::Reply reply = page.api("DELETE", "/" + percent_encode(type) + "/" + percent_encode(id));
    if (reply.ok()) {
      ++deleted;
    } else if (kept.empty()) {
      kept = reply.first_detail();
    }
  }
  std::string message = page.words("{records} deleted", {{"records", counted(page, *entity, deleted)}});
  if (deleted < ids.size()) {
    const std::string count = std::to_string(ids.size() - deleted);
    message += page.words("; {count} not: {reason}", {{"count", count}, {"reason", kept}});
  }
  return page.go(back, message);
}

} // namespace host
