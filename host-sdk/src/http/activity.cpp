#include "host-sdk/src/http/body.hpp"
#include "host-sdk/src/http/compose.hpp"
#include "host-sdk/src/http/handlers.hpp"
#include "host-sdk/src/json/writer.hpp"

#include <map>

namespace parley::host {
namespace {

constexpr std::size_t counts_max = 1000; // records in one request

std::vector<const Panel *> open_panels(Exchange &exchange, std::uint32_t applications) {
  std::vector<const Panel *> panels;
  std::vector<Gate> gates;
  exchange.registry.each(&Batch::panels, [&](const Panel &panel) {
    if ((panel.application & applications) != 0) {
      panels.push_back(&panel);
      gates.push_back(panel.gate);
    }
  });
  exchange.ask_gates(gates);
  std::vector<const Panel *> open;
  for (const auto *panel : panels) {
    if (exchange.gates.open(panel->gate)) {
      open.push_back(panel);
    }
  }
  return open;
}

// Of an open panel.
bool serves(const Exchange &exchange, const Panel &panel, const std::string &record_type) {
  return panel.serves(record_type) && exchange.gates.serves(panel.gate, record_type);
}

// The value of filter[panel], which has to be known before the other filters can be read.
std::string wanted_panel(const Request &request) {
  for (const auto &parameter : request.parameters) {
    if (parameter.name == "filter[panel]") {
      return parameter.value;
    }
  }
  return {};
}

const Panel &choose_panel(Exchange &exchange, const std::string &record_type) {
  const std::string wanted = wanted_panel(exchange.request);
  const Panel *chosen = nullptr;
  std::size_t serving = 0;
  for (const auto *panel : open_panels(exchange, exchange.application)) {
    if (serves(exchange, *panel, record_type)) {
      ++serving;
      if (wanted.empty() ? chosen == nullptr : panel->name == wanted) {
        chosen = panel;
      }
    }
  }
  if (serving == 0) {
    refuse_not_found();
  }
  if (chosen == nullptr) {
    refuse(PARLEY_MALFORMED, "unknown-panel", "These records have no such panel.", {}, "filter[panel]");
  }
  if (wanted.empty() && serving > 1) {
    refuse(PARLEY_MALFORMED, "panel-needed", "These records have several panels; choose one.", {}, "filter[panel]");
  }
  return *chosen;
}

Response show_panel(Exchange &exchange, const std::string &record_type, const std::string &record_id) {
  if (record_id.size() > PARLEY_REF_PART_MAX) {
    refuse_not_found();
  }
  const Panel &panel = choose_panel(exchange, record_type);
  const Entity &entity = exchange.entity(panel.entity);
  const Query query = read_query(exchange, &entity, allow_representation | allow_filters | allow_pages | allow_panel);
  const QueryArgument argument(query, entity);
  const Ref record{record_type, record_id};
  const parley_ref borrowed = borrow(record);
  Answer answer;
  run(*panel.owner, [&](const parley_error_sink *errors) {
    return panel.page(panel.context, &exchange.call, &borrowed, argument.get(), answer.sink(), errors);
  });
  check_sound(answer, panel.name);
  return compose_list(exchange, query, answer);
}

Response count_items(Exchange &exchange) {
  read_query(exchange, nullptr, 0);
  const auto records = read_identifiers(exchange, counts_max);
  std::vector<std::vector<std::pair<std::string, std::uint64_t>>> numbers(records.size()); // panel, items
  for (const auto *panel : open_panels(exchange, exchange.application)) {
    std::vector<parley_ref> refs;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < records.size(); ++i) {
      if (serves(exchange, *panel, records[i].type)) {
        refs.push_back(borrow(records[i]));
        places.push_back(i);
      }
    }
    if (refs.empty() && exchange.request.idempotency_key.empty()) {
      continue; // else the panel is asked all the same: it may know the key, of another request
    }
    std::vector<std::uint64_t> counts(refs.size(), 0);
    run(*panel->owner, [&](const parley_error_sink *errors) {
      return panel->count(panel->context, &exchange.call, refs.data(), refs.size(), counts.data(), errors);
    });
    for (std::size_t i = 0; i < places.size(); ++i) {
      numbers[places[i]].emplace_back(panel->name, counts[i]);
    }
  }
  std::string meta;
  JsonWriter out(meta);
  out.begin_object().key("counts").begin_array();
  for (std::size_t i = 0; i < records.size(); ++i) {
    out.begin_object().member("type", records[i].type).member("id", records[i].id).key("panels").begin_object();
    for (const auto &number : numbers[i]) {
      out.key(number.first).number(number.second);
    }
    out.end_object().end_object();
  }
  out.end_array().end_object();
  return compose_meta(meta);
}

} // namespace

Response handle_activity(Exchange &exchange) {
  const auto &segments = exchange.request.segments;
  if (open_panels(exchange, exchange.application).empty()) {
    refuse_absent(!open_panels(exchange, ~exchange.application).empty());
  }
  const std::string &method = exchange.request.method;
  if (segments.size() == 2 && segments[1] == "counts") {
    if (method != "POST") {
      refuse_method("POST");
    }
    return count_items(exchange);
  }
  if (segments.size() == 3) {
    if (method != "GET") {
      refuse_method("GET, HEAD");
    }
    return show_panel(exchange, segments[1], segments[2]);
  }
  refuse_not_found();
}

} // namespace parley::host
