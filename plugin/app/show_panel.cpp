#include "plugin/app/show_panel.hpp"

#include <utility>

#include "plugin/app/authority.hpp"
#include "plugin/app/faults.hpp"
#include "plugin/app/record_types.hpp"

namespace parley::app {

domain::Result<Conversations> show_panel(const Call &call, const domain::Reference &record,
                                         store::ConversationQuery query) {
  if (auto open = gate(call); !open) {
    return open.failure();
  }
  const auto types = RecordTypes::carrying(call);
  if (!types) {
    return types.failure();
  }
  const auto visible = call.directory.visible({record});
  if (!visible) {
    return worded(call, visible.failure());
  }
  if (visible->empty() || !visible->front() || !types->carries(record.type)) {
    return refuse(call, domain::Code::not_found, Text::not_found);
  }
  query.panel = record;
  return list_conversations(call, std::move(query));
}

domain::Result<std::vector<std::int64_t>> count_panels(const Call &call,
                                                       const std::vector<domain::Reference> &records) {
  if (auto open = gate(call); !open) {
    return open.failure();
  }
  std::vector<std::int64_t> counts(records.size(), 0);
  if (records.empty()) {
    return counts;
  }
  const auto types = RecordTypes::carrying(call);
  if (!types) {
    return types.failure();
  }
  const auto scopes = scopes_of(call, {permission::view});
  if (!scopes) {
    return scopes.failure();
  }
  const auto visible = call.directory.visible(records);
  if (!visible) {
    return worded(call, visible.failure());
  }
  std::vector<domain::Reference> seen;
  std::vector<std::size_t> positions;
  for (std::size_t position = 0; position < records.size() && position < visible->size(); ++position) {
    if (visible.value()[position] && types->carries(records[position].type)) {
      seen.push_back(records[position]);
      positions.push_back(position);
    }
  }
  if (seen.empty()) {
    return counts;
  }
  const auto counted = call.conversations.count_at_records(scopes->front(), seen);
  if (!counted) {
    return worded(call, counted.failure());
  }
  for (std::size_t index = 0; index < positions.size() && index < counted->size(); ++index) {
    counts[positions[index]] = counted.value()[index];
  }
  return counts;
}

} // namespace parley::app
