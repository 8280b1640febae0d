#include "plugin/app/record_types.hpp"

#include <algorithm>
#include <utility>

#include "plugin/app/faults.hpp"

namespace parley::app {

domain::Result<RecordTypes> RecordTypes::of(const Call &call) {
  auto types = call.directory.types();
  if (!types) {
    return worded(call, types.failure());
  }
  return RecordTypes(std::move(types).value());
}

domain::Result<RecordTypes> RecordTypes::carrying(const Call &call) {
  auto types = of(call);
  if (!types) {
    return types;
  }
  auto names = call.directory.carrying();
  if (!names) {
    return worded(call, names.failure());
  }
  types->carrying_ = std::move(names).value();
  return types;
}

const RecordType *RecordTypes::find(std::string_view type) const {
  for (const RecordType &known : types_) {
    if (known.name == type) {
      return &known;
    }
  }
  return nullptr;
}

bool RecordTypes::record(std::string_view type) const {
  const RecordType *found = find(type);
  return found != nullptr && found->record;
}

bool RecordTypes::carries(std::string_view type) const {
  return record(type) && std::find(carrying_.begin(), carrying_.end(), type) != carrying_.end();
}

bool RecordTypes::user(std::string_view type) const {
  const RecordType *found = find(type);
  return found != nullptr && found->user;
}

bool RecordTypes::customer(std::string_view type) const {
  const RecordType *found = find(type);
  return found != nullptr && found->customer;
}

bool RecordTypes::customer_user(std::string_view type) const {
  const RecordType *found = find(type);
  return found != nullptr && found->customer_user;
}

std::vector<std::string> RecordTypes::people() const {
  std::vector<std::string> names;
  for (const RecordType &known : types_) {
    if (known.user || known.customer_user) {
      names.push_back(known.name);
    }
  }
  return names;
}

} // namespace parley::app
