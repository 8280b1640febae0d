#pragma once

#include "plugin/abi/backend.hpp"

namespace parley::module {

/// The adapters and the migrations, as the border wants them.
class DatabaseBackend final : public abi::Backend {
public:
  domain::Done check(const jsonapi::Configuration &configuration) override;
  domain::Result<abi::Stores> open(const jsonapi::Configuration &configuration, store::Tell tell) override;
  domain::Result<abi::Schema> schema(const jsonapi::Configuration &configuration) override;
  domain::Result<std::string> plan(const jsonapi::Configuration &configuration) override;
  domain::Done apply(const jsonapi::Configuration &configuration) override;
  domain::Done verify(const jsonapi::Configuration &configuration) override;
  std::string migrate_command(const jsonapi::Configuration &configuration) override;
};

} // namespace parley::module
