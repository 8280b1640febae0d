// A grid as a CSV file: what is filtered, sorted as it is, in the columns that are chosen. It is read from the API page by page, each
// when the client has taken the one before, so that no more than one is in memory; and with the rights of that moment. What changes
// meanwhile may change its place, too, from one behind the page that is read to one before it: so the list is gone through once more
// for what was not met, and nothing is taken twice.
#include <algorithm>
#include <optional>
#include <unordered_set>

#include <nlohmann/json.hpp>

#include <parley/status.h>

#include "sample-host/src/fault.h"
#include "sample-host/src/times.h"
#include "sample-host/src/web/csv.h"
#include "sample-host/src/web/documents.h"
#include "sample-host/src/web/grid_columns.h"
#include "sample-host/src/web/grid_filters.h"
#include "sample-host/src/web/pages.h"
#include "sample-host/src/zones.h"

namespace host {
namespace {

using Json = nlohmann::json;

constexpr const char *rows_at_once = "250";
constexpr int most_passes = 3; // through the list

// Ids of the rows that are in the file.
using Taken = std::unordered_set<std::string>;

// As people see it on their screen, and as spreadsheets read it: "2026-01-31 09:00:00".
std::string time_in_zone(std::int64_t us, const std::string &zone) {
  std::string text = format_time(us + offset_at(us, zone));
  text.resize(std::string_view("2026-01-31T09:00:00").size());
  text[text.find('T')] = ' ';
  return text;
}

CsvCell csv_cell(Page &page, const Json &field, const Json &document, const Json &answer) {
  const Json cell = cell_of(page, field, document, answer);
  const auto time = parse_time(member(cell, "time"));
  const bool number = cell.at("number") == true;
  return {time ? time_in_zone(*time, page.visitor().actor.time_zone) : member(cell, number ? "plain" : "text"), number};
}

// Of the rows that are not taken yet.
std::string lines_of(Page &page, const Json &entity, const Json &answer, Taken &taken) {
  const auto columns = shown_columns(page, entity);
  std::string csv;
  for (const Json &document : answer.at("data")) {
    if (!taken.insert(member(document, "id")).second) {
      continue;
    }
    std::vector<CsvCell> cells;
    cells.reserve(columns.size());
    for (const Json *column : columns) {
      cells.push_back(csv_cell(page, *column, document, answer));
    }
    append_csv_row(csv, cells);
  }
  return csv;
}

std::string heading(Page &page, const Json &entity) {
  std::vector<CsvCell> cells;
  for (const Json *column : shown_columns(page, entity)) {
    cells.push_back({member(*column, "label")});
  }
  std::string csv(byte_order_mark);
  append_csv_row(csv, cells);
  return csv;
}

// The cursor of the page behind this one; empty: this is the last.
std::string cursor_of(const Json &answer) {
  return linked(answer, "next", "page[after]");
}

// What is asked of the API for the first page; the others differ by their cursor.
struct Wanted {
  std::string type;
  Fields query;
};

enum class Part { whole, ids };

Page::Reply ask(Page &page, const Wanted &wanted, const std::string &cursor, Part part = Part::whole) {
  Fields query = wanted.query;
  if (!cursor.empty()) {
    query.emplace_back("page[after]", cursor);
  }
  if (part == Part::ids) {
    query.erase(std::remove_if(query.begin(), query.end(), [](const auto &one) { return one.first == "include"; }),
                query.end());
    query.emplace_back("fields[" + wanted.type + "]", "");
  }
  return page.api("GET", "/" + percent_encode(wanted.type), write_fields(query));
}

// The pages behind the first, and all of them again; one a call, see Response::more.
class Rest {
public:
  Rest(Page &page, Wanted wanted, std::string cursor, Taken taken)
      : services_(page.services()), site_(page.site()), visitor_(page.visitor()), request_(page.request()),
        wanted_(std::move(wanted)), taken_(std::move(taken)), cursor_(std::move(cursor)) {}

  bool operator()(std::string &piece) {
    Page page(services_, site_, visitor_, request_);
    const Json *entity = page.drawn_entity(wanted_.type);
    if (entity == nullptr) {
      break_off("nobody may see it any more");
    }
    Page::Reply reply = read(page, pass_ == 0 ? Part::whole : Part::ids);
    if (pass_ > 0 && is_new(*reply.document)) {
      reply = read(page, Part::whole);
    }
    const std::size_t before = taken_.size();
    if (pass_ == 0 || is_new(*reply.document)) {
      piece = lines_of(page, *entity, *reply.document, taken_);
    }
    found_ = found_ || taken_.size() > before;
    cursor_ = cursor_of(*reply.document);
    if (!cursor_.empty()) {
      return true;
    }
    const bool again = found_ && ++pass_ < most_passes;
    found_ = false;
    return again;
  }

private:
  Page::Reply read(Page &page, Part part) {
    Page::Reply reply = ask(page, wanted_, cursor_, part);
    if (!reply.ok()) {
      break_off("the API answered " + std::to_string(reply.status) + " " + reply.first_detail());
    }
    return reply;
  }

  bool is_new(const Json &answer) const {
    const Json &documents = answer.at("data");
    return std::any_of(documents.begin(), documents.end(),
                       [&](const Json &document) { return taken_.count(member(document, "id")) == 0; });
  }

  [[noreturn]] void break_off(const std::string &why) const {
    throw Fault(PARLEY_UNAVAILABLE, "export", "the export of " + wanted_.type + " was broken off: " + why);
  }

  const WebServices &services_;
  const Site &site_;
  Visitor visitor_;
  Request request_;
  Wanted wanted_;
  Taken taken_;
  std::string cursor_; // empty: the list begins
  int pass_ = 0;
  bool found_ = true; // in this pass: rows that were not taken
};

// The filters that a registered page has in any case; nothing: there is no such page of this entity.
std::optional<std::string> always_of(Page &page, const std::string &type, const std::string &name) {
  if (name.empty()) {
    return std::string();
  }
  const Json *registered = page.find("pages", name);
  return registered != nullptr && member(*registered, "entity") == type
             ? std::optional<std::string>(member(*registered, "query"))
             : std::nullopt;
}

std::string file_name(Page &page, const std::string &type) {
  const std::int64_t now = now_us();
  return type + "-" + time_in_zone(now, page.visitor().actor.time_zone).substr(0, 10) + ".csv";
}

} // namespace

Response export_rows(Page &page, const std::string &type) {
  const Json *entity = page.drawn_entity(type);
  const std::string name = field(parse_fields(page.request().query).value_or(Fields()), "page");
  const auto always = entity == nullptr ? std::nullopt : always_of(page, type, name);
  if (!always) {
    return page.not_found();
  }
  const GridState state(page.request(), *always);
  Response response{200, {}, heading(page, *entity)};
  if (auto query = api_query(page, *entity, state)) { // else a name was looked for that nobody has
    query->erase(
        std::remove_if(query->begin(), query->end(), [](const auto &one) { return one.first == "page[size]"; }),
        query->end());
    query->emplace_back("page[size]", rows_at_once);
    if (const std::string include = include_of(page, *entity, true); !include.empty()) {
      query->emplace_back("include", include);
    }
    const Wanted wanted{type, std::move(*query)};
    const Page::Reply first = ask(page, wanted, {});
    if (!first.ok()) {
      return page.failure(first);
    }
    Taken taken;
    response.body += lines_of(page, *entity, *first.document, taken);
    if (std::string cursor = cursor_of(*first.document); !cursor.empty()) {
      response.more = Rest(page, wanted, std::move(cursor), std::move(taken));
    }
  }
  response.with("Content-Type", "text/csv; charset=utf-8; header=present");
  response.with("Content-Disposition", "attachment; filename=\"" + file_name(page, type) + "\"");
  return response.with("Cache-Control", "no-store");
}

} // namespace host
