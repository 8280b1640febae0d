// Every struct of the contract stands in layout.c, so that none can change unseen.
#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <sstream>

namespace {

std::string text_of(const std::filesystem::path &file) {
  std::ostringstream text;
  text << std::ifstream{file}.rdbuf();
  return text.str();
}

TEST(Headers, EveryStructHasAPinnedLayout) {
  const std::filesystem::path root = std::getenv("PARLEY_SOURCE_DIR");
  const std::string layouts = text_of(root / "tests/contract/layout.c");
  const std::string definition = "typedef struct ";
  int structs = 0;
  for (const auto &entry : std::filesystem::recursive_directory_iterator{root / "host-sdk/include/parley"}) {
    if (entry.path().extension() != ".h") {
      continue;
    }
    const std::string header = text_of(entry.path());
    for (auto at = header.find(definition); at != std::string::npos; at = header.find(definition, at)) {
      at += definition.size();
      const std::string rest = header.substr(at, header.find_first_of(";{", at) - at + 1);
      if (rest.back() == '{') {
        EXPECT_THAT(layouts, testing::HasSubstr("SIZE(" + rest.substr(0, rest.find(' ')) + ", ")) << entry.path();
        ++structs;
      }
    }
  }
  EXPECT_GT(structs, 70);
}

} // namespace
