# How a test enters a suite. A suite is a ctest label: unit contract adapters http browser fault checks run by default,
# long and bench on request. Target suite-<label> builds what the suite needs.

set(PARLEY_SUITES unit contract adapters http browser fault checks long bench)

# A second label that cuts across them: tests of many threads at once, which the thread sanitizer is to see.
foreach(suite IN LISTS PARLEY_SUITES ITEMS threads)
  add_custom_target(suite-${suite})
endforeach()

# Sanitizers slow the code down; a test's time budget grows with them.
set(PARLEY_TIMEOUT_FACTOR 1)
if(PARLEY_SANITIZE MATCHES "address")
  set(PARLEY_TIMEOUT_FACTOR 4)
elseif(PARLEY_SANITIZE MATCHES "thread")
  set(PARLEY_TIMEOUT_FACTOR 8)
endif()

# parley_add_suite_test(<name> LABEL <suite>
#   { SOURCES <file>... [LIBRARIES <target>...]    a GoogleTest executable made here, with main() supplied
#   | TARGET <executable>                          an executable declared elsewhere
#   | COMMAND <command> <arg>... }                 anything else
#   [ARGS <arg>...]            arguments of SOURCES and TARGET
#   [TIMEOUT <seconds>]        60 when nothing is said
#   [DEPENDS <target>...]      built before the suite runs: programs and plugins that the test starts or loads
#   [ENVIRONMENT <NAME=value>...]
#   [LOCK <resource>...]       tests that share a resource never run at the same time
#   [SERIAL]                   nothing else runs beside it
#   [THREADS]                  it also carries the label "threads", and suite-threads builds it
#   [ON_SERVERS]               it runs three times: as <name> on SQLite, as <name>.postgresql and as <name>.mariadb, which find
#                              their database's kind in PARLEY_TEST_DATABASE and carry the label "servers"
#   [ONLY_ON_SERVERS])         the same without SQLite
#
# One ctest entry an executable, with its own time budget. Every test finds in its environment
#   PARLEY_SOURCE_DIR, PARLEY_BUILD_DIR   the repository, the build folder
#   PARLEY_TEST_DIR                       a folder of its own to write in; what earlier runs left is still there
#   PARLEY_PLUGIN, PARLEY_HOST_LIBRARY, PARLEY_SAMPLE_HOST, PARLEY_MIGRATE, PARLEY_TEST_SERVERS
#                                         what was built, as far as it exists
function(parley_add_suite_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "SERIAL;THREADS;ON_SERVERS;ONLY_ON_SERVERS" "LABEL;TARGET;TIMEOUT"
    "SOURCES;LIBRARIES;COMMAND;ARGS;DEPENDS;ENVIRONMENT;LOCK")
  _parley_no_leftovers(parley_add_suite_test ${name})
  if(NOT arg_LABEL IN_LIST PARLEY_SUITES)
    message(FATAL_ERROR "parley_add_suite_test(${name}): LABEL must be one of ${PARLEY_SUITES}")
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 60)
  endif()
  math(EXPR timeout "${arg_TIMEOUT} * ${PARLEY_TIMEOUT_FACTOR}")

  if(arg_SOURCES)
    set(main GTest::gmock_main GTest::gmock GTest::gtest)
    if(arg_LABEL STREQUAL "bench")
      set(main benchmark::benchmark_main benchmark::benchmark)
    endif()
    parley_add_executable(${name} SOURCES ${arg_SOURCES} DEPENDS ${arg_LIBRARIES} ${main} Threads::Threads)
    set(arg_TARGET ${name})
  endif()
  if(arg_TARGET)
    set(arg_COMMAND $<TARGET_FILE:${arg_TARGET}> ${arg_ARGS})
    list(APPEND arg_DEPENDS ${arg_TARGET})
  endif()
  if(NOT arg_COMMAND)
    message(FATAL_ERROR "parley_add_suite_test(${name}): needs SOURCES, TARGET or COMMAND")
  endif()
  if(arg_DEPENDS)
    add_dependencies(suite-${arg_LABEL} ${arg_DEPENDS})
    if(arg_THREADS)
      add_dependencies(suite-threads ${arg_DEPENDS})
    endif()
  endif()

  if(NOT arg_ONLY_ON_SERVERS)
    _parley_add_run(${name} "")
  endif()
  if(arg_ON_SERVERS OR arg_ONLY_ON_SERVERS)
    foreach(database IN ITEMS postgresql mariadb)
      _parley_add_run(${name}.${database} ${database})
    endforeach()
  endif()
endfunction()

# One run of what parley_add_suite_test's arguments say.
macro(_parley_add_run run database)
  set(test_dir "${PROJECT_BINARY_DIR}/test-files/${run}")
  file(MAKE_DIRECTORY "${test_dir}")
  # intercept_tls_get_addr: up to GCC 13 the sanitizer takes some blocks of thread-local storage for those of an older glibc, and
  # the search for leaks dies reading beyond them (google/sanitizers issue 1322).
  set(environment
    "PARLEY_SOURCE_DIR=${PROJECT_SOURCE_DIR}"
    "PARLEY_BUILD_DIR=${PROJECT_BINARY_DIR}"
    "PARLEY_TEST_DIR=${test_dir}"
    "ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1:intercept_tls_get_addr=0"
    "UBSAN_OPTIONS=print_stacktrace=1"
    "TSAN_OPTIONS=halt_on_error=1:suppressions=${PROJECT_SOURCE_DIR}/tests/tsan.supp")
  foreach(pair IN ITEMS
      PARLEY_PLUGIN=parley-conversations
      PARLEY_HOST_LIBRARY=parley-host
      PARLEY_SAMPLE_HOST=parley-sample-host
      PARLEY_MIGRATE=parley-migrate
      PARLEY_TEST_SERVERS=parley-test-servers)
    string(REPLACE "=" ";" pair "${pair}")
    list(GET pair 0 variable)
    list(GET pair 1 target)
    if(TARGET ${target})
      list(APPEND environment "${variable}=$<TARGET_FILE:${target}>")
    endif()
  endforeach()

  add_test(NAME ${run} COMMAND ${arg_COMMAND})
  set_tests_properties(${run} PROPERTIES
    LABELS "${arg_LABEL}"
    TIMEOUT ${timeout}
    ENVIRONMENT "${environment};${arg_ENVIRONMENT}")
  if(NOT "${database}" STREQUAL "")
    set_property(TEST ${run} APPEND PROPERTY LABELS servers)
    set_property(TEST ${run} APPEND PROPERTY ENVIRONMENT "PARLEY_TEST_DATABASE=${database}")
  endif()
  if(arg_THREADS)
    set_property(TEST ${run} APPEND PROPERTY LABELS threads)
  endif()
  if(arg_LOCK)
    set_tests_properties(${run} PROPERTIES RESOURCE_LOCK "${arg_LOCK}")
  endif()
  if(arg_SERIAL)
    set_tests_properties(${run} PROPERTIES RUN_SERIAL ON)
  endif()
endmacro()
