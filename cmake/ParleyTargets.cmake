# How a part declares its targets.
#
# Our headers are included by their path from the repository's root ("plugin/domain/status.h"); a generated
# header by the same path in the build folder. What a folder may include is checked by tests/checks/includes.py.

# parley_warnings(<target>)
#
# The compiler's warnings for code of ours; errors with PARLEY_WARNINGS_AS_ERRORS.
function(parley_warnings target)
  set(both
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wformat=2 -Wundef -Wvla -Wcast-align -Wpointer-arith)
  set(cxx -Wold-style-cast -Wnon-virtual-dtor -Woverloaded-virtual -Wextra-semi)
  set(c -Wstrict-prototypes -Wmissing-prototypes)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    list(APPEND both -Wduplicated-cond -Wlogical-op)
    # std::string in GCC 12 sets off false alarms: https://gcc.gnu.org/bugzilla/show_bug.cgi?id=105651
    list(APPEND cxx -Wno-restrict)
  endif()
  if(PARLEY_WARNINGS_AS_ERRORS)
    list(APPEND both -Werror)
  endif()
  target_compile_options(${target} PRIVATE
    ${both} "$<$<COMPILE_LANGUAGE:CXX>:${cxx}>" "$<$<COMPILE_LANGUAGE:C>:${c}>")
endfunction()

# parley_add_library(<name> [STATIC|SHARED|MODULE|INTERFACE]
#   SOURCES <file>...      the .cpp and .c files
#   DEPENDS <target>...    parts and libraries that its headers show to whoever links it
#   PRIVATE <target>...    parts and libraries that only its sources use
#   INCLUDE <dir>...)      further include folders for itself and its users
#
# STATIC when nothing is said.
function(parley_add_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "STATIC;SHARED;MODULE;INTERFACE" "" "SOURCES;DEPENDS;PRIVATE;INCLUDE")
  _parley_no_leftovers(parley_add_library ${name})
  if(arg_INTERFACE)
    add_library(${name} INTERFACE ${arg_SOURCES})
    target_include_directories(${name} INTERFACE ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR} ${arg_INCLUDE})
    target_link_libraries(${name} INTERFACE ${arg_DEPENDS} ${arg_PRIVATE})
    return()
  endif()
  set(kind STATIC)
  if(arg_SHARED)
    set(kind SHARED)
  elseif(arg_MODULE)
    set(kind MODULE)
  endif()
  add_library(${name} ${kind} ${arg_SOURCES})
  target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR} ${arg_INCLUDE})
  target_link_libraries(${name} PUBLIC ${arg_DEPENDS} PRIVATE ${arg_PRIVATE})
  parley_warnings(${name})
endfunction()

# parley_add_executable(<name> SOURCES <file>... [DEPENDS <target>...] [INCLUDE <dir>...])
function(parley_add_executable name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DEPENDS;INCLUDE")
  _parley_no_leftovers(parley_add_executable ${name})
  add_executable(${name} ${arg_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR} ${arg_INCLUDE})
  target_link_libraries(${name} PRIVATE ${arg_DEPENDS})
  parley_warnings(${name})
endfunction()

# parley_add_plugin(<name> SOURCES <file>... [DEPENDS <target>...] [INCLUDE <dir>...] [VERSION_SCRIPT <file>])
#
# A shared library for a host to load: <name>.so, with parley_entry as its one exported symbol.
function(parley_add_plugin name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "VERSION_SCRIPT" "SOURCES;DEPENDS;INCLUDE")
  _parley_no_leftovers(parley_add_plugin ${name})
  parley_add_library(${name} MODULE SOURCES ${arg_SOURCES} PRIVATE ${arg_DEPENDS} INCLUDE ${arg_INCLUDE})
  set_target_properties(${name} PROPERTIES PREFIX "")
  parley_plugin_link_options(${name} ${arg_VERSION_SCRIPT})
endfunction()

# parley_plugin_link_options(<target> [<version script>])
#
# What every plugin is linked with. nodelete: a thread of the plugin that outlives dlclose would run into a hole.
function(parley_plugin_link_options target)
  set(version_script "${PROJECT_SOURCE_DIR}/cmake/plugin.map")
  if(ARGC GREATER 1)
    set(version_script "${ARGV1}")
  endif()
  get_filename_component(version_script "${version_script}" ABSOLUTE)
  target_link_options(${target} PRIVATE
    "LINKER:--version-script=${version_script}"
    "LINKER:-z,now" "LINKER:-z,relro" "LINKER:-z,nodelete")
  if(NOT PARLEY_SANITIZE)
    # The sanitizers' own symbols come from the host's process.
    target_link_options(${target} PRIVATE "LINKER:-z,defs")
  endif()
  set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS "${version_script}")
  set_property(GLOBAL APPEND PROPERTY PARLEY_PLUGINS ${target})
endfunction()

macro(_parley_no_leftovers function name)
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "${function}(${name}): unknown arguments: ${arg_UNPARSED_ARGUMENTS}")
  endif()
endmacro()
