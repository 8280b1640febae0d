#include "sample-host/src/web/workflow_diagram.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

#include <nlohmann/json.hpp>

#include "sample-host/src/web/page.h"
#include "sample-host/src/web/templates.h"
#include "sample-host/src/words.h"

namespace host {
namespace {

using Json = nlohmann::json;

// Units of the picture; the page scales it.
constexpr int box_width = 136;
constexpr int box_height = 50;
constexpr int gap = 104;
constexpr int margin = 44;
constexpr int first_rise = 46; // of an arrow to the next step
constexpr int rise = 62;       // more for each step that it passes
constexpr int label_room = 22;

struct Arrow {
  std::string label;
  int from;
  int to;
  int span() const { return std::abs(to - from); }
  bool forward() const { return from < to; }
  int height() const { return first_rise + rise * (span() - 1); }
};

int position_of(const Json &steps, const std::string &name) {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (steps[i].at("name") == name) {
      return static_cast<int>(i);
    }
  }
  return 0;
}

std::vector<Arrow> arrows_of(const Json &workflow) {
  std::vector<Arrow> arrows;
  const Json &steps = workflow.at("steps");
  for (const Json &transition : workflow.at("transitions")) {
    const int to = position_of(steps, member(transition, "to"));
    for (const Json &from : transition.at("from")) {
      arrows.push_back({member(transition, "label"), position_of(steps, from.get<std::string>()), to});
    }
  }
  return arrows;
}

// How high arrows rise above the steps, or sink below them.
int room_for(const std::vector<Arrow> &arrows, bool forward) {
  int room = 0;
  for (const Arrow &arrow : arrows) {
    room = arrow.forward() == forward ? std::max(room, arrow.height()) : room;
  }
  return room == 0 ? margin / 2 : room * 3 / 4 + label_room;
}

int centre_of(int step) {
  return margin + step * (box_width + gap) + box_width / 2;
}

// Forward above the boxes, back below them. Arrows that pass more steps begin and end further inside.
Json drawn_arrow(const Arrow &arrow, int top) {
  const int direction = arrow.forward() ? 1 : -1;
  const int edge = arrow.forward() ? top : top + box_height;
  const int inset = box_width / 2 - 14 * arrow.span();
  const int begin = centre_of(arrow.from) + direction * inset;
  const int end = centre_of(arrow.to) - direction * inset;
  const int bend = edge - direction * arrow.height();
  const std::string to = std::to_string(end) + " " + std::to_string(edge - direction * 3);
  return {{"path", "M" + std::to_string(begin) + " " + std::to_string(edge) + "C" + std::to_string(begin) + " " +
                       std::to_string(bend) + " " + std::to_string(end) + " " + std::to_string(bend) + " " + to},
          {"x", std::to_string((begin + end) / 2)},
          {"y", std::to_string(edge - direction * arrow.height() * 3 / 4 + (arrow.forward() ? -7 : 17))},
          {"label", arrow.label}};
}

Json drawn_step(const Json &step, int position, int top) {
  const int left = centre_of(position) - box_width / 2;
  return {{"x", std::to_string(left)},
          {"innerX", std::to_string(left + 4)},
          {"y", std::to_string(top)},
          {"innerY", std::to_string(top + 4)},
          {"textX", std::to_string(centre_of(position))},
          {"textY", std::to_string(top + box_height / 2 + 5)},
          {"label", member(step, "label")},
          {"initial", step.at("initial") == true},
          {"final", step.at("final") == true},
          {"startX", std::to_string(left - 30)},
          {"startEnd", std::to_string(left - 3)},
          {"middle", std::to_string(top + box_height / 2)}};
}

} // namespace

std::string workflow_diagram(const Json &workflow, std::string_view locale) {
  const auto arrows = arrows_of(workflow);
  const int top = room_for(arrows, true) + 4;
  Json model = {{"label", words(locale, "Diagram of {workflow}", {{"workflow", member(workflow, "label")}})},
                {"steps", Json::array()},
                {"arrows", Json::array()},
                {"boxWidth", std::to_string(box_width)},
                {"boxHeight", std::to_string(box_height)},
                {"innerWidth", std::to_string(box_width - 8)},
                {"innerHeight", std::to_string(box_height - 8)}};
  int position = 0;
  for (const Json &step : workflow.at("steps")) {
    model["steps"].push_back(drawn_step(step, position++, top));
  }
  for (const Arrow &arrow : arrows) {
    if (arrow.span() > 0) {
      model["arrows"].push_back(drawn_arrow(arrow, top));
    }
  }
  model["width"] = std::to_string(2 * margin + position * box_width + std::max(0, position - 1) * gap);
  model["height"] = std::to_string(top + box_height + room_for(arrows, false) + 4);
  return render("workflow_diagram", model, locale);
}

} // namespace host
