// A plugin in C++ whose work throws, behind the guard that every C++ plugin has: `start` when its configuration says
// {"throw":true}, and its entity's query always.
#include <parley/cpp/guard.hpp>
#include <parley/cpp/strings.hpp>
#include <parley/entry.h>
#include <parley/ext/info.h>
#include <parley/ext/registry.h>

#include <stdexcept>

namespace {

using parley::cpp::str;

struct Instance {
  parley_plugin plugin{};
  const parley_host *host = nullptr;
  parley::cpp::Guard guard;
};

Instance &of(const parley_plugin *plugin) {
  return *static_cast<Instance *>(plugin->data);
}

std::int32_t PARLEY_ABI query(void *self, const parley_call *call, const parley_query * /*query*/,
                              const parley_result_sink * /*result*/, const parley_error_sink *errors) noexcept {
  return static_cast<Instance *>(self)->guard.run(
      call, errors, []() -> std::int32_t { throw std::runtime_error("a secret of the plugin"); });
}

std::int32_t PARLEY_ABI get_many(void * /*self*/, const parley_call * /*call*/, const parley_get * /*get*/,
                                 const parley_result_sink * /*result*/, const parley_error_sink * /*errors*/) noexcept {
  return PARLEY_OK;
}

std::int32_t add_entity(Instance &instance, const parley_error_sink *errors) {
  parley_entity entity{};
  entity.size = static_cast<std::uint32_t>(sizeof entity);
  entity.type = str("things");
  entity.label = str(R"({"en":"Thing"})");
  entity.plural_label = str(R"({"en":"Things"})");
  entity.backoffice_actions = PARLEY_ACTION_LIST;
  entity.context = &instance;
  entity.query = &query;
  entity.get_many = &get_many;
  const parley_str id = str(PARLEY_REGISTRY_ID);
  const auto *registry = static_cast<const parley_registry *>(instance.host->get_extension(instance.host, &id));
  return registry->add_entity(instance.host, &entity, errors);
}

std::int32_t PARLEY_ABI start(const parley_plugin *plugin, const parley_str *configuration,
                              const parley_error_sink *errors) noexcept {
  Instance &instance = of(plugin);
  return instance.guard.contain(nullptr, errors, [&]() -> std::int32_t {
    const std::int32_t added = add_entity(instance, errors);
    if (parley::cpp::view(*configuration).find("throw") != std::string_view::npos) {
      throw std::runtime_error("a secret of the plugin");
    }
    return added == PARLEY_OK ? instance.guard.open() : added;
  });
}

std::int32_t PARLEY_ABI stop(const parley_plugin *plugin, const parley_error_sink *errors) noexcept {
  return of(plugin).guard.close(errors);
}

void PARLEY_ABI destroy(const parley_plugin *plugin) noexcept {
  delete &of(plugin);
}

const void *PARLEY_ABI get_extension(const parley_plugin * /*plugin*/, const parley_str *id) noexcept {
  static const parley_info info = [] {
    parley_info made{};
    made.size = static_cast<std::uint32_t>(sizeof made);
    made.name = str("things");
    made.title = str("Things");
    made.version = str("0.1.0");
    made.vendor = str("Parley");
    return made;
  }();
  return parley::cpp::view(*id) == PARLEY_INFO_ID ? &info : nullptr;
}

std::int32_t PARLEY_ABI create(const parley_host *host, const parley_plugin **plugin,
                               const parley_error_sink * /*errors*/) noexcept {
  auto *instance = new Instance; // NOLINT(cppcoreguidelines-owning-memory): given back to destroy
  instance->host = host;
  instance->plugin = {
      static_cast<std::uint32_t>(sizeof(parley_plugin)), 0, instance, &start, &stop, &destroy, &get_extension};
  *plugin = &instance->plugin;
  return PARLEY_OK;
}

} // namespace

// Declared with its visibility in entry.h.
const parley_entry_point parley_entry = {sizeof(parley_entry_point), PARLEY_ABI_MAJOR, PARLEY_ABI_MINOR,
                                         PARLEY_ABI_MINOR, &create};
