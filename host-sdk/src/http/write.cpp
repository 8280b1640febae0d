#include "host-sdk/src/http/write.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace parley::host {
namespace {

// JSON:API 1.1 has 409 for these, whatever else is wrong.
bool belongs_elsewhere(const Fault &fault) {
  return fault.code == "type-mismatch" || fault.code == "id-mismatch";
}

// Of the plugin only what the router has not said already, at that place or above or below it.
bool said_already(const Faults &faults, const Fault &fault) {
  const auto within = [](const std::string &inner, const std::string &outer) {
    return inner.size() >= outer.size() && inner.compare(0, outer.size(), outer) == 0 &&
           (inner.size() == outer.size() || inner[outer.size()] == '/');
  };
  return std::any_of(faults.begin(), faults.end(), [&](const Fault &known) {
    return !known.pointer.empty() && !fault.pointer.empty() &&
           (within(known.pointer, fault.pointer) || within(fault.pointer, known.pointer));
  });
}

// Not by fetching it again: after what was done the actor may not see it any longer.
void keep_fields(const std::vector<std::string> &fields, Document &document) {
  const auto wanted = [&](const std::string &name) {
    return std::find(fields.begin(), fields.end(), name) != fields.end();
  };
  auto json = nlohmann::ordered_json::parse(document.json, nullptr, false);
  if (!json.is_object()) {
    refuse(PARLEY_INTERNAL, "unsound-answer", "A document of " + document.ref.type + " is no JSON.");
  }
  for (const char *part : {"attributes", "relationships"}) {
    const auto all = json.find(part);
    if (all == json.end()) {
      continue;
    }
    auto kept = nlohmann::ordered_json::object();
    for (const auto &member : all->items()) {
      if (wanted(member.key())) {
        kept[member.key()] = member.value();
      }
    }
    if (kept.empty()) {
      json.erase(part);
    } else {
      *all = std::move(kept);
    }
  }
  document.json = json.dump();
  auto &related = document.related;
  related.erase(std::remove_if(related.begin(), related.end(), [&](const Related &item) { return !wanted(item.name); }),
                related.end());
}

} // namespace

void perform_write(Exchange &exchange, const Entity &entity, WriteFunction function, parley_write write,
                   const Faults &faults, Answer &answer) {
  if (faults.empty()) {
    run(*entity.owner, [&](const parley_error_sink *errors) {
      return function(entity.context, &exchange.call, &write, answer.sink(), errors);
    });
    check_sound(answer, entity.type);
    return;
  }
  write.flags |= PARLEY_WRITE_CHECK_ONLY;
  Refusal refusal;
  refusal.faults = faults;
  if (std::any_of(faults.begin(), faults.end(), belongs_elsewhere)) {
    refusal.http_status = 409;
  }
  FaultSink errors;
  Answer unused;
  const std::int32_t status = call_owned(
      *entity.owner, [&] { return function(entity.context, &exchange.call, &write, unused.sink(), errors.get()); });
  if (status == PARLEY_NOT_FOUND || status == PARLEY_FORBIDDEN) {
    refuse_failure(status, errors.take()); // what is wrong with the document is none of this actor's business
  }
  for (auto &fault : errors.take()) {
    if (fault.status == PARLEY_INVALID && !said_already(faults, fault)) {
      refusal.faults.push_back(std::move(fault));
    }
  }
  throw Refusal(std::move(refusal));
}

void apply_fields(const Query &query, Answer &answer) {
  for (auto &document : answer.documents) {
    if (const auto *fields = query.fields_of(document.ref.type)) {
      keep_fields(*fields, document);
    }
  }
}

} // namespace parley::host
