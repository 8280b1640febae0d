# SOCI 4.0 brings neither a CMake package nor a pkg-config file.
#
#   find_package(SOCI 4.0 REQUIRED COMPONENTS sqlite3 postgresql mysql)
#
# defines SOCI::core and one SOCI::<component> for each component. The shared libraries are taken:
# Debian's static ones are not position independent. A backend's headers include the headers of its
# database client, so these are found here as well and count as system headers.

include(FindPackageHandleStandardArgs)

find_path(SOCI_INCLUDE_DIR soci/soci.h)
find_library(SOCI_core_LIBRARY NAMES libsoci_core.so soci_core)
mark_as_advanced(SOCI_INCLUDE_DIR SOCI_core_LIBRARY)

if(SOCI_INCLUDE_DIR AND EXISTS "${SOCI_INCLUDE_DIR}/soci/version.h")
  file(STRINGS "${SOCI_INCLUDE_DIR}/soci/version.h" SOCI_version_line REGEX "define SOCI_LIB_VERSION ")
  if(SOCI_version_line MATCHES "\"([0-9]+)_([0-9]+)(_([0-9]+))?\"")
    set(SOCI_VERSION "${CMAKE_MATCH_1}.${CMAKE_MATCH_2}")
    if(CMAKE_MATCH_4)
      string(APPEND SOCI_VERSION ".${CMAKE_MATCH_4}")
    endif()
  endif()
endif()

set(SOCI_client_sqlite3_header sqlite3.h)
set(SOCI_client_postgresql_header libpq-fe.h)
set(SOCI_client_mysql_header mysql.h)

foreach(component IN LISTS SOCI_FIND_COMPONENTS)
  find_library(SOCI_${component}_LIBRARY NAMES libsoci_${component}.so soci_${component})
  find_path(SOCI_${component}_CLIENT_INCLUDE_DIR ${SOCI_client_${component}_header}
    PATH_SUFFIXES postgresql mariadb mysql)
  mark_as_advanced(SOCI_${component}_LIBRARY SOCI_${component}_CLIENT_INCLUDE_DIR)
  if(SOCI_${component}_LIBRARY
      AND SOCI_${component}_CLIENT_INCLUDE_DIR
      AND EXISTS "${SOCI_INCLUDE_DIR}/soci/${component}/soci-${component}.h")
    set(SOCI_${component}_FOUND TRUE)
  endif()
endforeach()

find_package_handle_standard_args(SOCI
  REQUIRED_VARS SOCI_core_LIBRARY SOCI_INCLUDE_DIR
  VERSION_VAR SOCI_VERSION
  HANDLE_COMPONENTS)

# SOCI::mysql and SOCI::postgresql link their client too: adapters use native handles.
set(SOCI_client_sqlite3_names sqlite3)
set(SOCI_client_postgresql_names pq)
set(SOCI_client_mysql_names mariadb mysqlclient)

if(SOCI_FOUND AND NOT TARGET SOCI::core)
  add_library(SOCI::core UNKNOWN IMPORTED)
  set_target_properties(SOCI::core PROPERTIES
    IMPORTED_LOCATION "${SOCI_core_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${SOCI_INCLUDE_DIR}")
  foreach(component IN LISTS SOCI_FIND_COMPONENTS)
    find_library(SOCI_${component}_CLIENT_LIBRARY NAMES ${SOCI_client_${component}_names} REQUIRED)
    mark_as_advanced(SOCI_${component}_CLIENT_LIBRARY)
    add_library(SOCI::${component} UNKNOWN IMPORTED)
    set_target_properties(SOCI::${component} PROPERTIES
      IMPORTED_LOCATION "${SOCI_${component}_LIBRARY}"
      INTERFACE_INCLUDE_DIRECTORIES "${SOCI_INCLUDE_DIR};${SOCI_${component}_CLIENT_INCLUDE_DIR}"
      INTERFACE_LINK_LIBRARIES "SOCI::core;${SOCI_${component}_CLIENT_LIBRARY}")
  endforeach()
endif()
