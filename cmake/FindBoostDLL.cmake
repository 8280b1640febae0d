# Boost.DLL, header only, on std::filesystem (else it wants the library boost_filesystem): Boost::dll

include(FindPackageHandleStandardArgs)

find_package(Boost 1.74 QUIET)
find_path(BoostDLL_INCLUDE_DIR boost/dll/shared_library.hpp HINTS ${Boost_INCLUDE_DIRS})
mark_as_advanced(BoostDLL_INCLUDE_DIR)

find_package_handle_standard_args(BoostDLL REQUIRED_VARS BoostDLL_INCLUDE_DIR)

if(BoostDLL_FOUND AND NOT TARGET Boost::dll)
  add_library(Boost::dll INTERFACE IMPORTED)
  set_target_properties(Boost::dll PROPERTIES
    INTERFACE_INCLUDE_DIRECTORIES "${BoostDLL_INCLUDE_DIR}"
    INTERFACE_COMPILE_DEFINITIONS BOOST_DLL_USE_STD_FS
    INTERFACE_LINK_LIBRARIES "${CMAKE_DL_LIBS}")
endif()
