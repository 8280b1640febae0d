# Writes a C++ source that holds files as bytes, so that the program runs from anywhere.
#
# cmake -DOUTPUT=<file.cpp> -DROOT=<folder> -DFILES=<relative path>[|<relative path>...] -P embed_files.cmake

string(REPLACE "|" ";" files "${FILES}")
set(arrays "")
set(entries "")
set(index 0)
foreach(file IN LISTS files)
  file(READ "${ROOT}/${file}" hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(REGEX REPLACE "(................................................................................)" "\\1\n"
    bytes "${bytes}")
  string(APPEND arrays "const unsigned char file_${index}[] = {\n${bytes}0x00};\n")
  string(APPEND entries "    {\"${file}\", file_${index}, sizeof(file_${index}) - 1},\n")
  math(EXPR index "${index} + 1")
endforeach()

file(WRITE "${OUTPUT}.new" "#include \"sample-host/src/embedded.h\"

#include <array>

namespace host {
namespace {
${arrays}
struct Entry {
  std::string_view path;
  const unsigned char *bytes;
  std::size_t size;
};
const std::array<Entry, ${index}> entries = {{
${entries}}};
} // namespace

std::optional<std::string_view> embedded_file(std::string_view path) {
  for (const Entry &entry : entries) {
    if (entry.path == path) {
      return std::string_view(reinterpret_cast<const char *>(entry.bytes), entry.size);
    }
  }
  return std::nullopt;
}
} // namespace host
")
file(RENAME "${OUTPUT}.new" "${OUTPUT}")
