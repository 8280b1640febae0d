# md4c, the Markdown parser: MD4C::md4c (md4c.h) and MD4C::html (md4c-html.h)

include(FindPackageHandleStandardArgs)

find_path(MD4C_INCLUDE_DIR NAMES md4c-html.h)
find_library(MD4C_LIBRARY NAMES md4c)
find_library(MD4C_html_LIBRARY NAMES md4c-html)
mark_as_advanced(MD4C_INCLUDE_DIR MD4C_LIBRARY MD4C_html_LIBRARY)

find_package_handle_standard_args(MD4C REQUIRED_VARS MD4C_html_LIBRARY MD4C_LIBRARY MD4C_INCLUDE_DIR)

if(MD4C_FOUND AND NOT TARGET MD4C::html)
  add_library(MD4C::md4c UNKNOWN IMPORTED)
  set_target_properties(MD4C::md4c PROPERTIES
    IMPORTED_LOCATION "${MD4C_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${MD4C_INCLUDE_DIR}")
  add_library(MD4C::html UNKNOWN IMPORTED)
  set_target_properties(MD4C::html PROPERTIES
    IMPORTED_LOCATION "${MD4C_html_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${MD4C_INCLUDE_DIR}"
    INTERFACE_LINK_LIBRARIES MD4C::md4c)
endif()
