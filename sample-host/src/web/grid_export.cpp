// A grid as a CSV file: what is filtered, sorted as it is, in the columns that are chosen. It is read from the API page by page, each
// when the client has taken the one before, so that no more than one is in memory; and with the rights of that moment.
#include <algorithm>
#include <optional>

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
  return {time ? time_in_zone(*time, page.visitor().actor.time_zone) : member(cell, "text"), cell.at("number") == true};
}

std::string lines_of(Page &page, const Json &entity, const Json &answer) {
  const auto columns = shown_columns(page, entity);
  std::string csv;
  for (const Json &document : answer.at("data")) {
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
  const Json::json_pointer next("/links/next");
  const std::string link =
      answer.contains(next) && answer.at(next).is_string() ? answer.at(next).get<std::string>() : "";
  const auto question = link.find('?');
  return question == std::string::npos
             ? std::string()
             : field(parse_fields(std::string_view(link).substr(question + 1)).value_or(Fields()), "page[after]");
}

// What is asked of the API for the first page; the others differ by their cursor.
struct Wanted {
  std::string type;
  Fields query;
};

Page::Reply ask(Page &page, const Wanted &wanted, const std::string &cursor) {
  Fields query = wanted.query;
  if (!cursor.empty()) {
    query.emplace_back("page[after]", cursor);
  }
  return page.api("GET", "/" + percent_encode(wanted.type), write_fields(query));
}

// The pages behind the first, one a call; see Response::more.
class Rest {
public:
  Rest(Page &page, Wanted wanted, std::string cursor)
      : services_(page.services()), site_(page.site()), visitor_(page.visitor()), request_(page.request()),
        wanted_(std::move(wanted)), cursor_(std::move(cursor)) {}

  bool operator()(std::string &piece) {
    if (cursor_.empty()) {
      return false;
    }
    Page page(services_, site_, visitor_, request_);
    const Json *entity = page.drawn_entity(wanted_.type);
    const Page::Reply reply = ask(page, wanted_, cursor_);
    if (entity == nullptr || !reply.ok()) {
      throw Fault(PARLEY_UNAVAILABLE, "export",
                  "the export of " + wanted_.type + " was broken off: the API answered " +
                      std::to_string(reply.status) + " " + reply.first_detail());
    }
    piece = lines_of(page, *entity, *reply.document);
    cursor_ = cursor_of(*reply.document);
    return !cursor_.empty();
  }

private:
  const WebServices &services_;
  const Site &site_;
  Visitor visitor_;
  Request request_;
  Wanted wanted_;
  std::string cursor_;
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
    response.body += lines_of(page, *entity, *first.document);
    if (std::string cursor = cursor_of(*first.document); !cursor.empty()) {
      response.more = Rest(page, wanted, std::move(cursor));
    }
  }
  response.with("Content-Type", "text/csv; charset=utf-8; header=present");
  response.with("Content-Disposition", "attachment; filename=\"" + file_name(page, type) + "\"");
  return response.with("Cache-Control", "no-store");
}

} // namespace host
