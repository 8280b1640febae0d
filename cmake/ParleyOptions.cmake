# What holds for every target: languages, visibility, build types, sanitizers, compiler cache.

set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_CXX_STANDARD 17)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)

set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)

set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
# Programs find libparley-host by a relative path: no path of this machine goes into them.
set(CMAKE_BUILD_RPATH_USE_ORIGIN ON)
set(THREADS_PREFER_PTHREAD_FLAG ON)

option(BUILD_TESTING "Build the tests" ON)
option(PARLEY_WARNINGS_AS_ERRORS "Treat compiler warnings as errors" OFF)
option(PARLEY_FUZZ "Build the libFuzzer targets; needs clang" OFF)
set(PARLEY_SANITIZE "" CACHE STRING "Sanitizers: empty, 'address,undefined' or 'thread'")

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "Build type" FORCE)
endif()

# RelWithDebInfo is for developers: quick to build, good to debug, assertions on.
# Release is for users: no path of the build machine inside.
foreach(language C CXX)
  set(CMAKE_${language}_FLAGS_RELWITHDEBINFO "-O1 -g")
  set(CMAKE_${language}_FLAGS_RELEASE "-O2 -DNDEBUG -ffile-prefix-map=${PROJECT_SOURCE_DIR}=.")
endforeach()
add_compile_definitions($<$<AND:$<CONFIG:RelWithDebInfo>,$<COMPILE_LANGUAGE:CXX>>:_GLIBCXX_ASSERTIONS>)

if(PARLEY_SANITIZE)
  add_compile_options(-fsanitize=${PARLEY_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${PARLEY_SANITIZE})
  if(PARLEY_SANITIZE MATCHES "undefined")
    # SOCI's libraries carry no type information that the vptr check could use.
    add_compile_options(-fno-sanitize=vptr -fno-sanitize-recover=all)
  endif()
endif()

if(PARLEY_FUZZ)
  # Coverage for libFuzzer everywhere, its main() only in its own programs.
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

find_program(PARLEY_CCACHE ccache)
mark_as_advanced(PARLEY_CCACHE)
if(PARLEY_CCACHE)
  foreach(language C CXX)
    if(NOT DEFINED CMAKE_${language}_COMPILER_LAUNCHER)
      set(CMAKE_${language}_COMPILER_LAUNCHER "${PARLEY_CCACHE}")
    endif()
  endforeach()
endif()
