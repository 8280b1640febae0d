#include "host-sdk/src/loading/plugin.hpp"

#include <boost/dll/shared_library.hpp>
#include <exception>
#include <filesystem>
#include <mutex>
#include <system_error>
#include <vector>

namespace parley::host {
namespace {

Fault refused(std::int32_t status, const char *code, std::string detail) {
  Fault fault;
  fault.status = status;
  fault.code = code;
  fault.detail = std::move(detail);
  return fault;
}

// Libraries are never unmapped: code of theirs may still be on some thread's stack.
void keep_mapped(boost::dll::shared_library library) {
  static auto &mutex = *new std::mutex;
  static auto &libraries = *new std::vector<boost::dll::shared_library>;
  const std::lock_guard<std::mutex> lock(mutex);
  libraries.push_back(std::move(library));
}

} // namespace

const parley_entry_point *open_library(std::string_view path, Faults &faults) {
  const std::filesystem::path file(path);
  std::error_code problem;
  if (path.empty() || !std::filesystem::is_regular_file(file, problem)) {
    faults.push_back(refused(PARLEY_NOT_FOUND, "no-file", "There is no file " + file.string() + "."));
    return nullptr;
  }
  boost::dll::shared_library library;
  try {
    library.load(file, boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local);
  } catch (const std::exception &error) {
    faults.push_back(refused(PARLEY_INCOMPATIBLE, "no-library",
                             file.string() + " cannot be opened as a shared library: " + error.what()));
    return nullptr;
  }
  if (!library.has(PARLEY_ENTRY_SYMBOL)) {
    faults.push_back(refused(PARLEY_INCOMPATIBLE, "no-entry",
                             file.string() + " is no plugin: it does not export " PARLEY_ENTRY_SYMBOL "."));
    return nullptr;
  }
  const auto *entry = &library.get<const parley_entry_point>(PARLEY_ENTRY_SYMBOL);
  keep_mapped(std::move(library));
  return entry;
}

} // namespace parley::host
