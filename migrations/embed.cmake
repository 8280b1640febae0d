# cmake -D OUTPUT=<file> -D FUNCTION=<name> -D FOLDER=<folder> -P embed.cmake
#
# Writes a source file with the steps of a folder: <four digits>_<name>.sql, numbered 1, 2, 3 ... without a gap.
file(GLOB files RELATIVE "${FOLDER}" "${FOLDER}/*.sql")
list(SORT files)

set(entries "")
set(expected 0)
foreach(file IN LISTS files)
  if(NOT file MATCHES "^([0-9][0-9][0-9][0-9])_([a-z0-9_]+)\\.sql$")
    message(FATAL_ERROR "${file}: a step is named <four digits>_<name>.sql")
  endif()
  set(name "${CMAKE_MATCH_2}")
  math(EXPR expected "${expected} + 1")
  string(REGEX REPLACE "^0+" "" number "${CMAKE_MATCH_1}")
  if(NOT number EQUAL expected)
    message(FATAL_ERROR "${file}: step ${expected} was expected here")
  endif()
  file(READ "${FOLDER}/${file}" sql)
  file(SHA256 "${FOLDER}/${file}" checksum)
  # Compilers limit the length of one literal: pieces follow each other, cut at the ends of lines.
  string(REPLACE ";\n" ";\n)sql\"\n         R\"sql(" sql "${sql}")
  string(APPEND entries "      {${number}, \"${name}\",\n       \"${checksum}\",\n       R\"sql(${sql})sql\"},\n")
endforeach()

file(WRITE "${OUTPUT}.new" "// Made by migrations/embed.cmake.
#include \"migrations/steps.hpp\"

namespace parley::migrations {

const std::vector<EmbeddedStep> &${FUNCTION}() {
  static const std::vector<EmbeddedStep> steps{
${entries}  };
  return steps;
}

} // namespace parley::migrations
")
file(RENAME "${OUTPUT}.new" "${OUTPUT}")
