// A host around a runtime, for tests: rights and settings to turn, requests to send.
#ifndef PARLEY_TESTS_UNIT_HOST_SDK_TEST_HOST_HPP
#define PARLEY_TESTS_UNIT_HOST_SDK_TEST_HOST_HPP

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <parley/ext/access.h>
#include <parley/ext/settings.h>
#include <parley/runtime.h>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace parley::tests {

struct Reply {
  std::uint32_t status = 0;
  std::map<std::string, std::string> headers;
  std::string body;

  nlohmann::json json() const { return nlohmann::json::parse(body); }
  // "pointer or parameter: code" of each error.
  std::vector<std::string> faults() const;
};

class TestHost {
public:
  explicit TestHost(const std::string &fixed_settings = {});
  ~TestHost();
  TestHost(const TestHost &) = delete;
  TestHost &operator=(const TestHost &) = delete;

  using Work = std::function<std::int32_t(const parley_host *, const parley_registry *, const parley_error_sink *)>;
  std::int32_t register_own(const Work &work);
  Reply send(const std::string &method, const std::string &target, const std::string &body = {},
             std::vector<std::pair<std::string, std::string>> headers = {});
  nlohmann::json surface();
  nlohmann::json describe();
  const parley_error_sink *errors() const { return &error_sink; }
  // What was reported, one line each.
  std::string reported() const;

  parley_runtime *runtime = nullptr;
  std::uint32_t application = PARLEY_APPLICATION_BACKOFFICE;
  std::string locale = "en";
  std::set<std::string> rights; // "notes.view"
  bool has_settings = false;    // parley.settings
  std::map<std::string, std::string> settings;
  std::int32_t settings_status = PARLEY_OK;
  unsigned rights_asked = 0;
  unsigned settings_asked = 0;
  const void *settings_call = nullptr; // the parley_call that came with the last question
  std::vector<std::string> problems;
  std::function<void()> while_called; // run when somebody asks whether the call was cancelled

private:
  parley_error_sink error_sink{};
  parley_access access_{};
  parley_settings settings_table_{};
};

// A string that lives as long as the program, for descriptors.
parley_str text(const std::string &value);
parley_str label(const std::string &english);

} // namespace parley::tests

#endif
