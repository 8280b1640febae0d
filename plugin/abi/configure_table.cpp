// parley.configure/1
#include "plugin/abi/failures.hpp"
#include "plugin/abi/instance.hpp"

namespace parley::abi {
namespace {

std::int32_t PARLEY_ABI schema(const parley_plugin * /*plugin*/, const parley_sink *result) noexcept {
  const std::string_view text = jsonapi::configuration_schema();
  return result->write(result, text.data(), text.size()) == PARLEY_OK ? PARLEY_OK : PARLEY_SINK_REFUSED;
}

std::int32_t PARLEY_ABI validate(const parley_plugin *plugin, const parley_str *configuration,
                                 const parley_error_sink *errors) noexcept {
  Instance &instance = Instance::of(plugin);
  return instance.guard().contain(nullptr, errors, [&] {
    const auto read = instance.read_configuration(configuration);
    return read ? PARLEY_OK : report_failure(errors, read.failure());
  });
}

} // namespace

const parley_configure configure_table{static_cast<std::uint32_t>(sizeof(parley_configure)), 0, &schema, &validate};

} // namespace parley::abi
